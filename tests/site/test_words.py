"""Words stand in one room: whoever shows them takes them from there."""

import ast
import json
import re
import string
from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

import pytest

from kb import words
from kb.kinds import KINDS
from kb.words import scripts, vocabularies
from kb.words.pair import Pair
from tests.catalogs import ROOT

HAN = re.compile("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
# A kind of entry is named in its row, a kind of finding has its paragraph; descriptions of fields
# say how to write Chinese; the link checker and the importers know what Chinese pages say, the
# search and the check of an entry what people type.
ALLOWED = (
    "kb/addresses.py",
    "kb/explain/",
    "kb/lists/",
    "kb/meant.py",
    "kb/paragraphs.py",
    "kb/rules/bibliography.py",
    "kb/rules/texts.py",
    "kb/rules/titles.py",
    "kb/rules/writing.py",
    "kb/source/suspects/",
    "kb/words/",
    "kb/kinds.py",
    "kb/schema/",
    "kb/links/",
    "kb/importers/",
    "kb/site/search/",
)
SOURCES = [
    path.relative_to(ROOT).as_posix()
    for path in sorted((ROOT / "kb").rglob("*"))
    if path.suffix in {".py", ".js", ".mjs", ".html", ".css"}
]


@pytest.mark.parametrize("path", [path for path in SOURCES if not path.startswith(ALLOWED)])
def test_no_chinese_stands_outside_the_room_of_words(path):
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if HAN.search(line)] == []


def test_no_word_is_given_its_name_twice():
    names = [
        one.id
        for path in sorted((ROOT / "kb" / "words").glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        for one in node.targets
    ]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def pairs(value):
    """Every pair in ``value``, however deep."""
    if isinstance(value, Pair):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from pairs(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from pairs(getattr(value, name))


NAMES = {kind.name: kind.names for kind in KINDS.values()}
ROOMS = [import_module(f"kb.words.{one.name}") for one in iter_modules(words.__path__)]
PAIRS = sorted({pair for room in ROOMS for pair in pairs(vars(room))}, key=lambda pair: pair.en)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.en[:40])
def test_a_pair_is_well_formed(pair):
    en, zh = ({part[1] for part in string.Formatter().parse(text)} for text in (pair.en, pair.zh))
    assert pair.en and pair.zh and not HAN.search(pair.en.replace("“", ""))
    assert zh - {None} == en - {None}  # each language stands alone


WRONG_IN_CHINESE = {
    "corner quotes": r"[「」]",
    "half-width mark": r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]",
    "no space before Latin": r"[\u4e00-\u9fff][A-Za-z0-9]",
    "no space after Latin": r"[A-Za-z0-9][\u4e00-\u9fff]",
}


@pytest.mark.parametrize("fault", WRONG_IN_CHINESE)
def test_chinese_words_are_set_as_chinese_is(fault):
    pattern = re.compile(WRONG_IN_CHINESE[fault])
    assert [pair.zh for pair in PAIRS if pattern.search(pair.zh)] == []


@pytest.mark.parametrize(
    ("pair", "values", "filled"),
    [
        (Pair("{n} left", "剩 {n}"), {"n": 3}, Pair("3 left", "剩 3")),
        (
            Pair("{a} requires it", "先懂{a}"),
            {"a": Pair("this", "本文")},
            Pair("this requires it", "先懂本文"),
        ),
        (Pair("“{a}”", "“{a}”"), {"a": "{b} {"}, Pair("“{b} {”", "“{b} {”")),
    ],
    ids=["number", "pair", "braces in a value"],
)
def test_a_pair_is_filled(pair, values, filled):
    assert pair.fill(**values) == filled


def test_every_kind_of_entry_has_its_words():
    assert all(kind.names.zh and kind.this.zh for kind in KINDS.values())


VOCABULARIES = {
    "form": (vocabularies.FORMS, ("paper", "article", "resource")),
    "saves": (vocabularies.SAVES, ("technique",)),
    "needs": (vocabularies.NEEDS, ("technique",)),
    "status": (vocabularies.MAINTENANCE, ("resource",)),
    "language": (vocabularies.LANGUAGES, ("article", "resource", "list")),
    "basis": (vocabularies.BASIS, ("article",)),
    "role": (vocabularies.ROLES, ("paper",)),
}


def enums(schema, name):
    """Every word that the field ``name`` may hold, wherever in ``schema`` it stands."""
    if isinstance(schema, dict):
        field = schema.get("properties", {}).get(name, {})
        for one in (field, field.get("items", {}), *field.get("anyOf", [])):
            yield from one.get("enum", [])
        for part in schema.values():
            yield from enums(part, name)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_word_of_the_schema_is_named_and_no_name_is_left_over(name):
    table, kinds = VOCABULARIES[name]
    known = {word for kind in kinds for word in enums(KINDS[kind].model.model_json_schema(), name)}
    assert known == table.keys()


def test_the_words_of_the_scripts_can_stand_inside_a_script_element():
    text = scripts.script_text(NAMES, "zh")
    assert "<" not in text and json.loads(text) == scripts.script_words(NAMES, "zh")
