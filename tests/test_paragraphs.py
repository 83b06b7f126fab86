"""Every kind of finding has a paragraph in Chinese, which names what exists; its page shows it."""

import html
import re
from collections import Counter

import pytest

from kb import rules
from kb.commands.main import main
from kb.evidence import BUILT_IN
from kb.kinds import models, tables
from kb.paragraphs import PARAGRAPHS
from kb.site.pages import reference

HAN = re.compile("[\u4e00-\u9fff]")
CODE = re.compile("`([^`]*)`")
WORD = re.compile(r"[a-z]+(?:[_-][a-z]+)*")
KINDS = rules.all_kinds()
ELSEWHERE = frozenset(
    "assert true false no localhost zhihu-on-pruning relative "
    "utm_source spm chksm target_url timestamp signature tempkey".split()
)
"""Words in code that no field has: of Python, of YAML, of addresses, of examples."""
WRONG = {
    "corner quotes": r"[「」]",
    "half-width mark": r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]",
    "no space before Latin": r"[\u4e00-\u9fff][A-Za-z0-9`]",
    "no space after Latin": r"(?:[A-Za-z0-9%]|x`)[\u4e00-\u9fff]",
    "space beside a full-width mark": r" [，。：；、）”]|[，。：；、（“] ",
    "no end": r"[^。]\Z",
}


def test_every_kind_has_one_in_the_order_of_the_codes_and_none_is_left_over():
    assert list(PARAGRAPHS) == [kind.name for kind in KINDS]


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_paragraph_is_a_few_sentences_of_chinese(name):
    said = PARAGRAPHS[name]
    assert 20 <= len(said) <= 220
    assert 2 <= said.count("。") <= 4
    assert 2 * len(HAN.findall(CODE.sub("", said))) > len(CODE.sub("", said))


@pytest.mark.parametrize("fault", WRONG)
def test_chinese_is_set_as_chinese_is(fault):
    wrong = re.compile(WRONG[fault])
    bare = {name: CODE.sub("`x`", said) for name, said in PARAGRAPHS.items()}
    assert [name for name, said in bare.items() if wrong.search(said)] == []


def test_no_two_begin_alike():
    begun = Counter(CODE.sub("", said).strip()[:12] for said in PARAGRAPHS.values())
    assert [begin for begin, count in begun.items() if count > 1] == []


def named(schema):
    """Every field and every word of a vocabulary in a JSON Schema."""
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
        yield from map(str, (*schema.get("enum", ()), schema.get("const", "")))
    for inner in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(inner, dict | list):
            yield from named(inner)


def test_fields_and_rules_that_are_named_exist():
    schemas = [model.model_json_schema() for model in (*models().values(), *tables().values())]
    known = {*named(schemas), *PARAGRAPHS, *BUILT_IN, *ELSEWHERE}
    codes = {kind.code for kind in KINDS}
    for said in PARAGRAPHS.values():
        assert {word for word in CODE.findall(said) if WORD.fullmatch(word)} <= known
        assert set(re.findall(r"KB\d+", said)) <= codes


COMMANDS = sorted({code for said in PARAGRAPHS.values() for code in re.findall("`kb (.+?)`", said)})


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_that_are_named_exist(command, capsys):
    words = command.split()
    with pytest.raises(SystemExit) as ended:
        main([*(word for word in words if word.islower() and word[0] != "-"), "--help"])
    said = capsys.readouterr().out
    assert not ended.value.code
    assert all(word in said for word in words if word.startswith("--"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_page_shows_the_paragraph_and_nothing_else_in_chinese(kind):
    [shown] = re.findall(r'<p lang="zh">(.*)</p>', reference.rule(kind))
    assert "`" not in shown and "**" not in shown
    plain = html.unescape(re.sub(r"</?[a-z]+>", "", shown))
    assert plain == CODE.sub(r"\1", PARAGRAPHS[kind.name])
