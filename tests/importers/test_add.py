"""A drafted entry: what records say, with its source; what only a person can add is blank."""

import re
from dataclasses import replace

import pytest

from kb.catalog import assemble
from kb.importers.add import added
from kb.importers.draft import Duplicate, Wishes
from kb.importers.gather import Refusal, Reply
from kb.importers.recognize import recognize
from kb.source.files import load
from tests.catalogs import TODAY, TOY, findings
from tests.importers.services import NO_NETWORK, only, recorded, world

VENUES = b"""
cvpr:
  short: CVPR
  name: Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition
  type: conference
iclr: {short: ICLR, name: International Conference on Learning Representations, type: conference}
"""
FILES = [
    replace(file, content=file.content + VENUES) if file.kind == "venues" else file
    for file in load(TOY)[0]
]
CATALOG = assemble(FILES)
OPENREVIEW = "https://openreview.net/forum?id="
WECHAT = "https://mp.weixin.qq.com/s/x"
BLANK = {"malformed-value", "orphan"}
"""What is left to say of an entry whose summary and relations are still to be written."""


def draft(typed, fetch=world, **wishes):
    return added(recognize(typed), CATALOG, Wishes(TODAY, **wishes), fetch)


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
topics: [cutting]
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
    assert "the authors tell arXiv `Accepted at ICML 2023`" in made.notes[0]
    assert made.notes[1].startswith("`topics` is proposed by words and neighbours: cutting;")
    assert made.lacks[0].startswith("`summary` in your own words, in both languages")
    assert made.lacks[1].startswith("what ties it to another entry")


def test_what_is_left_is_what_only_a_person_can_write():
    assert {one.name for one in left(draft("2301.00774"))} <= BLANK


FILLED = "summary: {en: It prunes., zh: 剪枝。}\nstudies:\n  - {id: toy-pruning, source: paper}\n"


def test_with_the_summary_and_a_relation_written_nothing_is_wrong():
    made = draft("2301.00774")
    text = made.file.content.replace(b'summary: {en: "", zh: ""}\n', FILLED.encode())
    text = text.replace(b"year, arxiv]", b"year, arxiv, summary]")
    whole = assemble([*FILES, type(made.file)(made.file.path, "paper", made.file.id, text)])
    assert [one for one in findings(whole) if one.path == made.file.path] == []


DRAFTED = {
    "TeX in the title, one author": "2401.00001",
    "an old id, withdrawn": "hep-th/9901001",
    "a preprint with a DOI": "2006.10518",
    "a DOI": "10.1109/CVPR42600.2020.00165",
    "OpenReview": "https://openreview.net/forum?id=Ab3dEfGhI1",
    "OpenReview before 2023": "https://openreview.net/forum?id=rOldNote19",
    "OpenReview, not accepted": "https://openreview.net/forum?id=NoNoNo1234",
    "ACL, a venue that the table lacks": "2020.acl-main.9999",
    "GitHub": "https://github.com/ada/smallnets",
    "WeChat": "https://mp.weixin.qq.com/s/AbCd-12",
    "WeChat, a puzzle": "https://mp.weixin.qq.com/s/puzzle",
}


@pytest.mark.parametrize("case", DRAFTED)
def test_golden(case, golden):
    made = draft(DRAFTED[case])
    said = "".join(f"# {line}\n" for line in (made.file.path, *made.notes, *made.lacks))
    golden(f"add/{re.sub('[^a-z0-9]+', '-', case.lower())}.yaml", said + made.file.content.decode())
    assert {one.name for one in left(made)} <= BLANK | {"claim-without-ground", "unused-source"}


HOSTILE = {
    "a page instead of a feed": ("2301.00001", "<html><body>hi</body></html>", "no preprint"),
    "text instead of a feed": ("2301.00001", "hello", "something that is not a feed"),
    "nothing": ("2301.00001", "", "something that is not a feed"),
    "a bomb of entities": (
        "2301.00001",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>',
        "definitions, not a feed",
    ),
    "20 MB": ("2301.00001", "<feed>" + "x" * 20_000_000, "more than 2,000,000 bytes"),
    "a deep feed": ("2301.00001", "<a>" * 100_000, "something that is not a feed"),
    "another preprint": ("2301.00001", "arxiv-2301.00774.xml", "the record of `2301.00774`"),
    "no such preprint": ("2301.99999", "arxiv-none.xml", "no preprint `2301.99999`"),
    "a page instead of a record": ("10.1/x", "<html>hi</html>", "something that is not a record"),
    "a list instead of a record": ("10.1/x", "[1, 2]", "something that is not a record"),
    "a deep record": ("10.1/x", "[" * 100_000, "something that is not a record"),
    "a record of wrong types": (
        "10.1/x",
        '{"message": {"DOI": ["10.1/x"], "title": {"a": 1}, "author": "x"}}',
        "the record of `another work`",
    ),
    "another DOI": (
        "10.1/x",
        "crossref-10.1109-CVPR42600.2020.00165.json",
        "the record of `10.1109/cvpr42600.2020.00165`",
    ),
    "another submission": (OPENREVIEW + "zzzzz", "openreview-v2.json", "record of `Ab3dEfGhI1`"),
    "no submission": (OPENREVIEW + "zzzzz", '{"notes": [], "count": 0}', "no submission `zzzzz`"),
    "a page instead of BibTeX": ("2020.acl-main.1", "<html>@x{</html>", "that is not BibTeX"),
    "another paper's BibTeX": (
        "2020.acl-main.1",
        "acl-2020.acl-main.9999.bib",
        "the record of `https://aclanthology.org/2020.acl-main.9999/`",
    ),
    "BibTeX that ends early": ("2020.acl-main.1", "@misc{a, title={", "BibTeX that cannot be"),
    "another site's JSON": ("github.com/a/b", '{"login": "a"}', "that is not a repository"),
    "an article that is gone": (WECHAT, "wechat-deleted.html", "a note that the article is gone"),
    "a page that is no article": (WECHAT, "<html></html>", "answered with no article"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_an_answer_that_is_no_record_is_refused_with_a_reason(case):
    typed, answer, said = HOSTILE[case]
    typed = typed.replace("10.1/", "10.1000/")
    is_name = answer.endswith((".xml", ".json", ".bib", ".html"))
    reply = recorded(answer) if is_name else Reply(200, answer.replace("10.1/", "10.1000/"))
    with pytest.raises(Refusal) as refused:
        draft(typed, only(reply))
    assert said in str(refused.value)


STATUS = {404: "arXiv knows no `2301.00001`", 410: "knows no", 403: "refused the request (403)"}


@pytest.mark.parametrize("status", STATUS)
def test_who_refuses_is_named(status):
    with pytest.raises(Refusal) as refused:
        draft("2301.00001", only(Reply(status, "")))
    assert STATUS[status] in str(refused.value)


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
    "the arXiv id": ("1501.00001v2", "first2015toys.yaml`: it has the arXiv id `1501.00001`"),
    "the DOI": ("10.1000/TOYS.1", "first2015toys.yaml`: it has the DOI `10.1000/TOYS.1`"),
    "an address of an article": (
        "https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa",
        "has the address",
    ),
}


@pytest.mark.parametrize("case", KNOWN)
def test_a_known_work_is_refused(case):
    typed, said = KNOWN[case]
    with pytest.raises(Duplicate) as refused:
        draft(typed, None)
    assert said in str(refused.value)
