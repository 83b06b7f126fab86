"""From a form to the one file it adds or changes, and `kb issue apply` on disk."""

import json
import shutil
from functools import cache

import pytest

from kb.commands.main import main
from kb.forge.form import CHINESE, ENGLISH, FORMS, TIES, TOPICS, WORK, MalformedForm, filled
from kb.forge.issue import outcome
from kb.forge.outcome import FormContext
from kb.schema import Topic
from kb.source.files import classify, load
from tests import catalogs
from tests.catalogs import TODAY, TOY, toy_with
from tests.forge.test_form import body, fuzzed

ADD, ENTRY, CORRECT = FORMS
BIBTEX = """@inproceedings{x, title={Bears in Boxes}, author={Ann Bear and Bo Box}, year={2020},
url={https://arxiv.org/abs/2001.00001}, eprint={2001.00001}, archivePrefix={arXiv}}"""
WHOLE = {
    WORK: BIBTEX,
    TOPICS: "cutting",
    ENGLISH: "It puts bears\ninto boxes: @everyone sees less.",
    CHINESE: "把熊装进盒子。",
    TIES: "studies: toy-pruning, abstract",
}
NEW = """title: Bears
authors: [Ann Bear]
year: 2020
form: research
arxiv: "2001.00001"
topics: [cutting]
studies: [{id: toy-pruning, source: paper}]
summary: {en: Bears., zh: 熊。}
sources:
  paper:
    url: https://arxiv.org/abs/2001.00001
    seen: 2026-11-01
    supports: [title, authors, year, arxiv, summary]
"""
TYPED = {"Kind of entry": "paper", "Id of the entry": "bear2020bears", "Entry in YAML": NEW}
FIX = {
    "Entry to correct": "first2015toys",
    "Field": "results.0.value",
    "Value now": "2",
    "Correct value": "2.5",
    "Page that says so": "https://papers.nips.cc/paper/toys.pdf",
    "Read on": "2026-11-20",
}


@cache
def known():
    return FormContext(load(TOY)[0], catalogs.toy().catalog, TODAY)


def made(form, typed):
    return outcome(filled(body(form, typed)), known())


@pytest.fixture
def tree(tmp_path):
    """The toy catalogue."""
    shutil.copytree(TOY, tmp_path / "catalog")
    return tmp_path


def apply(tree, said, name="body.md"):
    (tree / name).write_text(said, encoding="utf-8")
    return main(
        ["--root", str(tree / "catalog"), "issue", "apply", str(tree / name), "--offline"], TODAY
    )


def content(tree):
    return {path: path.read_bytes() for path in sorted(tree.rglob("*.yaml"))}


CLEAN = {"an entry in YAML": (ENTRY, TYPED), "a correction": (CORRECT, FIX)}


@pytest.mark.parametrize("case", CLEAN)
def test_a_whole_form_leads_to_a_clean_catalogue(case, tree, capsys):
    form, typed = CLEAN[case]
    assert apply(tree, body(form, typed)) == 0
    out = capsys.readouterr().out
    assert "is written.**" in out and "`kb check` finds nothing wrong" in out
    for words in (["check"], ["fmt", "--check"]):
        assert main(["--root", str(tree / "catalog"), *words], TODAY) == 0


def test_a_work_gets_what_the_form_says_beside_it():
    file = made(ADD, WHOLE).file
    text = file.content.decode()
    assert file.path == "catalog/papers/bear2020bears.yaml"
    assert "title: Bears in Boxes\n" in text and "topics: [cutting]\n" in text
    assert "{id: toy-pruning, source: paper, where: abstract}" in text
    assert "It puts bears into boxes" in text and "把熊装进盒子。" in text
    assert "summary]" in text


def test_a_correction_changes_the_value_and_its_ground_alone():
    before = (TOY / "papers" / "first2015toys.yaml").read_text()
    after = made(CORRECT, FIX).file.content.decode()
    changed = before.replace("    value: 2\n", "    value: 2.5\n")
    assert after == changed.replace("seen: 2026-01-02", "seen: 2026-11-20")


def test_a_correction_from_another_page_adds_that_page():
    after = made(
        CORRECT, {**FIX, "Page that says so": "https://toys.museum/x"}
    ).file.content.decode()
    assert "    source: page\n    where: Table 1" in after
    assert 'url: "https://toys.museum/x", seen: 2026-11-20' in after


def test_a_corrected_fact_is_supported_by_the_new_page():
    typed = {**FIX, "Field": "year", "Value now": "2015", "Correct value": "2016"}
    after = made(CORRECT, {**typed, "Page that says so": "https://toys.museum/x"}).file
    assert "year: 2016\n" in after.content.decode()
    assert "supports: [year]" in after.content.decode()


def test_text_stays_text_and_numbers_stay_numbers():
    typed = {**FIX, "Field": "arxiv", "Value now": "1501.00001", "Correct value": "1501.00002"}
    assert 'arxiv: "1501.00002"\n' in made(CORRECT, typed).file.content.decode()
    odd = {**FIX, "Field": "results.0.model", "Value now": "Bear", "Correct value": "no"}
    assert 'model: "no"\n' in made(CORRECT, odd).file.content.decode()


def instead(form, typed, **fields):
    names = {label.replace(" ", "_"): label for label in (one.label for one in form.fields)}
    return form, {**typed, **{names[name]: said for name, said in fields.items()}}


MALFORMED = {
    "two works": (
        instead(ADD, WHOLE, Work_to_add="2301.00774\n2301.00775"),
        WORK,
        "one issue for each",
    ),
    "two records": (instead(ADD, WHOLE, Work_to_add=BIBTEX + "\n" + BIBTEX), WORK, "one issue"),
    "no work": (instead(ADD, WHOLE, Work_to_add="hello"), WORK, "arXiv id"),
    "a known work": (
        instead(ADD, WHOLE, Work_to_add="1501.00001"),
        WORK,
        "close this issue, and correct that entry with the form",
    ),
    "a heading among the ties": (
        instead(ADD, WHOLE, Ties_to_other_entries="studies: toy-pruning\n\n### Thanks\n\nBye"),
        "Thanks",
        "remove that heading",
    ),
    "no topic": (instead(ADD, WHOLE, Topics="cuting"), TOPICS, "did you mean `cutting`?"),
    "no relation": (
        instead(ADD, WHOLE, Ties_to_other_entries="study: toy-pruning"),
        TIES,
        "studies",
    ),
    "no such tie": (
        instead(ADD, WHOLE, Ties_to_other_entries="studies: toy-prunin"),
        TIES,
        "toy-pruning",
    ),
    "no tie at all": (instead(ADD, WHOLE, Ties_to_other_entries="it is nice"), TIES, "studies: id"),
    "a path as id": (
        instead(ADD, WHOLE, Id_of_the_new_entry="../../x"),
        "Id of the new entry",
        "hyphens",
    ),
    "a taken id": (
        instead(ENTRY, TYPED, Id_of_the_entry="first2015toys"),
        "Id of the entry",
        "another",
    ),
    "a kind of keys": (instead(ENTRY, TYPED, Kind_of_entry="topic"), "Kind of entry", "paper"),
    "broken YAML": (instead(ENTRY, TYPED, Entry_in_YAML="title: [A"), "Entry in YAML", ""),
    "an anchor": (instead(ENTRY, TYPED, Entry_in_YAML="a: &a 1"), "Entry in YAML", ""),
    "no such entry": (
        instead(CORRECT, FIX, Entry_to_correct="first2015toy"),
        "Entry to correct",
        "first2015toys",
    ),
    "no such field": (
        instead(CORRECT, FIX, Field="results.0.valu"),
        "Field",
        "did you mean `value`?",
    ),
    "no such row": (instead(CORRECT, FIX, Field="results.7.value"), "Field", "results.0.value"),
    "a row of 4400 digits": (
        instead(CORRECT, FIX, Field=f"results.{'9' * 4400}.value"),
        "Field",
        "results.0.value",
    ),
    "a row in brackets with as many": (
        instead(CORRECT, FIX, Field=f"results[{'0' * 5000}1].value"),
        "Field",
        "results.0.value",
    ),
    "a whole part": (instead(CORRECT, FIX, Field="results.0"), "Field", "`results.0.value`"),
    "a whole list": (instead(CORRECT, FIX, Field="authors"), "Field", "`authors.0`"),
    "a number with its unit": (
        instead(CORRECT, FIX, Correct_value="2.5%"),
        "Correct value",
        "write it as `2.5`",
    ),
    "a decimal comma": (instead(CORRECT, FIX, Correct_value="2,5"), "Correct value", "84.4"),
    "two days at once": (instead(CORRECT, FIX, Read_on="3/4/2026"), "Read on", "2026-03-04"),
    "another value": (instead(CORRECT, FIX, Value_now="3"), "Value now", "close the issue"),
    "another unit": (instead(CORRECT, FIX, Value_now="2%"), "Value now", "close the issue"),
    "another power": (instead(CORRECT, FIX, Value_now="2M"), "Value now", "close the issue"),
    "what stands there": (instead(CORRECT, FIX, Correct_value="2"), "Correct value", "close"),
    "that, written otherwise": (
        instead(CORRECT, FIX, Correct_value="2.0x"),
        "Correct value",
        "close the issue",
    ),
    "a year that stands there": (
        instead(CORRECT, FIX, Field="year", Value_now="2015", Correct_value="2015"),
        "Correct value",
        "what the page says",
    ),
    "a title that stands there": (
        instead(CORRECT, FIX, Field="arxiv", Value_now="1501.00001", Correct_value="`1501.00001`"),
        "Correct value",
        "what the page says",
    ),
    "no address": (
        instead(CORRECT, FIX, Page_that_says_so="javascript:alert(1)"),
        "Page that says so",
        "https://",
    ),
    "no day": (instead(CORRECT, FIX, Read_on="yesterday"), "Read on", "2026-11-27"),
    "a day to come": (instead(CORRECT, FIX, Read_on="2999-01-01"), "Read on", "the day"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_the_answer_names_field_and_cure_and_nothing_is_written(case, tree, capsys):
    (form, typed), field, cure = MALFORMED[case]
    with pytest.raises(MalformedForm) as refused:
        made(form, typed)
    assert refused.value.field == field and cure in refused.value.cure and refused.value.cure
    before = content(tree)
    assert apply(tree, body(form, typed)) == 1
    assert f"**{field}**" in capsys.readouterr().out and content(tree) == before


ELSEWISE = {
    "the address of its page": {"Entry_to_correct": "https://a.example/papers/first2015toys/#x"},
    "a row in brackets": {"Field": "results[0].value"},
    "a day in Chinese": {"Read_on": "2026年11月20日"},
    "a number with a sign": {"Correct_value": "+2.5"},
}


ELSEWISE |= {
    "a value with the unit beside it": {"Value_now": "2x"},
    "with a blank before it": {"Value_now": "2.0 x"},
    "in full width": {"Value_now": "２"},
}


@pytest.mark.parametrize("case", ELSEWISE)
def test_what_can_mean_one_thing_only_is_taken(case):
    assert made(*instead(CORRECT, FIX, **ELSEWISE[case])) == made(CORRECT, FIX)


def test_a_value_in_millions_may_be_written_out():
    text = (TOY / "papers" / "first2015toys.yaml").read_text()
    millions = text.replace("    value: 2\n", "    value: 66000000\n").encode()
    path = "papers/first2015toys.yaml"
    files = [one for one in known().files if not one.path.endswith(path)]
    many = FormContext([*files, catalogs.raw(path, millions)], toy_with({path: millions}), TODAY)
    for now in ("66M", "66,000,000", "66 million", "6.6e7"):
        form, typed = instead(CORRECT, FIX, Value_now=now, Correct_value="67M")
        assert b"value: 67e6\n" in outcome(filled(body(form, typed)), many).file.content


SEEN_ON = {"before": "2026-01-01", "the same day": "2026-01-02", "long before": "2019-05-01"}


@pytest.mark.parametrize("case", SEEN_ON)
def test_a_page_that_was_read_later_keeps_its_day(case):
    made_of = made(*instead(CORRECT, FIX, Read_on=SEEN_ON[case]))
    assert "seen: 2026-01-02" in made_of.file.content.decode()
    assert SEEN_ON[case] not in made_of.file.content.decode().replace("2026-01-02", "")
    assert bool(made_of.notes) == (case != "the same day")
    assert all("read the page again" in note for note in made_of.notes)


[TOPIC] = [one.model for one in catalogs.toy().catalog.of(Topic) if one.id == "cutting"]
NAMES = {
    "in Chinese": f"{TOPIC.name.zh}；",
    "in English": TOPIC.name.en.upper(),
    "as an item of a list": "- cutting",
    **{f"by another name, {one}": one for one in (TOPIC.aliases.zh or ())},
    **{f"by another name, {one}": f"{one}, cutting" for one in (TOPIC.aliases.en or ())},
}


@pytest.mark.parametrize("case", NAMES)
def test_a_topic_may_be_named_as_it_is_called(case):
    assert made(*instead(ADD, WHOLE, Topics=NAMES[case])) == made(ADD, WHOLE)


def event(**fields):
    issue = {"number": 3, "state": "open", "body": body(ENTRY, TYPED), **fields}
    return json.dumps({"action": "edited", "issue": issue})


def test_an_edited_issue_is_read_again(tree):
    assert apply(tree, event(), "event.json") == 0
    assert "bear2020bears.yaml" in str(content(tree).keys())


LEFT = {
    "closed": (event(state="closed"), "reopen it"),
    "a pull request": (event(pull_request={"url": "x"}), "only issues"),
    "no form": (event(body="Hello @everyone"), "not one of our forms"),
    "no body": (event(body=None), "not one of our forms"),
    "no issue": ("{}", "not an event"),
    "an issue that is a list": ('{"issue": []}', "not an event"),
    "no JSON": ("{", "not an event"),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_to_be_read_is_left_alone(case, tree, capsys):
    said, why = LEFT[case]
    before = content(tree)
    assert apply(tree, said, "event.json") == 2
    assert why in capsys.readouterr().err and content(tree) == before


def test_an_answer_calls_nobody_and_commands_nothing(tree, capsys):
    typed = instead(ADD, WHOLE, Topics="@everyone,<img>,[a](b)", Work_to_add=BIBTEX)[1]
    assert apply(tree, body(ADD, typed)) == 1
    out = capsys.readouterr().out
    outside = "".join(out.split("`")[::2])
    assert "@everyone" not in outside and "<img" not in outside
    assert not any(line.startswith("::") for line in out.splitlines())


def file_of(said):
    """The file that the body ``said`` leads to; None for a refusal and for no form."""
    try:
        form = filled(said)
        return outcome(form, known()).file if form else None
    except MalformedForm:
        return None


def test_200_odd_bodies_lead_below_the_catalogue_or_to_a_refusal():
    good = [(ADD, WHOLE), (ENTRY, TYPED), (CORRECT, FIX)]
    files = [file_of(fuzzed(seed, good if seed % 2 else ())) for seed in range(200)]
    written = [file for file in files if file]
    assert 10 < len(written) < 190
    for file in written:
        top, *parts = file.path.split("/")
        assert top == "catalog" and classify(tuple(parts)) == (file.kind, file.id)
