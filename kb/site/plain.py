"""A page as plain text: the same words without the markup, for programs and slow lines. Pure."""

import re
from collections.abc import Callable
from html import unescape

_TOKEN = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)"
    r"(?P<rest>[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*)>",
    re.S,
)
_CODE = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.S)
_ANY_TAG = re.compile(r"<[^<>]*>")
_FORMULA = re.compile(r"<math\b[^<>]* alttext=\"([^\"]*)\"[^<>]*>.*?</math>", re.S)
_HIDDEN_SPAN = re.compile(r"<(?:span|code|em|strong|small|kbd|sup|sub)\b[^<>]*\shidden")
_INLINE = re.compile(
    r"</?(?:code|em|strong|small|kbd|sup|sub)\b[^<>]*>|</span>"
    r"|<span(?! class=\"(?:chip|why|supports|note)\b)[^<>]*>"
)
_ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")
_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.S)
_UNSEEN = frozenset(
    "script style template svg button select form input label nav kb-run kb-search".split()
)
_NOT_READ = re.compile(r"\shidden(?=[\s=]|$)|\sclass=\"(headerlink|md-content__button|kb-here)\b")
_VOID = frozenset("input".split())
_BLOCKS = frozenset(
    "address article aside blockquote details div dl fieldset figcaption figure footer "
    "header hr main p section summary table".split()
)
_APART = re.compile(r"\sclass=\"(chip|why|supports|note)\b")


def plain_edition(page: str) -> str:
    """Where the edition in plain text of the ``page`` at that path stands: beside it."""
    return f"{page.removesuffix('.html')}.txt"


def plain_text(html: str) -> str:
    """The text of ``html``, of its article if it has one, in a Markdown that reads as it stands.

    Headings, lists, tables and code keep their marks; a link has its address behind it, a formula
    is its TeX between dollars, a figure what stands for it.
    """
    article = _ARTICLE.search(html)
    reader = _Reader()
    reader.read(_lighter(article[1] if article else html))
    return reader.text()


def _lighter(html: str) -> str:
    """``html`` without most of the tags that say nothing: in code, in formulas, inside a line."""
    html = _CODE.sub(lambda found: _ANY_TAG.sub("", found[1]).join(("<pre>", "</pre>")), html)
    html = _FORMULA.sub(r"$\1$", html)
    return html if _HIDDEN_SPAN.search(html) else _INLINE.sub("", html)


class _Reader:
    """Walks the tags once.

    ``line`` is being written; it is ``bare`` as long as it holds no more than the mark of a heading
    or an item. ``hidden`` is the element that nobody reads, and how deep it is inside itself.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line, self.bare = "", True
        self.hidden, self.depth = "", 0
        self.links: list[str] = []
        self.lists: list[int] = []
        self.code = False
        self.cells = 0

    def read(self, html: str) -> None:
        at = 0
        for token in _TOKEN.finditer(html):
            if token.start() > at and not self.hidden:
                self._words(unescape(html[at : token.start()]))
            at = token.end()
            if token["name"]:
                self._tag(token["name"].lower(), bool(token["end"]), token["rest"])
        if not self.hidden:
            self._words(unescape(html[at:]))

    def text(self) -> str:
        """What was read, without empty lines at its end."""
        self._end_line()
        return "\n".join(self.lines).strip("\n") + "\n"

    def _words(self, words: str) -> None:
        if self.code:
            *whole, self.line = f"{self.line}{words}".split("\n")
            self.lines += [line.rstrip() for line in whole]
            return
        words = re.sub(r"\s+", " ", words)
        if self.bare or self.line.endswith(" "):
            words = words.lstrip()
        if words:
            self.line, self.bare = self.line + words, False

    def _tag(self, name: str, end: bool, rest: str) -> None:
        if self.hidden:
            self.depth += (-1 if end else 1) if name == self.hidden else 0
            self.hidden = self.hidden if self.depth else ""
        elif not end and (name in _UNSEEN or _NOT_READ.search(rest)):
            self.hidden, self.depth = ("", 0) if name in _VOID else (name, 1)
        elif name in _SHOWN:
            _SHOWN[name](self, end, rest)
        elif name in _BLOCKS:
            self.block()

    def _end_line(self) -> None:
        if not self.bare:
            self.lines.append(self.line.rstrip())
            self.line, self.bare = "", True

    def block(self) -> None:
        """End the line, and leave one line empty outside of lists."""
        self._end_line()
        if self.lines and self.lines[-1] and not self.lists:
            self.lines.append("")

    def span(self, end: bool, rest: str) -> None:
        """Small labels stand apart, and so does what pages show on a line of its own."""
        if not end and not self.bare and (found := _APART.search(rest)):
            self._words(" · " if found[1] == "chip" and not self.line.endswith(": ") else " ")

    def term(self, end: bool) -> None:
        """A caption, before what it is the caption of."""
        if end:
            self._words(": ")
        else:
            self._end_line()

    def described(self, end: bool) -> None:
        """What stands behind a caption, on its line."""
        if end:
            self._end_line()

    def heading(self, level: int, end: bool) -> None:
        """A heading with as many marks as its level."""
        self.block()
        self.line = "" if end else f"{'#' * level} "

    def preformatted(self, end: bool) -> None:
        """A block of code, character by character."""
        if end and self.line:
            self.lines.append(self.line.rstrip())
        elif not end:
            self.block()
        self.lines += ["```", ""] if end else ["```"]
        self.line, self.bare, self.code = "", True, not end

    def listed(self, end: bool, first: int) -> None:
        """A list, whose items count from ``first``; below zero they do not count."""
        self._end_line()
        if not end:
            self.block()
            self.lists.append(first)
        elif self.lists:
            self.lists.pop()
            self.block()

    def item(self, end: bool) -> None:
        """An item with its mark, further in by the lists around it."""
        self._end_line()
        number = self.lists[-1] if self.lists else -1
        if not end:
            mark = f"{number}." if number > 0 else "-"
            self.line, self.bare = f"{'  ' * (len(self.lists) - 1)}{mark} ", True
            self.lists[-1:] = [number + 1 if number > 0 else number]

    def row(self) -> None:
        """A row of a table on a line of its own."""
        self._end_line()
        self.cells = 0

    def cell(self, end: bool) -> None:
        """A cell, behind a bar unless it is the first."""
        if not end:
            self.line = f"{self.line.rstrip()} | " if self.cells else self.line
            self.bare = self.bare and not self.cells
            self.cells += 1

    def anchor(self, end: bool, rest: str) -> None:
        """A link: its address stands behind its words, unless it leads to this page; the mark of a
        source stands in brackets, with the place in it."""
        if end:
            self._words(self.links.pop() if self.links else "")
            return
        found = _attributes(rest)
        href = found.get("href", "")
        address = f" <{href}>" if href and not href.startswith("#") else ""
        is_mark = "kb-mark" in found.get("class", "").split()
        self._words("[" if is_mark else "")
        place = f", {found['title']}" if is_mark and "title" in found else ""
        self.links.append(f"{place}]{address}" if is_mark else address)

    def image(self, rest: str) -> None:
        """A figure: the words that stand for it."""
        if said := _attributes(rest).get("alt"):
            self._words(f"[{said}]")

    def line_break(self) -> None:
        """The end of a line."""
        self._end_line()


def _attributes(rest: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(rest)}


_SHOWN: dict[str, Callable[[_Reader, bool, str], None]] = {
    "a": _Reader.anchor,
    "dd": lambda reader, end, rest: reader.described(end),
    "dt": lambda reader, end, rest: reader.term(end),
    "br": lambda reader, end, rest: reader.line_break(),
    "img": lambda reader, end, rest: reader.image(rest),
    "li": lambda reader, end, rest: reader.item(end),
    "ol": lambda reader, end, rest: reader.listed(end, 1),
    "pre": lambda reader, end, rest: reader.preformatted(end),
    "span": _Reader.span,
    "td": lambda reader, end, rest: reader.cell(end),
    "th": lambda reader, end, rest: reader.cell(end),
    "tr": lambda reader, end, rest: reader.row(),
    "ul": lambda reader, end, rest: reader.listed(end, -1),
    "h1": lambda reader, end, rest: reader.heading(1, end),
    "h2": lambda reader, end, rest: reader.heading(2, end),
    "h3": lambda reader, end, rest: reader.heading(3, end),
    "h4": lambda reader, end, rest: reader.heading(4, end),
    "h5": lambda reader, end, rest: reader.heading(5, end),
    "h6": lambda reader, end, rest: reader.heading(6, end),
}
