"""A drafted entry: what records say, with its source; what only a person can add is blank."""

import pytest

from kb.catalog import assemble
from kb.importers.add import added
from kb.importers.draft import Duplicate, Wishes
from kb.importers.gather import Refusal, Reply
from kb.importers.recognise import recognise
from kb.source.files import load
from tests.catalogs import ROOT, TODAY, findings
from tests.importers.services import NO_NETWORK, only, recorded, world

FILES = load(ROOT / "catalog")[0]
CATALOG = assemble(FILES)
BLANK = {"malformed-value", "orphan"}
"""What is left to say of an entry whose summary and relations are still to be written."""


def draft(typed, fetch=world, **wishes):
    return added(recognise(typed), CATALOG, Wishes(TODAY, **wishes), fetch)


def left(made):
    """What is wrong with the entry in the catalogue: names of findings, with their messages."""
    whole = assemble(sorted([*FILES, made.file], key=lambda file: file.path))
    return {one for one in findings(whole) if one.path == made.file.path}


SPARSEGPT = """\
# yaml-language-server: $schema=../../docs/schema/paper.json
title: "SparseGPT: Massive Language Models Can Be Accurately Pruned in One-Shot"
authors: [Elias Frantar, Dan Alistarh]
year: 2023
form: research
arxiv: "2301.00774"
topics: [pruning]
summary: {en: "", zh: ""}
sources:
  paper:
    url: https://arxiv.org/abs/2301.00774
    read: https://export.arxiv.org/api/query?id_list=2301.00774&max_results=1
    seen: 2026-11-24
    supports: [title, authors, year, arxiv]
"""


def test_a_preprint_is_drafted_with_its_source_and_its_next_step():
    made = draft("2301.00774")
    assert made.file.path == "catalog/papers/frantar2023sparsegpt.yaml"
    assert made.file.content.decode() == SPARSEGPT
    assert "Accepted at ICML 2023" in made.notes[0]
    assert made.notes[1].startswith("`topics` is proposed by words and neighbours: pruning;")
    assert made.lacks[0].startswith("`summary` in your own words, in both languages")
    assert made.lacks[1].startswith("what ties it to another entry")


def test_what_is_left_is_what_only_a_person_can_write():
    assert {one.name for one in left(draft("2301.00774"))} <= BLANK


FILLED = (
    "summary: {en: It prunes., zh: 剪枝。}\nstudies:\n  - {id: gradual-pruning, source: paper}\n"
)


def test_with_the_summary_and_a_relation_written_nothing_is_wrong():
    made = draft("2301.00774")
    text = made.file.content.replace(b'summary: {en: "", zh: ""}\n', FILLED.encode())
    text = text.replace(b"year, arxiv]", b"year, arxiv, summary]")
    whole = assemble([*FILES, type(made.file)(made.file.path, "paper", made.file.id, text)])
    assert [one for one in findings(whole) if one.path == made.file.path] == []


HOSTILE = {
    "a page instead of a feed": (Reply(200, "<html><body>hi</body></html>"), "no preprint"),
    "text": (Reply(200, "hello"), "something that is no feed"),
    "nothing": (Reply(200, ""), "something that is no feed"),
    "a bomb of entities": (
        Reply(200, '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>'),
        "definitions, which is no feed",
    ),
    "20 MB": (Reply(200, "<feed>" + "x" * 20_000_000), "more than 2,000,000 characters"),
    "deep nesting": (Reply(200, "<a>" * 100_000), "something that is no feed"),
    "another paper": (recorded("arxiv-2301.00774.xml"), "the record of `2301.00774`"),
    "no such paper": (recorded("arxiv-none.xml"), "no preprint `2301.00001`"),
    "not found": (Reply(404, ""), "arXiv knows no `2301.00001`"),
    "forbidden": (Reply(403, ""), "refused the request (403)"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_an_answer_that_is_no_record_is_refused_with_a_reason(case):
    reply, said = HOSTILE[case]
    with pytest.raises(Refusal) as refused:
        draft("2301.00001", only(reply))
    assert said in str(refused.value)


OUT_OF_REACH = {
    "no network": (NO_NETWORK, "arXiv could not be asked: the name could not be looked up"),
    "a time-out": (Reply(fault="no answer within 20 s"), "no answer within 20 s"),
    "too many requests": (Reply(429, ""), "arXiv asks for patience"),
    "out of order": (Reply(503, "<html>"), "arXiv has no answer (503)"),
}


@pytest.mark.parametrize("case", OUT_OF_REACH)
def test_who_cannot_be_asked_leaves_a_skeleton_that_says_so(case):
    reply, said = OUT_OF_REACH[case]
    made = draft("2301.00001", only(reply))
    assert made.file == draft("2301.00001", None).file
    assert said in made.notes[0]


SKELETON = """\
# yaml-language-server: $schema=../../docs/schema/paper.json
title: ""
authors: []
year: 2023
form: research
arxiv: "2301.00001"
topics: []
summary: {en: "", zh: ""}
sources:
  paper: {url: "https://arxiv.org/abs/2301.00001", seen: 2026-11-24}
"""


def test_a_skeleton_has_the_fields_to_fill_and_claims_nothing():
    made = draft("2301.00001", None)
    assert made.file.path == "catalog/papers/arxiv-2301-00001.yaml"
    assert made.file.content.decode() == SKELETON
    assert {one.name for one in left(made)} <= BLANK | {"claim-without-ground", "unused-source"}


KNOWN = {
    "the arXiv id": ("1905.11946", "tan2019efficientnet.yaml`: it has the arXiv id `1905.11946`"),
    "the DOI": ("10.1109/CVPR.2019.00293", "tan2019mnasnet.yaml`: it has the DOI"),
}


@pytest.mark.parametrize("case", KNOWN)
def test_a_known_paper_is_refused(case):
    typed, said = KNOWN[case]
    with pytest.raises(Duplicate) as refused:
        draft(typed, None)
    assert said in str(refused.value)
