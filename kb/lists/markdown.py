"""Addresses in Markdown: the links of CommonMark with GitHub's tables, and bare addresses in its
text. What is code is no link.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, autolink, html_inline, image, link
from markdown_it.token import Token

from kb.lists import html, prose
from kb.lists.destination import fault, is_address, written
from kb.lists.mention import Found, MalformedAddress, Mention, Unreadable

Rule = Callable[[StateInline, bool], bool]

_SCHEME = re.compile(r"https?\Z", re.I)
_BARE = re.compile(prose.INSIDE.pattern.replace("\\\\^", "^"), re.I)
_BARE_IN_CELL = re.compile(_BARE.pattern.replace("|", "", 1), re.I)  # there `|` was escaped
_BRACKET = re.compile(r"\\.|[\[\]]", re.S)
_LONGEST_TEXT = 500  # of a link that is not closed
_ENOUGH_TO_FIND = 12  # letters: marks of Markdown may follow
_ENTITY_AT_END = re.compile(r"(?:&[A-Za-z0-9]+;)+\Z")
_BREAKS = ("softbreak", "hardbreak")
_LINKS = {"link": link, "image": image, "autolink": autolink, "html_inline": html_inline}
_MAY_LINK = re.compile(r"[\[<:：]|//")
_MOST_BRACKETS = 10_000  # of one paragraph; the parser takes the square of them
_DEEPEST = 200  # a quotation is one level, a list two
_DEEPEST_BRACKETS = 60  # beyond them links are found without their text


def addresses(text: str) -> Found:
    """Each address in the Markdown ``text``, and each destination that is none.

    Raises Unreadable.
    """
    parser = _parser()
    env: dict[str, object] = {}
    parser.core.ruler.enableOnly(["normalize", "block"])
    lines = text.split("\n")
    tokens = parser.parse(text, env)
    parser.options["maxNesting"] = _DEEPEST_BRACKETS
    before = ""
    for token in tokens:
        env["cell"], before = before in ("td_open", "th_open"), token.type
        line = (token.map or [0])[0] + 1
        if token.type == "html_block":
            yield from html.addresses(token.content, line)
        elif token.type == "inline" and _MAY_LINK.search(token.content):
            if token.content.count("[") + token.content.count("<") > _MOST_BRACKETS:
                raise Unreadable(
                    f"the paragraph of line {line} has more than {_MOST_BRACKETS:,} brackets; part "
                    "it with blank lines, or add `--as text`"
                )
            children: list[Token] = []
            parser.inline.parse(token.content, parser, env, children)
            place = _Place(token.content, lines, line)
            yield from _of_inline(children, token.content, place)


def _parser() -> MarkdownIt:
    """CommonMark with tables, which refuses what is nested too deeply: on its own it leaves out
    what lies deeper than 20 levels, and says nothing.
    """
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.options["maxNesting"] = 2 * _DEEPEST
    parser.block.ruler.before("table", "depth", _depth)
    parser.normalizeLink = _as_written  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    for name, rule in _LINKS.items():
        parser.inline.ruler.at(name, _placed(rule))
    parser.inline.ruler.before("link", "bare", _bare)
    return parser


def _depth(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
    """No block, but the end of reading where one lies too deep."""
    if state.level >= _DEEPEST:
        raise Unreadable(
            f"line {start + 1} is deeper than {_DEEPEST} levels of lists and quotations; give a "
            "flatter file, or add `--as text`"
        )
    return False


def _as_written(url: str) -> str:
    return url


def _placed(rule: Rule) -> Rule:
    """``rule``, which also notes where in the source its first token stands."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            for token in state.tokens[before:]:
                if token.type != "text":
                    token.meta["at"] = start
                    break
        return done

    return placed


def _bare(state: StateInline, silent: bool) -> bool:
    """A bare address, which goes before emphasis: its `_` and `*` are its own."""
    scheme = _SCHEME.search(state.pending)
    if silent or state.linkLevel or scheme is None or not state.src.startswith("://", state.pos):
        return False
    start = state.pos - len(scheme[0])
    pattern = _BARE_IN_CELL if state.env.get("cell") else _BARE
    found = pattern.match(state.src, start, state.posMax)
    raw = _ENTITY_AT_END.sub("", found[0]).rstrip("\\") if found else ""
    url = prose.trimmed(raw)
    if len(url) <= len("https://") or (found and prose.is_template(found)):
        return False
    before = prose.misspelt(state.src, start, url)
    before = before if state.pending.endswith(before + scheme[0]) else ""
    state.pending = state.pending[: -len(before + scheme[0])]
    token = state.push("bare", "", 0)
    token.content = before + unescapeAll(url)
    token.meta.update(at=start - len(before), broken=_is_broken(state.src, start))
    state.pos = start + len(url)
    return True


def _is_broken(content: str, start: int) -> bool:
    """Whether what stands in ``content`` at ``start`` was meant as the destination of a link, whose
    text stands before it in brackets that are not escaped.
    """
    if not content.endswith("](", 0, start):
        return False
    first = max(content.rfind("\n\n", 0, start), start - _LONGEST_TEXT, 0)
    depth, closes = 0, False
    for found in _BRACKET.finditer(content, first, start - 1):
        closes = found[0] == "]" and depth > 0
        depth = max(depth + (found[0] == "[") - (found[0] == "]"), 0)
    return closes


class _Place:
    """The line and the column in ``lines`` of what stands in ``content``, which begins at the line
    ``first``. Each line is looked for once: one line may hold thousands of addresses.
    """

    def __init__(self, content: str, lines: Sequence[str], first: int) -> None:
        self._rows, self._lines, self._first = content.split("\n"), lines, first
        self._starts = [0, *accumulate(len(row) + 1 for row in self._rows)]
        self._indents: dict[int, int] = {}

    def __call__(self, at: int) -> tuple[int, int]:
        row = min(bisect_right(self._starts, at), len(self._rows)) - 1
        line = self._first + row
        if row not in self._indents:
            self._indents[row] = self._lines[line - 1].find(self._rows[row])
        indent = self._indents[row]
        return line, at - self._starts[row] + indent + 1 if indent >= 0 else 1


def _of_inline(tokens: Sequence[Token], content: str, place: _Place) -> Found:
    inside = reached = 0
    for index, token in enumerate(tokens):
        reached = token.meta.get("at", reached)
        at = place(reached)
        inside += (token.type == "link_open") - (token.type == "link_close")
        match token.type:
            case "link_open":
                text = _text(_behind(tokens, index), "link_close")
                yield from _destination(str(token.attrGet("href") or ""), at, text)
            case "image":
                yield from _destination(str(token.attrGet("src") or ""), at, "")
            case "html_inline":
                yield from html.opened(token.content, at, partial(_until_closed, tokens, index))
            case "bare" if token.meta["broken"]:
                yield MalformedAddress(
                    *at,
                    f"the link to `{token.content}` is not closed, or has blanks in its address",
                    "put the address in <angle brackets>, or percent-encode it",
                )
            case "bare":
                yield prose.judged(token.content, *at)
            case "text" if not inside:
                yield from _slips(token.content, content, reached, place)
            case "softbreak" | "hardbreak" | "code_inline":
                reached = _past(token.content or "\n", content, reached)


def _slips(text: str, content: str, reached: int, place: _Place) -> Found:
    """The slips in ``text``, which stands in ``content`` behind ``reached``."""
    for one in prose.slips(text, 1):
        start = text[one.column - 1 :][:_ENOUGH_TO_FIND]
        at = content.find(start, reached)
        reached = at + len(start) if at >= 0 else reached
        line, column = place(at if at >= 0 else reached)
        yield replace(one, line=line, column=column)


def _past(text: str, content: str, reached: int) -> int:
    """The end of ``text`` in ``content`` behind ``reached``."""
    at = content.find(text, reached)
    return at + len(text) if at >= 0 else reached


def _destination(url: str, at: tuple[int, int], title: str) -> Found:
    url = written(url)
    if wrong := fault(url):
        yield MalformedAddress(*at, wrong.message, wrong.instead)
    elif is_address(url):
        yield Mention(url, *at, title)


def _until_closed(tokens: Sequence[Token], index: int) -> str:
    return _text(_behind(tokens, index), "", "</a>")


def _behind(tokens: Sequence[Token], index: int) -> Iterator[Token]:
    return (tokens[at] for at in range(index + 1, len(tokens)))


def _text(tokens: Iterable[Token], kind: str, tag: str = "") -> str:
    """What readers see up to the first token of ``kind``, or HTML ``tag``."""
    return " ".join("".join(_words(tokens, kind, tag)).split())


def _words(tokens: Iterable[Token], kind: str, tag: str) -> Iterator[str]:
    for token in tokens:
        if token.type == kind or (tag and token.content.lower().startswith(tag[:-1])):
            return
        if token.type in _BREAKS:
            yield " "
        elif token.type in ("text", "text_special", "code_inline", "bare"):
            yield token.content
