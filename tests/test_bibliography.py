"""Citations: what BibTeX and CSL make of each form of a name and each sort of venue."""

import json

import pytest

from kb.bibliography import printed, reference
from kb.bibtex import one
from kb.export.csl_json import csl_json
from kb.names import Person
from kb.schema import Paper
from tests.catalogs import real, toy_with

NAMES = {  # as typed: in BibTeX, in CSL
    "Ada First": ("First, Ada", {"family": "First", "given": "Ada"}),
    "Laurens van der Maaten": (
        "van der Maaten, Laurens",
        {"family": "van der Maaten", "given": "Laurens"},
    ),
    "Martin Luther King Jr.": (
        "King, Jr., Martin Luther",
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    ),
    '"First, Ada"': ("First, Ada", {"family": "First", "given": "Ada"}),
    "{given: Yann, family: Le Cun}": ("Le Cun, Yann", {"family": "Le Cun", "given": "Yann"}),
    "{given: Bo, family: Second, suffix: III, zh: 二}": (
        "Second, III, Bo",
        {"family": "Second", "given": "Bo", "suffix": "III"},
    ),
    "{organization: Toys and Sons}": ("{Toys and Sons}", {"literal": "Toys and Sons"}),
    "Toy Works Inc.": ("{Toy Works Inc.}", {"literal": "Toy Works Inc."}),
    "Plato": ("Plato", {"literal": "Plato"}),
}
VENUES = {  # the row of the table, the appearance: lines of BibTeX
    "conference": (
        "{short: T, name: 'Toys of {year}', type: conference, series: PTR, publisher: P, place: Q}",
        "{id: t, year: 2016, volume: '7', pages: 3-9}",
        ["booktitle = {Toys of 2016}", "series = {PTR}", "volume = {7}", "pages = {3--9}"],
    ),
    "journal": (
        "{short: T, name: Toy Letters, type: journal}",
        "{id: t, year: 2016, volume: '7', number: '2'}",
        ["journal = {Toy Letters}", "volume = {7}", "number = {2}"],
    ),
    "thesis": (
        "{short: T, name: Toy U, type: thesis}",
        "{id: t, year: 2016}",
        ["school = {Toy U}"],
    ),
    "preprint": (
        "{short: T, name: toyXiv, type: preprint}",
        "{id: t, year: 2016}",
        ["howpublished = {toyXiv}"],
    ),
    "thesis of a master": (
        "{short: T, name: Toy U, type: thesis}",
        "{id: t, year: 2016, degree: master}",
        ["school = {Toy U}"],
    ),
    "report": (
        "{short: T, name: Toy Institute, type: report}",
        "{id: t, year: 2016, number: TR-7}",
        ["institution = {Toy Institute}", "number = {TR-7}"],
    ),
    "conference that is counted": (
        "{short: T, name: '{ordinal} Toys', type: conference, year_zero: 1983}",
        "{id: t, year: 1995}",
        ["booktitle = {12th Toys}", "year = {1995}"],
    ),
    "conference that was renamed": (
        (
            "{short: T, name: Toys, type: conference, renamed: [{since: 2016, name: More Toys}, "
            "{since: 2017, name: Most Toys}]}"
        ),
        "{id: t, year: 2016}",
        ["booktitle = {More Toys}"],
    ),
    "conference with a publisher before": (
        (
            "{short: T, name: Toys, type: conference, publisher: P, former_publishers: "
            "[{until: 1993, name: Q}, {until: 1990, name: R}]}"
        ),
        "{id: t, year: 1992}",
        ["publisher = {Q}"],
    ),
    "conference with its first publisher": (
        (
            "{short: T, name: Toys, type: conference, publisher: P, former_publishers: "
            "[{until: 1993, name: Q}, {until: 1990, name: R}]}"
        ),
        "{id: t, year: 1990}",
        ["publisher = {R}"],
    ),
    "conference with the publisher of today": (
        (
            "{short: T, name: Toys, type: conference, publisher: P, "
            "former_publishers: [{until: 1993, name: Q}]}"
        ),
        "{id: t, year: 1994}",
        ["publisher = {P}"],
    ),
    "volume of the year": (
        "{short: T, name: Toys, type: conference, volumes: {zero: 1987}}",
        "{id: t, year: 2016}",
        ["volume = {29}"],
    ),
    "volume that is typed": (
        "{short: T, name: Toys, type: conference, volumes: {zero: 1987}}",
        "{id: t, year: 2016, volume: '7'}",
        ["volume = {7}"],
    ),
    "volume counted since": (
        "{short: T, name: Toys, type: journal, volumes: {zero: 1999, since: 2016}}",
        "{id: t, year: 2016}",
        ["volume = {17}"],
    ),
    "unknown": ("{short: T, name: T, type: journal}", "{id: x, year: 2016}", ["booktitle = {x}"]),
}


def catalog(authors: str, table: str = "", venue: str = ""):
    paper = (
        f"title: T\nauthors: [{authors}]\nyear: 2016\nform: research\ntopics: [cutting]\n"
        f"summary: {{en: A, zh: 一}}\n" + (f"venue: {venue}\n" if venue else "")
    )
    files = {"papers/p2016t.yaml": paper.encode()}
    return toy_with(files | ({"venues.yaml": f"t: {table}\n".encode()} if table else {}))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_cited_in_its_parts(name):
    found = catalog(name)
    bib, csl = NAMES[name]
    assert f"  author = {{{bib}}}," in one(found, found.entries["p2016t"]).splitlines()
    items = {item["id"]: item for item in json.loads(csl_json(found))}
    assert items["p2016t"]["author"] == [csl]


PUBLISHERS = {
    "lecun1989optimal": "Morgan Kaufmann",
    "hassibi1992second": "Morgan Kaufmann",
    "han2015learning": "Curran Associates",
}


@pytest.mark.parametrize("id", PUBLISHERS)
def test_a_citation_names_who_published_the_proceedings_of_that_year(id):
    assert reference(real().catalog, real().catalog.entries[id].model).publisher == PUBLISHERS[id]


DOUBLE = {  # family names of several words, which no table can tell: the paper, the name in parts
    "agarwal2024policy": ("Sabela", "Ramos Garea"),
    "ashkboos2024slicegpt": ("Marcelo", "Gennari do Nascimento"),
    "blalock2020what": ("Jose Javier", "Gonzalez Ortiz"),
    "mishra2021accelerating": ("Jorge", "Albericio Latorre"),
    "nagel2020up": ("Mart", "van Baalen"),
    "romero2015fitnets": ("Samira", "Ebrahimi Kahou"),
    "rouhani2023microscaling": ("Bita", "Darvish Rouhani"),
    "yao2022zeroquant": ("Reza", "Yazdani Aminabadi"),
}


@pytest.mark.parametrize("id", DOUBLE)
def test_a_family_name_of_several_words_is_whole(id):
    cited = reference(real().catalog, real().catalog.entries[id].model)
    assert Person(*DOUBLE[id]) in cited.authors


def test_nobody_is_spelt_with_other_capitals_in_another_paper():
    spelt: dict[str, set[str]] = {}
    for entry in real().catalog.of(Paper):
        for author in entry.model.authors:
            spelt.setdefault(printed(author).casefold(), set()).add(printed(author))
    assert [names for names in spelt.values() if len(names) > 1] == []


def test_a_hundred_authors_stay_a_hundred():
    found = catalog(", ".join(f"Ada Toy{number}" for number in range(100)))
    assert one(found, found.entries["p2016t"]).count(" and ") == 99


@pytest.mark.parametrize("case", VENUES)
def test_a_venue_is_cited_by_its_full_name(case):
    table, venue, lines = VENUES[case]
    found = catalog("Ada First", table, venue)
    said = one(found, found.entries["p2016t"]).splitlines()
    assert [f"  {line}," for line in lines if f"  {line}," not in said] == []


@pytest.mark.parametrize("year", [1999, 2003])
def test_before_volumes_were_counted_by_the_year_none_is_said(year):
    table = "{short: T, name: Toys, type: journal, volumes: {zero: 1999, since: 2004}}"
    found = catalog("Ada First", table, f"{{id: t, year: {year}}}")
    assert "volume" not in one(found, found.entries["p2016t"])


def test_a_faulty_row_of_the_table_is_found_and_spoils_nobody_else():
    found = toy_with({"venues.yaml": b"neurips: {short: Ne, name: Ne, type: club}\n"})
    assert [str(one).split(": ")[1] for one in found.findings] == ["KB105 unknown-word"]
    assert len(found.entries) == 10
