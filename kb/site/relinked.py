"""Pages for any generator: each link within the site is one of Markdown, to a file of Markdown.

A raw `href` says where a page will lie, which is the generator's choice. Links of Markdown are the
generator's to resolve. So a tag with such a link inside is made one whose text is Markdown, and
what a drawing leads to stands below it, because a drawing cannot hold Markdown.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape

_TOKEN = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[^\S\n]*$"
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:\s[^<>]*)?)>",
    re.MULTILINE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
_EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "wbr"})
_BLOCKS = frozenset(
    "article aside details div dl fieldset figcaption figure footer form header main nav ol "
    "section table tbody tfoot thead tr ul caption dd dt h1 h2 h3 h4 h5 h6 li p summary td "
    "th".split()
)
_NAMING = {"a": "href", "img": "src"}
_KEPT = ("class", "lang", "id")
Resolve = Callable[[str], str]
"""The file to which an address in the page leads, as a link of Markdown has it; else nothing."""


@dataclass(slots=True)
class _Tag:
    """An element that is open, or the page itself (no name)."""

    name: str = ""
    rest: str = ""
    inside: list["_Tag | str"] = field(default_factory=list)
    closed: bool = True

    def attribute(self, name: str) -> str:
        """The value of an attribute; nothing if it has none."""
        return next((value for key, value in _ATTRIBUTE.findall(self.rest) if key == name), "")

    def all(self, drawn: bool = True) -> Iterator["_Tag"]:
        """Every element inside, at any depth; those in drawings only if ``drawn``."""
        for one in self.inside:
            if isinstance(one, _Tag):
                yield one
                if drawn or one.name != "svg":
                    yield from one.all(drawn)

    @property
    def own(self) -> str:
        """The text that stands in no element inside."""
        return "".join(one for one in self.inside if isinstance(one, str))

    def text(self) -> str:
        """The words inside."""
        return "".join(one if isinstance(one, str) else one.text() for one in self.inside)

    def target(self, resolve: Resolve) -> str:
        """The file to which it leads, if it is a link or a picture within the site."""
        named = _NAMING.get(self.name)
        return resolve(self.attribute(named)) if named else ""

    @property
    def reading(self) -> str:
        """How Markdown reads what is inside: as blocks, or as one text."""
        return "block" if any(one.name in _BLOCKS for one in self.all()) else "span"

    def marks(self) -> str:
        """What of its attributes stays, as Markdown writes it behind a link."""
        found = [f'{name}="{value}"' for name in _KEPT if (value := self.attribute(name))]
        return f"{{: {' '.join(found)} }}" if found else ""


def relinked(path: str, page: str, sources: frozenset[str]) -> str:
    """The ``page`` at ``path``; ``sources`` are the paths of all pages and files."""
    front, fenced, body = ("", "", page)
    if page.startswith("---\n"):
        front, fenced, body = page.partition("\n---\n")

    def resolve(href: str) -> str:
        return _source(path, href, sources)

    return front + fenced + "".join(_page(_parsed(body), resolve))


def _source(path: str, href: str, sources: frozenset[str]) -> str:
    """The file that ``href`` in the page at ``path`` leads to, from that page; else nothing."""
    address, sharp, anchor = unescape(href).partition("#")
    address = address.partition("?")[0]
    if not address or re.match(r"[a-z][\w+.-]*:|/", address):
        return ""
    folder = path.removesuffix(".md").removesuffix("index").rstrip("/")
    there = posixpath.normpath(posixpath.join(folder, address))
    known = (f"{there}.md", posixpath.normpath(f"{there}/index.md"), there)
    found = next((one for one in known if one in sources), "")
    start = posixpath.dirname(path) or "."
    return posixpath.relpath(found, start) + sharp + anchor if found else ""


def _parsed(text: str) -> _Tag:
    page = _Tag()
    stack, at = [page], 0
    for token in _TOKEN.finditer(text):
        stack[-1].inside.append(text[at : token.start()])
        at = token.end()
        name = token["name"]
        if not name:
            stack[-1].inside.append(token[0])
        elif token["close"]:
            _close(stack, name)
        else:
            rest = token["rest"]
            made = _Tag(name, rest, closed=name not in _EMPTY and not rest.endswith("/"))
            stack[-1].inside.append(made)
            if made.closed:
                stack.append(made)
    stack[-1].inside.append(text[at:])
    _reopen(stack, 1)
    return page


def _close(stack: list[_Tag], name: str) -> None:
    """End the innermost ``name``; what was left open inside has no end of its own."""
    at = next((at for at in range(len(stack) - 1, 0, -1) if stack[at].name == name), 0)
    if at:
        _reopen(stack, at + 1)
        stack.pop()
    else:
        stack[-1].inside.append(f"</{name}>")


def _reopen(stack: list[_Tag], at: int) -> None:
    """The elements from ``at`` on have no end: what stands in them belongs to the one around."""
    while len(stack) > at:
        left = stack.pop()
        left.closed = False
        stack[-1].inside += left.inside
        left.inside = []


def _page(page: _Tag, resolve: Resolve) -> Iterator[str]:
    """The page in pieces; below each piece what its drawings lead to."""
    for part in page.inside:
        if isinstance(part, str):
            yield part
            continue
        yield _written(part, resolve)
        drawings = [one for one in (part, *part.all()) if one.name == "svg"]
        if leads := list(dict.fromkeys(lead for one in drawings for lead in _leads(one, resolve))):
            yield "\n\n" + " · ".join(leads) + "\n\n"


def _leads(drawing: _Tag, resolve: Resolve) -> Iterator[str]:
    """The links of a drawing, as links of Markdown."""
    for one in drawing.all():
        if one.name == "a" and (target := resolve(one.attribute("href"))):
            yield f"[{one.attribute('aria-label') or one.text()}]({target})"


def _written(one: _Tag, resolve: Resolve, drawn: bool = False) -> str:
    drawn = drawn or one.name == "svg"
    parts = [
        part if isinstance(part, str) else _written(part, resolve, drawn) for part in one.inside
    ]
    name, rest, inside = one.name, one.rest, "".join(parts)
    if target := one.target(resolve):
        if not drawn:
            return (
                f"{'!' * (name == 'img')}[{one.attribute('alt') or inside}]({target}){one.marks()}"
            )
        name, rest = "g", re.sub(r'\shref="[^"]*"', "", rest)
    elif name in _BLOCKS and any(inner.target(resolve) for inner in one.all(drawn=False)):
        rest = re.sub(r'\smarkdown="\w+"', "", rest) + f' markdown="{one.reading}"'
        if one.reading == "block" and "\n" not in one.own:
            inside = _on_lines(one, parts)
    return f"<{name}{rest}>{inside}" + (f"</{name}>" if one.closed else "")


def _on_lines(one: _Tag, parts: list[str]) -> str:
    """What is inside, each block on lines of its own: Markdown looks for blocks where lines begin.

    Text between blocks becomes a paragraph, which blank lines end.
    """
    written, before = "", True
    for part, made in zip(one.inside, parts, strict=True):
        block = isinstance(part, _Tag) and part.name in _BLOCKS
        if made.strip():
            written += "\n\n" * (block or before) + made
            before = block
    return f"{written}\n\n"
