"""Commas in braces that part a text or a list, which stands there without quotes or brackets.

`{en: Cut it, then stop.}` can be read, but says something else: that `then stop.` is a key without
a value. No key of the catalogue is written like that, so it is a slip.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from yaml.nodes import MappingNode, Node, ScalarNode

from kb import kinds
from kb.findings import Edit
from kb.source.parser import PLAIN
from kb.source.suspects.guess import holds_text

Pair = tuple[Node, Node]
_HOLDER = re.compile(r"(\w+): *$")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class CutOff:
    """What a comma cut off, at ``node``, and what was meant; the edit if that is sure."""

    node: Node
    message: str
    hint: str
    edits: tuple[Edit, ...] = ()


def stands_alone(text: str, key: Node, value: Node) -> bool:
    """Whether ``key`` stands in braces without a colon; ``value`` is what is read for it."""
    if not isinstance(value, ScalarNode) or value.value or value.tag is not PLAIN:
        return False
    return not text[key.end_mark.index : value.end_mark.index + 1].strip().startswith(":")


def cut_off(text: str, node: MappingNode) -> Iterator[CutOff]:
    """Each run of keys that stand alone in the braces of ``node``, by what is before it."""
    runs: list[list[Pair]] = [[]]
    for key, value in node.value:
        if stands_alone(text, key, value):
            runs[-1].append((key, value))
        else:
            runs.append([(key, value)])
    start = node.start_mark.index
    holder = _HOLDER.search(text[text.rfind("\n", 0, start) + 1 : start])
    around = holder[1] if holder else ""
    if runs[0]:
        yield _no_pairs(text, node, runs[0], around)
    for (key, value), *tails in filter(None, runs[1:]):
        if tails and not _is_field(key.value, tails):
            yield _tail(text, key.value, value, tails, around)


def _is_field(key: str, tails: list[Pair]) -> bool:
    """Whether what stands alone is a field that was left empty, and no part of a text."""
    name = tails[0][0].value
    return len(tails) == 1 and (
        name in ("en", "zh") or (name in _fields() and not _holds_words(key))
    )


def _tail(text: str, key: str, value: Node, tails: list[Pair], around: str) -> CutOff:
    first, last = tails[0][0], tails[-1][0]
    shown = _shown(text[first.start_mark.index : last.end_mark.index])
    message = f"a comma without quotes ends the value of `{key}`, and `{shown}` is read as a key"
    whole = " ".join(text[value.start_mark.index : last.end_mark.index].split())
    if not isinstance(value, ScalarNode) or value.tag is not PLAIN or " #" in whole:
        hint = "put quotes around the whole text, or brackets around the list"
        return CutOff(first, message, hint)
    as_list, as_text = f"[{whole}]", json.dumps(whole, ensure_ascii=False)
    if _is_list(key, around):
        sure = key in ("en", "zh") or not re.search(r"[^,] ", whole)
        which = "around the list" if sure else "around it if it is a list"
        hint, new = f"put brackets {which}: {as_list}", as_list if sure else ""
    elif _holds_words(key):
        hint, new = f"put quotes around the whole text: {as_text}", as_text
    else:
        hint, new = f"put quotes around it if it is one text: {as_text}", ""
    return CutOff(first, message, hint, (_edit(value, last, new),) if new else ())


def _no_pairs(text: str, node: MappingNode, alone: list[Pair], around: str) -> CutOff:
    first = alone[0][0]
    shown = _shown(text[first.start_mark.index : alone[-1][0].end_mark.index])
    message = f"`{shown}` stands in braces without a key"
    if len(alone) < len(node.value) or not _is_list(around, ""):
        return CutOff(first, message, "braces hold `key: value` pairs; a list stands in brackets")
    new = f"[{text[node.start_mark.index + 1 : node.end_mark.index - 1].strip()}]"
    hint = f"a list stands in brackets: {' '.join(new.split())}"
    return CutOff(first, message, hint, (_edit(node, node, new),))


def _edit(start: Node, end: Node, new: str) -> Edit:
    begin, behind = start.start_mark, end.end_mark
    return Edit((begin.line + 1, begin.column + 1), (behind.line + 1, behind.column + 1), new)


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"


def _holds_words(key: str) -> bool:
    """Whether ``key`` holds a running text, a name, or words as a paper prints them."""
    return key in _PRINTED or holds_text(key)


_PRINTED = frozenset(
    "volume number pages publisher series short place heading heading_en claim label library "
    "checkpoint evaluator split set version hardware removes tex".split()
)


@cache
def _fields() -> dict[str, frozenset[bool]]:
    """Every field of entries and their parts, and whether it is a list; some are in one place."""
    found: dict[str, frozenset[bool]] = {}
    for part in kinds.parts():
        for name, field in part.model_fields.items():
            typed = field.alias or name
            is_list = "tuple[" in str(field.annotation)
            found[typed] = found.get(typed, frozenset()) | {is_list}
    return found


def _is_list(key: str, around: str) -> bool:
    """Whether ``key`` holds a list, in the braces of ``around``."""
    return around in ("aliases", "former") or _fields().get(key) == frozenset({True})
