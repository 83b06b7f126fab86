"""The services that `kb add` asks, as a function from address to recorded answer."""

from kb.importers.gather import Reply
from tests.catalogs import ROOT

RECORDS = ROOT / "tests" / "data" / "records"
NO_NETWORK = Reply(fault="the name could not be looked up")


def recorded(name):
    """The recorded answer ``name``."""
    return Reply(200, (RECORDS / name).read_text(encoding="utf-8"))


ANSWERS = {
    "https://export.arxiv.org/api/query?id_list=2301.00774&max_results=1": "arxiv-2301.00774.xml",
    "https://export.arxiv.org/api/query?id_list=2301.99999&max_results=1": "arxiv-none.xml",
}


def world(url):
    """Answers as the services do; what is not recorded is not there."""
    return recorded(ANSWERS[url]) if url in ANSWERS else Reply(404, "not found")


def only(reply):
    """A world in which everybody answers with ``reply``."""
    return lambda url: reply
