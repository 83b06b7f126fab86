"""Citations as a real processor prints them, fact by fact, against those that a librarian wrote."""

import csv
import re

import pytest

from kb.export.csl_json import item
from kb.schema import Paper
from tests.catalogs import ROOT, real, toy_with
from tests.citeproc import STYLES, printed

CATALOG = real().catalog
_LINES = (ROOT / "tests/data/citations.tsv").read_text("utf-8").splitlines()
ROWS = list(csv.DictReader(_LINES[1:], delimiter="\t", quoting=csv.QUOTE_NONE))

# Faults of the processor (citeproc-py 0.11) and of the styles, none of which data can mend.
FAULTS = {
    "APA 7": {
        "a small letter after a hyphen is no initial": (r"(\w)\.-\. \w+ \.", r"\1.-?."),
        "an archive's name begins with a capital": (r"\(ArXiv:", "(arXiv:"),
        "a period follows a title that ends with another mark": (r"([?!])\. (?=[A-Z])", r"\1 "),
        "a thesis is called a publication": (r" \(Publication\)", ""),
    },
    "GB/T 7714-2015": {
        "a small letter after a hyphen is no initial": (r"(?<=[A-Z] )(\w) \w{2,}(?=,)", r"\1 ?"),
    },
}
_PAGES = r"(?P<pages>\d+[–-]\d+)"
_ADDRESS = r"(?P<address>https?://\S+)"
_APA = r"(?P<authors>.+?) \((?P<year>\d{4})\)\. (?P<title>.+?)"
_END = r"(?:(?<![?!])\.|(?<=[?!]))"
_GBT = r"(?P<authors>.+?)\. (?P<title>.+?)"
_GBT_ADDRESS = r"(?:(?P<address>https?://\S+)|DOI:(?P<doi>\S+))\."
FORMS = {  # the forms of a citation: what stands where
    "APA 7": {
        "preprint": rf"{_APA} \((?P<number>arXiv:[\d.]+)\)\. (?P<publisher>[^.]+)\. {_ADDRESS}",
        "thesis": rf"{_APA} \[(?:Doctoral dissertation|PhD thesis), (?P<publisher>[^\]]+)\]\. "
        rf"(?:(?P<archive>[^.]+)\. )?{_ADDRESS}",
        "in proceedings": rf"{_APA}{_END} In (?P<container>.+?)"
        rf"(?: \((?:(?:(?P<series>[^()]+) )?Vol\. (?P<volume>\d+), )?pp\. {_PAGES}\))?"
        rf"(?:\. (?P<publisher>[^.]+))?\. {_ADDRESS}",
        "in a serial": rf"{_APA}{_END} (?P<container>[^.]+?)(?:, (?P<series>[^\d,.]+))?"
        rf"(?:, (?P<volume>\d+)(?:\((?P<number>\d+)\))?)?(?:, {_PAGES})?\. {_ADDRESS}",
    },
    "GB/T 7714-2015": {
        "preprint": rf"{_GBT}\[(?:A|EB)/OL\]\. (?P<publisher>[^,]+), "
        rf"(?P<year>\d{{4}})\. {_GBT_ADDRESS}",
        "thesis": rf"{_GBT}\[D/OL\]\. (?:(?P<place>[^:]+): )?(?P<publisher>[^,]+), "
        rf"(?P<year>\d{{4}})\. {_GBT_ADDRESS}",
        "in proceedings": rf"{_GBT}\[C(?:/OL)?\]//(?P<container>.+?)(?:: Vol\. (?P<volume>\d+))?\. "
        rf"(?:(?P<publisher>[^,.]+), )?(?P<year>\d{{4}})(?:: {_PAGES})?\. {_GBT_ADDRESS}",
        "in a serial": rf"{_GBT}\[J/OL\]\. (?P<container>[^,]+), (?P<year>\d{{4}})"
        rf"(?:, (?P<volume>\d+)(?:\((?P<number>\d+)\))?)?(?:: {_PAGES})?\. {_GBT_ADDRESS}",
    },
}
MAY_BE_MISSING = {  # what the list calls it: the facts
    "pages": {"pages"},
    "publisher": {"publisher"},
    "name of the series": {"series"},
    "place": {"place"},
    "Stanford Digital Repository": {"archive"},
    "(arXiv:1503.02531) in APA, since the address has it": {"number"},
}


def facts(text: str, style: str) -> dict[str, str]:
    """The facts of a citation by their places, without regard to case; the form among them."""
    for wrong, right in FAULTS[style].values():
        text = re.sub(wrong, right, text)
    for form, pattern in FORMS[style].items():
        if found := re.fullmatch(pattern, text):
            said = {name: value for name, value in found.groupdict().items() if value}
            said["title"] = said["title"].casefold()
            if doi := said.pop("doi", ""):
                said["address"] = f"https://doi.org/{doi}"
            return said | {"form": form}
    raise AssertionError(f"not a citation in {style}: {text}")


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['id']} {row['style']}" for row in ROWS])
def test_a_citation_says_what_the_librarian_says_and_nothing_more(row):
    said = facts(printed(item(CATALOG, CATALOG.entries[row["id"]]), row["style"]), row["style"])
    wanted = facts(row["citation"], row["style"])
    assert wanted.keys() - said.keys() <= _may_be_missing(row)
    assert {n: said[n] for n in said if not _as_right(n, said[n], wanted.get(n, ""), row)} == {}


def _may_be_missing(row: dict[str, str]) -> set[str]:
    """What nobody has a source for, and what the style leaves out: APA the publisher of a
    conference paper without editors."""
    named = (name.strip() for name in row["may be missing"].split(";"))
    return set().union(*(MAY_BE_MISSING.get(name, set()) for name in named))


def _as_right(name: str, said: str, wanted: str, row: dict[str, str]) -> bool:
    """Whether ``said`` is the wanted value, or another that is as right."""
    if name == "form" and row["style"] == "APA 7":
        return said == wanted or {said, wanted} == {"in a serial", "in proceedings"}
    if name == "authors":
        return bool(re.fullmatch(re.escape(said).replace(r"\?", r"\w"), wanted))
    if name == "address" and "any address of the proceedings" in row["note"]:
        return bool(re.search(r"//(papers\.nips\.cc|proceedings\.neurips\.cc)/", said))
    return said == wanted


@pytest.mark.parametrize("entry", CATALOG.of(Paper), ids=lambda entry: entry.id)
@pytest.mark.parametrize("style", STYLES)
def test_each_paper_of_the_catalogue_has_one_address_and_preprints_alone_their_number(style, entry):
    text = printed(item(CATALOG, entry), style)
    said = facts(text, style)
    assert text.count("://") + text.count("DOI:") == 1
    assert ("arXiv" in text.replace(said["address"], "")) == (said["form"] == "preprint")
    if pages := entry.model.venue and entry.model.venue.pages:
        assert said["pages"].replace("–", "-") == pages


SOURCE = (
    "sources: {{page: {{url: '{}', seen: 2026-01-03, supports: [title, authors, year, venue]}}}}"
)
OTHERS = {  # fields of the paper and the row of its venue: as APA 7 and GB/T print it
    "a preprint of another archive": (
        "venue: {id: t, year: 2020, number: '2020.03.01'}\ndoi: 10.1101/2020.03.01",
        "{short: bioRxiv, name: bioRxiv, type: preprint}",
        "First, A. (2020). On Toys (2020.03.01). bioRxiv. https://doi.org/10.1101/2020.03.01",
        "FIRST A. On Toys[A/OL]. bioRxiv, 2020. DOI:10.1101/2020.03.01.",
    ),
    "a preprint with the DOI of its journal": (
        "venue: {id: t, year: 2020}\narxiv: '2001.00001'\ndoi: 10.1109/TOY.2021.1",
        "{short: arXiv, name: arXiv, type: preprint}",
        "First, A. (2020). On Toys (ArXiv:2001.00001). arXiv. https://arxiv.org/abs/2001.00001",
        "FIRST A. On Toys[A/OL]. arXiv, 2020. https://arxiv.org/abs/2001.00001.",
    ),
    "a preprint without a venue": (
        "arxiv: '2001.00001'",
        "",
        "First, A. (2019). On Toys (ArXiv:2001.00001). arXiv. https://arxiv.org/abs/2001.00001",
        "FIRST A. On Toys[A/OL]. arXiv, 2019. https://arxiv.org/abs/2001.00001.",
    ),
    "a preprint that has no more than arXiv's DOI": (
        "doi: 10.48550/arXiv.2001.00001",
        "",
        (
            "First, A. (2019). On Toys (ArXiv:2001.00001). arXiv. "
            "https://doi.org/10.48550/arXiv.2001.00001"
        ),
        "FIRST A. On Toys[A/OL]. arXiv, 2019. DOI:10.48550/arXiv.2001.00001.",
    ),
    "a publication with arXiv's DOI": (
        "venue: {id: t, year: 2020}\narxiv: '2001.00001'\ndoi: 10.48550/arXiv.2001.00001\n"
        + SOURCE.format("https://openreview.net/forum?id=toy"),
        "{short: T, name: Toy Letters, type: conference}",
        "First, A. (2020). On Toys. Toy Letters. https://openreview.net/forum?id=toy",
        "FIRST A. On Toys[C/OL]//Toy Letters. 2020. https://openreview.net/forum?id=toy.",
    ),
    "a master's thesis": (
        "form: thesis\nvenue: {id: t, year: 2020, degree: master}\n"
        + SOURCE.format("https://hdl.handle.net/1/2"),
        "{short: Toy, name: Toy University, type: thesis, place: Toytown}",
        (
            "First, A. (2020). On Toys (Publication) [Master's thesis, Toy University]. "
            "https://hdl.handle.net/1/2"
        ),
        "FIRST A. On Toys[D/OL]. Toytown: Toy University, 2020. https://hdl.handle.net/1/2.",
    ),
    "a report": (
        "form: report\nvenue: {id: t, year: 2020, number: TR-7}\n"
        + SOURCE.format("https://zenodo.org/records/1"),
        "{short: Toy, name: Toy Institute, type: report}",
        (
            "First, A. (2020). On Toys (Technical Report TR-7). Toy Institute. "
            "https://zenodo.org/records/1"
        ),
        "FIRST A. On Toys: TR-7[R/OL]. Toy Institute, 2020. https://zenodo.org/records/1.",
    ),
    "a report on arXiv": (
        "form: report\narxiv: '2001.00001'",
        "",
        "First, A. (2019). On Toys (ArXiv:2001.00001). arXiv. https://arxiv.org/abs/2001.00001",
        "FIRST A. On Toys[A/OL]. arXiv, 2019. https://arxiv.org/abs/2001.00001.",
    ),
    "a journal without numbers": (
        "venue: {id: t, year: 2020, pages: 1-20}\narxiv: '2001.00001'\n"
        + SOURCE.format("https://jmlr.org/papers/v21/toy.html"),
        "{short: T, name: Toy Letters, type: journal, publisher: P}",
        "First, A. (2020). On Toys. Toy Letters, 1–20. https://jmlr.org/papers/v21/toy.html",
        "FIRST A. On Toys[J/OL]. Toy Letters, 2020: 1-20. https://jmlr.org/papers/v21/toy.html.",
    ),
    "a paper whose other sources say less": (
        (
            "venue: {id: t, year: 2020}\narxiv: '2001.00001'\nsources:\n"
            "  code: {url: 'https://github.com/toy/toy', seen: 2026-01-03, "
            "supports: [title, authors, year, venue]}\n"
            "  text: {url: 'https://openreview.net/pdf?id=toy', seen: 2026-01-03}"
        ),
        "{short: T, name: 'Toys {year}', type: workshop}",
        "First, A. (2020). On Toys. Toys 2020. https://arxiv.org/abs/2001.00001",
        "FIRST A. On Toys[C/OL]//Toys 2020. 2020. https://arxiv.org/abs/2001.00001.",
    ),
}
NAMES = {  # as typed: as APA 7 and GB/T print it; citeproc-py sets organizations in capitals, too
    "Laurens van der Maaten": ("van der Maaten, L.", "VAN DER MAATEN L"),
    "Luc Van Gool": ("Van Gool, L.", "VAN GOOL L"),
    "Ana de la Cruz": ("de la Cruz, A.", "DE LA CRUZ A"),
    "Martin Luther King Jr.": ("King, M. L., Jr.", "KING M L Jr"),
    "Sammy Davis III": ("Davis, S., III.", "DAVIS S III"),
    "{given: Gabriel, family: García Márquez}": ("García Márquez, G.", "GARCÍA MÁRQUEZ G"),
    "Kye-Hyeon Kim": ("Kim, K.-H.", "KIM K H"),
    "{organization: Toys and Sons}": ("Toys and Sons.", "TOYS AND SONS"),
    "OpenAI": ("OpenAI.", "OPENAI"),
    "Plato": ("Plato.", "PLATO"),
}


def _paper(fields: str = "", table: str = "", author: str = "Ada First") -> dict:
    form = "" if "form:" in fields else "form: research\n"
    text = (
        f"title: On Toys\nauthors: [{author}]\nyear: 2019\n{form}topics: [cutting]\n"
        f"summary: {{en: A, zh: 一}}\n{fields}\n"
    )
    files = {"papers/p2019t.yaml": text.encode()}
    found = toy_with(files | ({"venues.yaml": f"t: {table}\n".encode()} if table else {}))
    return item(found, found.entries["p2019t"])


@pytest.mark.parametrize("case", OTHERS)
def test_other_kinds_of_papers_are_cited_as_the_styles_ask(case):
    fields, table, *wanted = OTHERS[case]
    cited = _paper(fields, table)
    assert [printed(cited, style).replace("’", "'") for style in STYLES] == wanted


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_printed_by_its_parts(name):
    cited = _paper(author=name)
    texts = [printed(cited, style) for style in STYLES]
    assert [
        text.partition(before)[0].strip()
        for text, before in zip(texts, (" (2", ". On"), strict=True)
    ] == list(NAMES[name])
