"""Files of records: every record by itself, compared with others, ninety of them in one go."""

import json

import pytest

from kb.catalog import assemble
from kb.importers.add import added, imported
from kb.importers.draft import Duplicate, Wishes
from kb.importers.gather import Refusal, Reply
from kb.importers.recognize import recognize
from kb.importers.record import AuthorName, NoRecord, WorkRecord
from kb.importers.records import records
from kb.importers.same import printed
from tests.catalogs import TODAY
from tests.importers.services import NO_NETWORK, only, recorded, world
from tests.importers.test_add import CATALOG, FILES


def one(name, content):
    (found,) = records(name, content)
    if isinstance(found, NoRecord):
        raise found
    return found


BIB = r"""
@string{cvpr = "IEEE Conference on Computer Vision and Pattern Recognition"}
% from a README
@InProceedings{han2020,
  AUTHOR = {Han, Kai and {van der W\"ang}, Yunhe and {Toy Team} and King, Jr., Martin},
  title = {{GhostNet}: More Features from \emph{Cheap} Operations},
  booktitle = cvpr # " (CVPR)", year = 2020, month = jun, pages = {1577--1586},
  eprint = {1911.11907v2}, archivePrefix = {arXiv}, url = {https://openaccess.thecvf.com/a\_b.html},
}
"""
YAML = """
- title: "GhostNet: More Features from Cheap Operations"
  authors:
    - Kai Han
    - Yunhe van der Wäng
    - {organization: Toy Team}
    - {given: Martin, family: King, suffix: Jr.}
  year: 2020
  venue: {id: cvpr, pages: 1577–1586}
  arxiv: "1911.11907"
  url: https://openaccess.thecvf.com/a_b.html
"""
SAME = {
    "BibTeX": ("a.bib", BIB),
    "our own fields in YAML": (
        "a.yaml",
        YAML,
    ),
    "records under a key": (
        "a.json",
        json.dumps(
            {
                "papers": [
                    {
                        "title": "GhostNet: More Features from Cheap Operations",
                        "authors": 'Han, Kai and van der W{\\"a}ng, Yunhe and {Toy Team} and '
                        "King, Jr., Martin",
                        "year": "2020",
                        "venue": "cvpr",
                        "pages": "1577-1586",
                        "venue_url": "https://openaccess.thecvf.com/a_b.html",
                        "arxiv_id": "arXiv:1911.11907v2",
                        "doi": "",
                    }
                ]
            }
        ),
    ),
    "CSL-JSON": (
        "a.json",
        json.dumps(
            [
                {
                    "type": "paper-conference",
                    "title": "GhostNet: More Features from <i>Cheap</i> Operations",
                    "author": [
                        {"family": "Han", "given": "Kai"},
                        {"family": "Wäng", "given": "Yunhe", "non-dropping-particle": "van der"},
                        {"literal": "Toy Team"},
                        {"family": "King", "given": "Martin", "suffix": "Jr."},
                    ],
                    "issued": {"date-parts": [["2020", 6]]},
                    "container-title": "Conference on Computer Vision and Pattern Recognition",
                    "page": "1577-1586",
                    "URL": "https://openaccess.thecvf.com/a_b.html",
                }
            ]
        ),
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_every_form_of_a_record_says_the_same(case):
    found = one(*SAME[case])
    assert found.title == "GhostNet: More Features from Cheap Operations"
    assert [printed(name) for name in found.authors] == [
        "Kai Han",
        "Yunhe van der Wäng",
        "Toy Team",
        "Martin King Jr.",
    ]
    assert (found.year, found.pages) == (2020, "1577-1586")
    assert found.url == "https://openaccess.thecvf.com/a_b.html"
    made = imported(found, [], CATALOG, Wishes(TODAY), None)
    assert made.file.id == "han2020ghostnet"
    assert b"venue: {id: cvpr, year: 2020, pages: 1577-1586}" in made.file.content


WILD = {
    "DBLP": (
        (
            "@inproceedings{DBLP:conf/iclr/HanMD15,\n  author = {Song Han and\n Huizi Mao 0001},\n"
            "  editor = {Yoshua Bengio},\n  title = {Deep {C}ompression},\n"
            "  booktitle = {4th International Conference on Learning Representations, "
            "{ICLR} 2016, San Juan, Puerto Rico, "
            "Conference Track Proceedings},\n  year = {2016},\n"
            "  url = {http://arxiv.org/abs/1510.00149},\n  bibsource = {dblp}\n}"
        ),
        {"arxiv": "1510.00149", "venue": "4th International Conference", "author": "Huizi Mao"},
    ),
    "DBLP, a preprint": (
        (
            "@article{x, author={Song Han}, title={Deep}, journal={CoRR}, volume={abs/1510.00149}, "
            "year={2015}, eprinttype={arXiv}, eprint={1510.00149}}"
        ),
        {"arxiv": "1510.00149", "venue": "", "volume": "", "preprint": True},
    ),
    "Google Scholar": (
        (
            "@article{han2015deep, title={Deep}, author={Han, Song and others}, "
            "journal={arXiv preprint arXiv:1510.00149}, year={2015}}"
        ),
        {"arxiv": "1510.00149", "venue": "", "complete": False},
    ),
    "Semantic Scholar": (
        (
            "@article{H, title={Deep}, author={Song Han}, journal={ArXiv}, year={2023}, "
            "volume={abs/2301.00774}, url={https://api.semanticscholar.org/CorpusID:1}}"
        ),
        {"arxiv": "2301.00774", "url": "https://arxiv.org/abs/2301.00774"},
    ),
    "a reading list as its address": (
        "@misc{x, title={Deep}, url={https://github.com/a/awesome-papers}}",
        {"url": ""},
    ),
    "a proceedings page": (
        (
            "@inproceedings{x, title={Deep}, doi={10.1109/X.1}, "
            "url={https://proceedings.mlr.press/v1/a.html}}"
        ),
        {"url": "https://proceedings.mlr.press/v1/a.html", "doi": "10.1109/X.1"},
    ),
    "a DOI with its address": (
        "@article{x, title={Deep}, doi={https://doi.org/10.1145/3292500.3330701}}",
        {"doi": "10.1145/3292500.3330701", "url": "https://doi.org/10.1145/3292500.3330701"},
    ),
    "et al.": ("@misc{x, title={Deep}, author={Song Han et al.}}", {"complete": False}),
    "marks of equal contribution": (
        "@misc{x, title={Deep}, author={Lin*, Yujun and Tang†, Haotian}}",
        {"author": "Haotian Tang"},
    ),
    "a comma before `and`": (
        "@misc{x, title={Deep}, author={Gao, Peng, and Luo, Ping,}}",
        {"author": "Ping Luo"},
    ),
    "a formula as OpenReview escapes it": (
        r"@misc{x, title={Qu{IP}\${\textbackslash}\#\$: Even Better {LLM}s}}",
        {"title": "QuIP#: Even Better LLMs"},
    ),
    "a command as OpenReview escapes it": (
        r"@misc{x, title={Nets of \${\textbackslash}alpha{\{}{\}}\$ Layers}}",
        {"title": "Nets of α Layers"},
    ),
    "a thesis": ("@phdthesis{x, title={Deep}, school={Stanford}}", {"form": "thesis"}),
    "control characters and directions": (
        "@misc{x, title={De\u202eep\u0007 {N}ets}, author={So\u200bng Han}}",
        {"title": "Deep Nets", "author": "Song Han"},
    ),
    "markup": ("@misc{x, title={<script>alert(1)</script> Deep}}", {"title": "alert(1) Deep"}),
    "TeX that reads a file": (
        "@misc{x, title={\\input{/etc/passwd} Deep}}",
        {"title": "Deep"},
    ),
}


@pytest.mark.parametrize("case", WILD)
def test_bibtex_as_it_is_found(case):
    bibtex, expected = WILD[case]
    found = one("a.bib", bibtex)
    for name, value in expected.items():
        if name == "author":
            assert printed(found.authors[-1]) == value
        elif name == "venue" and value:
            assert found.venue.startswith(value)
        else:
            assert getattr(found, name) == value


JOINED = {
    "and": ("Elias Frantar and Dan Alistarh", ["Elias Frantar", "Dan Alistarh"]),
    "commas": ("Elias Frantar, Dan Alistarh", ["Elias Frantar", "Dan Alistarh"]),
    "commas and `and`": ("Ada A, Bo B, and Cy C", ["Ada A", "Bo B", "Cy C"]),
    "semicolons": ("Frantar, Elias; Alistarh, Dan", ["Elias Frantar", "Dan Alistarh"]),
    "one, inverted": ("Frantar, Elias", ["Elias Frantar"]),
    "one with a particle": ("van der Maaten, Laurens J. P.", ["Laurens J. P. van der Maaten"]),
}


@pytest.mark.parametrize("case", JOINED)
def test_authors_joined_in_one_text_are_told_apart(case):
    authors, names = JOINED[case]
    found = one("a.json", json.dumps([{"title": "A", "authors": authors}]))
    assert [printed(name) for name in found.authors] == names


LISTED = {
    "commas alone": ("Aojun Zhou, Yukun Ma, Junnan Zhu", ["Aojun Zhou", "Yukun Ma", "Junnan Zhu"]),
    "commas and `and`": ("Kai Han, Yunhe Wang, Chang Xu and Qi Tian", ["Kai Han", "Qi Tian"]),
    "inverted, with a suffix": ("King, Jr., Martin and Han, Kai", ["Martin King Jr.", "Kai Han"]),
    "inverted, of two words each": ("De La Cruz, Maria Jose", ["Maria Jose De La Cruz"]),
    "an organization with commas": ("{Toys, Nets, Games}", ["Toys, Nets, Games"]),
}


@pytest.mark.parametrize("case", LISTED)
def test_commas_in_bibtex_part_names_only_where_each_is_whole(case):
    authors, ends = LISTED[case]
    names = [printed(name) for name in one("a.bib", f"@misc{{x, author={{{authors}}}}}").authors]
    assert (names if len(names) == len(ends) else [names[0], names[-1]]) == ends


BROKEN = {
    "nine hundred braces": ("a.bib", f"@misc{{x, title={'{' * 900}D{'}' * 900}}}", [False]),
    "one of three": ("a.bib", BIB + "@misc{x, title = {A}\n" + BIB, [True, False, True]),
    "no record in a list": (
        "a.json",
        '[{"title": "A"}, 7, "x", null]',
        [True, False, False, False],
    ),
    "an address that runs code": (
        "a.json",
        '[{"title": "A", "source": {"url": "javascript:alert(1)"}}, {"title": "B"}]',
        [False, True],
    ),
    "lines": ("a.jsonl", '{"title": "A"}\n\n{"title": "B"}\n', [True, True]),
    "values of every type": (
        "a.json",
        '[{"title": ["A"], "authors": {"a": 1}, "year": [1], "doi": 7, "venue": [], "url": {}}]',
        [True],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_bad_record_hides_no_other(case):
    name, content, good = BROKEN[case]
    assert [isinstance(found, WorkRecord) for found in records(name, content)] == good


UNREADABLE = {
    "no JSON": ("a.json", "{", "no JSON"),
    "a deep file": ("a.json", "[" * 100_000, "no JSON"),
    "no YAML": ("a.yaml", "- title: [\n", "not YAML, line"),
    "aliases": ("a.yaml", "- &a {title: b}\n- *a\n", "anchor or alias"),
    "nothing": ("a.json", "[]", "no record"),
    "a number": ("a.json", "7", "no record"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(case):
    name, content, said = UNREADABLE[case]
    with pytest.raises(NoRecord) as refused:
        records(name, content)
    assert said in str(refused.value)


PAGE = "https://proceedings.mlr.press/v1/first20a.html"
BASE = WorkRecord(
    url=PAGE,
    confirmed=True,
    title="Pruning Twice: A Study",
    authors=(AuthorName(plain="Ada L. First"), AuthorName(plain="Bo Second")),
    year=2020,
    venue="iclr",
    pages="1-9",
)


def other(**changes):
    values = {name: getattr(BASE, name) for name in WorkRecord.__slots__}
    return WorkRecord(**(values | {"url": "https://dblp.org/rec/x", "confirmed": True} | changes))


AGREED = {
    "the same": ({}, None),
    "a title in small letters": ({"title": "Pruning twice: a study"}, None),
    "initials": (
        {"authors": (AuthorName(plain="A. First"), AuthorName(given="B.", family="Second"))},
        None,
    ),
    "no middle name": (
        {"authors": (AuthorName(plain="Ada First"), AuthorName(plain="Bo Second"))},
        None,
    ),
    "another order": ({"authors": BASE.authors[::-1]}, "authors"),
    "one author less": ({"authors": BASE.authors[:1]}, "authors"),
    "another first name": (
        {"authors": (AuthorName(plain="Eve First"), BASE.authors[1])},
        "authors",
    ),
    "not all authors": ({"authors": BASE.authors[:1], "complete": False}, None),
    "another year": ({"year": 2021}, "year"),
    "the year of the preprint": ({"year": 2019, "venue": "", "preprint": True}, None),
    "another venue": ({"venue": "neurips"}, "venue"),
    "other pages": ({"pages": "101-109"}, "pages"),
    "no venue": ({"venue": "", "pages": ""}, None),
    "a subtitle less": ({"title": "Pruning Twice"}, "title"),
}


@pytest.mark.parametrize("case", AGREED)
def test_what_two_do_not_agree_on_is_left_out_and_said(case):
    changes, left_out = AGREED[case]
    made = imported(BASE, [other(**changes, arxiv="")], CATALOG, Wishes(TODAY), None)
    content = made.file.content.decode()
    said = [note for note in made.notes if "is left out:" in note]
    if left_out is None:
        assert said == [] and "authors: [Ada L. First, Bo Second]" in content
    else:
        assert len(said) == 1 and said[0].startswith(f"`{left_out}` is left out: {PAGE} says")
        assert f"supports: [{left_out}" not in content and f" {left_out}," not in content
    assert made.file.id == "first2020pruning"


def test_both_that_agree_support_and_who_says_nothing_does_not():
    second = other(venue="", pages="", year=None)
    content = imported(BASE, [second], CATALOG, Wishes(TODAY), None).file.content.decode()
    assert "proceedings:\n    url: https://proceedings.mlr.press/v1/first20a.html" in content
    assert "supports: [title, authors, year, venue]" in content
    assert (
        'record: {url: "https://dblp.org/rec/x", seen: 2026-11-24, supports: [title, authors]}'
        in (content)
    )


GHOST = (
    "@misc{{x, title={{{}}}, author={{Han, Kai and others}}, doi={{10.1109/CVPR42600.2020.00165}}}}"
)


def test_bibtex_is_compared_with_the_record_of_its_identifier():
    found = one("a.bib", GHOST.format("Ghostnet: more features from cheap operations"))
    made = imported(found, [], CATALOG, Wishes(TODAY), world)
    assert b"authors: [Kai Han, Yunhe Wang, Qi Tian" in made.file.content
    assert b"supports: [title, authors, year, venue, doi]" in made.file.content


REFUSED = {
    "the right id at the wrong title": ("Attention Is All You Need", world, "are of two works"),
    "an id that does not exist": ("GhostNet", only(Reply(404, "")), "Crossref knows no"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_record_with_a_wrong_identifier_is_refused(case):
    title, fetch, said = REFUSED[case]
    with pytest.raises(Refusal) as refused:
        imported(one("a.bib", GHOST.format(title)), [], CATALOG, Wishes(TODAY), fetch)
    assert said in str(refused.value)


def test_without_a_network_bibtex_is_drafted_but_supports_nothing():
    found = one("a.bib", GHOST.format("GhostNet: More Features"))
    made = imported(found, [], CATALOG, Wishes(TODAY), only(NO_NETWORK))
    assert "not compared: Crossref could not be asked" in made.notes[0]
    assert b"supports" not in made.file.content
    assert "`title`, `doi`: compare with the paper's own page" in made.lacks[1]


def test_a_record_without_any_identifier_goes_through():
    found = one("a.bib", "@misc{x, title={Optimal Brain Damage}, author={Yann LeCun}, year=1989}")
    made = imported(found, [], CATALOG, Wishes(TODAY), world)
    assert made.file.id == "lecun1989optimal" and b"sources" not in made.file.content


def test_ninety_authors_go_through():
    names = " and ".join(f"Family{number}, Given{number}" for number in range(90))
    found = one("a.bib", f"@article{{x, title={{A Big Model}}, author={{{names}}}, year=2024}}")
    made = imported(found, [], CATALOG, Wishes(TODAY), None)
    assert made.file.id == "family02024big" and made.file.content.count(b"Given") == 90


LIKE = {
    "a title typed otherwise": ({"title": "TOYS -- a first look and 100% fun"}, "its title is"),
    "the same start": (
        {"title": "Toys: A First Look at 100% Fun, Revisited", "year": 2016},
        "the same first author and year",
    ),
}


@pytest.mark.parametrize("case", LIKE)
def test_what_resembles_a_known_paper_waits_for_a_decision(case):
    changes, said = LIKE[case]
    like = other(**({"authors": (AuthorName(plain="Ada First"),), "year": 2015} | changes))
    with pytest.raises(Duplicate) as refused:
        imported(like, [], CATALOG, Wishes(TODAY), None)
    assert said in str(refused.value) and "`--anyway`" in str(refused.value)
    assert imported(like, [], CATALOG, Wishes(TODAY, anyway=True), None).file.content


def test_another_paper_of_the_same_start_gets_the_next_id():
    like = other(
        title="Toys Considered Harmful", authors=(AuthorName(plain="Ada First"),), year=2015
    )
    assert imported(like, [], CATALOG, Wishes(TODAY), None).file.id == "first2015toysb"


def test_works_whose_usual_id_cannot_be_told_get_one_each():
    catalog = CATALOG
    for number, expected in enumerate(("unnamed", "unnamed-2")):
        work = other(title=f"剪枝{number}", year=None, url=f"https://dblp.org/rec/{number}")
        made = imported(work, [], catalog, Wishes(TODAY), None)
        assert made.file.id == expected
        catalog = assemble([*FILES, made.file])


def test_a_doi_of_another_work_is_left_out():
    def fetch(url):
        feed = recorded("arxiv-2006.10518.xml")
        other = feed.text.replace("GhostNet: More Features from Cheap Operations", "Something Else")
        return Reply(200, other) if "arxiv" in url else world(url)

    made = added(recognize("2006.10518"), CATALOG, Wishes(TODAY), fetch)
    assert "is that of `GhostNet: More Features From Cheap Operations`" in made.notes[0]
    assert b"doi" not in made.file.content


@pytest.mark.parametrize(
    ("typed", "author"),
    [("王, 小明", "王小明"), ("王 小明", "王小明"), ("欧阳，娜娜", "欧阳娜娜"), ("李四", "李四")],
)
def test_a_chinese_name_is_one_word_with_the_family_name_first(typed, author):
    record = one("a.bib", f"@article{{w, title={{剪枝}}, author={{{typed}}}, year={{2021}}}}")
    assert [printed(name) for name in record.authors] == [author]


def test_a_title_in_chinese_makes_no_name_of_a_file_and_says_so():
    bib = "@article{w, title={剪枝}, author={王, 小明}, year={2021}}"
    draft = imported(one("a.bib", bib), [], CATALOG, Wishes(TODAY), None)
    assert draft.file.id == "unnamed"
    assert any("kb rename unnamed" in note for note in draft.notes)


def test_an_identifier_and_an_address_of_two_papers_are_told():
    bib = "@misc{w, title={Novel Things}, eprint={2101.01234}, year={2021}, url={%s}}"
    for url, told in (
        ("https://arxiv.org/abs/1901.00001v2", 1),
        ("https://arxiv.org/pdf/2101.01234", 0),
    ):
        notes = one("a.bib", bib % url).notes
        assert len(notes) == told and all("1901.00001" in note for note in notes)


def test_a_comma_that_is_missing_is_said_in_our_words():
    (found,) = records("a.bib", "@article{w title={Novel Things} author={Ann Alpha}, year={2021}}")
    assert isinstance(found, NoRecord) and "comma" in str(found) and "syntax" not in str(found)
