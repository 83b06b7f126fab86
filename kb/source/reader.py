"""The strict YAML reader: bytes to plain data or findings.

`read` is the fast way and keeps no positions; `kb.source.places` finds them when something is
wrong.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from kb.findings import BY_FORMAT, Edit, Finding
from kb.source import characters, commas, escapes, slips
from kb.source.characters import LOST, MOST_FAULTS, UNREADABLE, unreadable
from kb.source.faults import FAULTS
from kb.source.parser import PLAIN, compose, events, mark_place, stuck
from kb.source.scalars import Ambiguous, is_date, plain, truth

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_VALUES = 6_000
"""Keys and values of a file; the largest entry has a few hundred.

What a file may cost hangs on it.
"""
Keys = tuple[str | int, ...]

_MARK = re.compile(r"(?:^|[-:?,\[{])[ \t]*[&*!]", re.MULTILINE)
"""What may be an anchor, an alias or a tag: it stands where a value begins."""
_IDLE = re.compile(r"^ *(?:#|$)", re.MULTILINE)
_BETWEEN = re.compile(r"[\n,:{\[]|- ")
_FAR_RIGHT = re.compile(rf"^[ ?:-]{{{MAX_DEPTH // 2}}}", re.MULTILINE)
"""A line that begins far enough to the right for so many blocks: two need one column."""
_ODD_INDENT = re.compile("[\u3000\u00a0\u2000-\u200b\u202f\u205f\ufeff]+")


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds: its text and its data (mappings as dicts, sequences as tuples).

    ``faults`` are those of characters that were left out of the data.
    """

    path: str
    text: str
    data: dict[str, Any]
    faults: tuple[Finding, ...] = ()


def read(path: str, content: bytes) -> Document | list[Finding]:
    """The document in ``content``, or everything that keeps it from being read. Never raises."""
    found = legible(path, content)
    return list(found.faults) if isinstance(found, Document) and found.faults else found


def legible(path: str, content: bytes) -> Document | list[Finding]:
    """The document in ``content`` even if it has faults, as long as they hide nothing else."""
    if len(content) > MAX_BYTES:
        said = f"more than {MAX_BYTES:,} bytes"
        return [FAULTS["too-large"].at(path, (1, 1), said, "split the entry")]
    text = characters.decoded(path, content)
    if not isinstance(text, str):
        return [text]
    bad = characters.bad(path, text)
    if not bad:
        return _legible(path, text)
    cleaned = characters.cleaned(text)
    return _beside(bad, _legible(path, cleaned)) if cleaned else bad


def _beside(bad: list[Finding], found: Document | list[Finding]) -> Document | list[Finding]:
    """What was ``found`` in a text that had ``bad`` characters, which may be why it is no YAML."""
    if isinstance(found, Document):
        return replace(found, faults=(*bad, *found.faults))
    return bad + found if all(one.name in BY_FORMAT for one in bad) else bad


def _legible(path: str, text: str) -> Document | list[Finding]:
    if "<<<<<<<" in text and (slip := slips.foreign(text)):
        return [_slipped(path, slip)]
    if bad := _overlong(path, text) or _bad_events(path, text):
        return bad
    try:
        return _build(path, text, compose(text))
    except yaml.composer.ComposerError as error:
        return [
            FAULTS["several-documents"].at(
                path,
                mark_place(error),
                "a second document starts here",
                "put it into a file of its own",
            )
        ]
    except yaml.MarkedYAMLError as error:
        return [_syntax(path, text, error)]
    except (yaml.YAMLError, ValueError, RecursionError):
        return [FAULTS["yaml-syntax"].at(path, (1, 1), *slips.described(""))]


def _build(path: str, text: str, node: Node | None) -> Document | list[Finding]:
    if not isinstance(node, MappingNode):
        if slip := slips.pasted(text) or slips.recognize(text, [0], _unmapped):
            return [_slipped(path, slip)]
        return [
            FAULTS["not-a-mapping"].at(
                path,
                (1, 1),
                "expected `key: value` pairs at the top of the file",
                "start from an entry of the same kind",
            )
        ]
    builder = _Builder(path, text)
    data = builder.mapping(node)
    if builder.lost:
        return builder.faults
    return Document(path, text, data, tuple(builder.faults))


def _overlong(path: str, text: str) -> list[Finding]:
    """A finding on a file of comments, each of which would be tied to what stands near."""
    if len(text) <= MAX_VALUES or len(_IDLE.findall(text)) <= MAX_VALUES:
        return []
    said = f"more than {MAX_VALUES:,} lines of comments or of blanks"
    return [FAULTS["too-large"].at(path, (1, 1), said, "shorten them")]


def _bad_events(path: str, text: str) -> list[Finding]:
    """Anchors, aliases, tags and nesting, found in the event stream before anything is built."""
    if _looks_plain(text):
        return []
    if (deep := _bracket_depth(text)) is not None:
        return [
            FAULTS["nested-too-deep"].at(
                path,
                characters.place(text, deep),
                f"nested deeper than {MAX_DEPTH} levels",
                "flatten it",
            )
        ]
    depth, values, groups = 0, 0, 0
    try:
        for event in events(text):
            place = _mark(event)
            if (marked := _marked(path, event)) is not None:
                return [marked]
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(
                event, yaml.CollectionEndEvent
            )
            values += isinstance(event, yaml.ScalarEvent)
            groups += isinstance(event, yaml.CollectionStartEvent)
            if max(values, groups) > MAX_VALUES:
                return [
                    FAULTS["too-large"].at(
                        path, place, f"more than {MAX_VALUES:,} keys and values", "split the entry"
                    )
                ]
            if depth > MAX_DEPTH:
                return [
                    FAULTS["nested-too-deep"].at(
                        path, place, f"nested deeper than {MAX_DEPTH} levels", "flatten it"
                    )
                ]
    except yaml.MarkedYAMLError as error:
        return [_syntax(path, text, error)]
    except (yaml.YAMLError, ValueError, RecursionError):
        return [FAULTS["yaml-syntax"].at(path, (1, 1), *slips.described(""))]
    return []


def _looks_plain(text: str) -> bool:
    """Whether a look at its characters shows that ``text`` has nothing that must be refused."""
    return (
        not (any(map(text.__contains__, "&*!")) and _MARK.search(text))
        and text.count("[") + text.count("{") <= MAX_DEPTH
        and not _FAR_RIGHT.search(text)
        and (len(text) <= MAX_VALUES or len(_BETWEEN.findall(text)) <= MAX_VALUES)
    )


def _marked(path: str, event: yaml.Event) -> Finding | None:
    """An anchor, an alias or a tag."""
    if (anchor := getattr(event, "anchor", None)) is not None:
        return FAULTS["anchor-or-alias"].at(
            path,
            _mark(event),
            f"anchor or alias `{_short(anchor)}`",
            "write the value out, or quote the text",
        )
    if (tag := getattr(event, "tag", None)) is not None:
        return FAULTS["tag"].at(
            path, _mark(event), f"tag `{_short(tag)}`", "remove it, or quote the text"
        )
    return None


def _bracket_depth(text: str) -> int | None:
    """Where a run of brackets, quoted or not, opens absurdly many levels.

    Guards the C parser's stack.
    """
    depth = 0
    for match in re.finditer(r"[\[\]{}\n]", text):
        depth = (
            0 if match[0] == "\n" and depth < 0 else depth + (match[0] in "[{") - (match[0] in "]}")
        )
        if depth > 10 * MAX_DEPTH:
            return match.start()
    return None


def is_plain(node: ScalarNode) -> bool:
    """Whether a scalar of `compose` stood unquoted."""
    return node.tag is PLAIN


@lru_cache(maxsize=10_000)
def _is_text(word: str) -> bool:
    """Whether the unquoted ``word`` is a text; keys are asked for again in every file."""
    return isinstance(plain(word), str)


class _Builder:
    """Turns nodes into plain data and keeps the faults met on the way.

    ``escapes``: the text has backslashes, so a quoted scalar may hold what the text does not.
    ``told``: what was lost in the text itself is said already.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.escapes = "\\" in text
        self.told = LOST in text
        self.faults: list[Finding] = []
        self.lost = False
        """Whether a value is not known."""

    def mapping(self, node: MappingNode) -> dict[str, Any]:
        data: dict[str, Any] = {}
        alone = False
        for key_node, value_node in node.value:
            key = key_node.value
            if (
                node.flow_style
                and not value_node.value
                and commas.stands_alone(self.text, key_node, value_node)
            ):
                alone = True
                data.setdefault(str(key), None)
                continue
            if key_node.__class__ is not ScalarNode or (
                key_node.tag is PLAIN and not _is_text(key)
            ):
                self._refuse(
                    "key-not-text",
                    key_node,
                    "a key that is not plain text",
                    "quote it, or remove it",
                )
                continue
            key = self.printable(key_node)
            if key and key[0] > "~" and (wide := _ODD_INDENT.match(key)):
                self._refuse_indent(key_node, wide[0])
                continue
            if key in data:
                self._refuse(
                    "duplicate-key",
                    key_node,
                    f"key `{_short(key)}` occurs twice",
                    "keep one of the two lines",
                )
            data[key] = self.value(value_node)
        if alone:
            self._refuse_commas(node)
        return data

    def _refuse_commas(self, node: MappingNode) -> None:
        """Keys that stand alone in braces: they are what a comma cut off."""
        for one in commas.cut_off(self.text, node):
            self.lost = True
            self._report("yaml-syntax", one.node, one.message, one.hint, one.edits)

    def value(self, node: Node) -> Any:
        if node.__class__ is ScalarNode:
            return self.scalar(node)
        if node.__class__ is MappingNode:
            return self.mapping(node)
        return tuple(map(self.value, node.value))

    def scalar(self, node: ScalarNode) -> Any:
        if node.tag is not PLAIN:
            return self.printable(node) if self.escapes else node.value
        value = plain(node.value)
        if value.__class__ is Ambiguous and is_date(node.value):
            self._refuse(
                "no-such-day",
                node,
                f"`{node.value}` is not a day of the calendar",
                "write the day on which it was, as YYYY-MM-DD",
            )
        elif value.__class__ is Ambiguous:
            word = _short(node.value)
            self._refuse(
                "ambiguous-scalar",
                node,
                f"unquoted `{word}` is read differently by different YAML versions",
                _instead(word),
            )
        return value

    def printable(self, node: ScalarNode) -> str:
        """The text of ``node`` without control characters that stand there as escape sequences."""
        text: str = node.value
        if self.escapes and node.style == '"' and (meant := self._latex(node)):
            return meant
        if not self.escapes or not (control := self._control(text)):
            return text
        said, hint = unreadable(control)
        escaped = f"{said}, written as an escape sequence"
        self._report("control-character", node, escaped, hint)
        return UNREADABLE.sub(LOST, text)

    def _latex(self, node: ScalarNode) -> str:
        """The text of ``node`` if it is LaTeX that double quotes spoil; nothing if it is not."""
        start, end = node.start_mark, node.end_mark
        found = escapes.command(self.text[start.index : end.index])
        if not found:
            return ""
        single = f"""'{found.meant.replace("'", "''")}'"""
        edit = Edit(_mark(node), (end.line + 1, end.column + 1), single)
        self._report(
            "control-character",
            node,
            f"`{_short(found.typed)}` stands in double quotes, where YAML reads "
            f"`{found.typed[:2]}` as another character",
            f"put the text into single quotes: {_short(single, 200)}"
            if found.meant
            else "put the text into single quotes, or double the backslash",
            (edit,) if found.meant else (),
        )
        return found.meant or UNREADABLE.sub(LOST, node.value)

    def _control(self, text: str) -> re.Match[str] | None:
        return UNREADABLE.search(text.replace(LOST, "") if self.told else text)

    def _refuse_indent(self, node: ScalarNode, blanks: str) -> None:
        """Blanks before a key that are none for YAML, which takes them for part of the key."""
        line, column = _mark(node)
        self.lost = True
        many = len(blanks) if len(blanks) % 2 == 0 else 2 * len(blanks)
        edit = Edit((line, column), (line, column + len(blanks)), " " * many)
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(
                FAULTS["yaml-syntax"].at(
                    self.path,
                    (line, column),
                    f"indented with full-width or other odd blanks (U+{ord(blanks[0]):04X})",
                    "indent with ordinary blanks, two for each level",
                    (edit,),
                )
            )

    def _refuse(self, fault: str, node: Node, message: str, hint: str) -> None:
        self.lost = True
        self._report(fault, node, message, hint)

    def _report(
        self, fault: str, node: Node, message: str, hint: str, edits: tuple[Edit, ...] = ()
    ) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(FAULTS[fault].at(self.path, _mark(node), message, hint, edits))


def _mark(node: Node | yaml.Event | None) -> tuple[int, int]:
    return (
        (node.start_mark.line + 1, node.start_mark.column + 1)
        if node is not None and node.start_mark
        else (1, 1)
    )


_AT_ITS_BEGIN = re.compile(r"',' or|scanning a \w+ scalar|expected ':'")
"""What is said where the value begins: at its end nobody would look for it."""


def _syntax(path: str, text: str, error: yaml.MarkedYAMLError) -> Finding:
    """What keeps ``text`` from being read, in the words of who typed it."""
    if slip := slips.pasted(text):
        return _slipped(path, slip)
    problem = f"{error.problem}; {error.context}"
    marks = [mark for mark in (error.context_mark, error.problem_mark) if mark]
    lines = [mark.line for mark in marks] or [0]
    if slip := slips.recognize(text, lines, stuck):
        return _slipped(path, slip)
    place = mark_place(error)
    if marks and _AT_ITS_BEGIN.search(problem):
        place = marks[0].line + 1, marks[0].column + 1
    return FAULTS["yaml-syntax"].at(path, place, *slips.described(problem))


def _unmapped(text: str) -> tuple[int, int] | None:
    """The very begin of ``text`` unless it can be read and holds `key: value` pairs."""
    good = stuck(text) is None and isinstance(compose(text), MappingNode)
    return None if good else (1, 1)


def _slipped(path: str, slip: slips.Slip) -> Finding:
    return FAULTS["yaml-syntax"].at(path, slip.place, slip.message, slip.hint, slip.edits)


def _instead(word: str) -> str:
    """What to write for an unquoted ``word`` that YAML versions read differently."""
    if (said := truth(word)) is not None:
        return (
            f'write {"true" if said else "false"} if it answers yes or no, "{word}" if it is text'
        )
    if word.casefold() == "null":
        return f'leave the line out if there is nothing to say, write "{word}" if it is text'
    return f'write a plain decimal number, or "{word}" if it is text'


def _short(text: object, limit: int = 60) -> str:
    words = " ".join(str(text).split())
    return words if len(words) <= limit else words[: limit - 1] + "…"
