"""The services that `kb add` asks, as a function from address to recorded answer."""

from kb.importers.gather import Reply
from tests.catalogs import ROOT

RECORDS = ROOT / "tests" / "data" / "records"
NO_NETWORK = Reply(fault="the name could not be looked up")
_ARXIV = "https://export.arxiv.org/api/query?id_list={}&max_results=1"
_PREPRINTS = ("2001.01969", "2301.00774", "2401.00001", "2006.10518", "hep-th/9901001")
ANSWERS = {
    **{_ARXIV.format(id): f"arxiv-{id.replace('/', '-')}.xml" for id in _PREPRINTS},
    _ARXIV.format("2301.99999"): "arxiv-none.xml",
    "https://api.crossref.org/works/10.1109/CVPR42600.2020.00165": (
        "crossref-10.1109-CVPR42600.2020.00165.json"
    ),
    "https://api2.openreview.net/notes?id=Ab3dEfGhI1": "openreview-v2.json",
    "https://api2.openreview.net/notes?id=rOldNote19": "openreview-error.json",
    "https://api.openreview.net/notes?id=rOldNote19": "openreview-v1.json",
    "https://api2.openreview.net/notes?id=NoNoNo1234": "openreview-rejected.json",
    "https://aclanthology.org/2020.acl-main.9999.bib": "acl-2020.acl-main.9999.bib",
    "https://api.github.com/repos/ada/smallnets": "github-smallnets.json",
    "https://mp.weixin.qq.com/s/AbCd-12": "wechat.html",
    "https://mp.weixin.qq.com/s/puzzle": "wechat-captcha.html",
    "https://mp.weixin.qq.com/s/deleted": "wechat-deleted.html",
}


def recorded(name):
    """The recorded answer ``name``; that of an error has its status."""
    status = 404 if "error" in name else 200
    return Reply(status, (RECORDS / name).read_text(encoding="utf-8"))


def world(url):
    """Answers as the services do; what is not recorded is not there."""
    return recorded(ANSWERS[url]) if url in ANSWERS else Reply(404, "not found")


def only(reply):
    """A world in which everybody answers with ``reply``."""
    return lambda url: reply
