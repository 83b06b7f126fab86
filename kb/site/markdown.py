"""Text from the catalogue as Markdown that shows it as written: everything is escaped but a small subset.

The subset: ``*emphasis*``, `` `code` ``, ``[text](https://…)`` and ``$formula$``.
"""

import json
import re
from functools import lru_cache
from html import escape as html
from xml.etree import ElementTree

from latex2mathml.converter import convert

from kb.addresses import unsafe

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|~^$]")
_LINE_START = re.compile(r"\A(\d+[.)]|[#+\-=:!?])")
_SUBSET = re.compile(
    r"`(?P<code>[^`\n]+)`|\$(?P<math>[^$\n]+)\$|\[(?P<text>[^\[\]\n]+)\]\((?P<url>https?://[^\s()]+)\)|(?<![A-Za-z0-9*])\*(?P<emphasis>[^*\s](?:[^*\n]*[^*\s])?)\*(?![A-Za-z0-9*])"
)


def escape(text: str) -> str:
    """``text`` so that Markdown shows it letter by letter. Line breaks become blanks."""
    return _line_start(_escape(" ".join(text.split())))


def prose(text: str) -> str:
    """``text`` as Markdown with the small subset let through."""
    flat = " ".join(text.split())
    parts, end = [], 0
    for match in _SUBSET.finditer(flat):
        parts += [_escape(flat[end : match.start()]), _inside(match)]
        end = match.end()
    return _line_start("".join([*parts, _escape(flat[end:])]))


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: _entity(match[0]), text)


def _inside(match: re.Match[str]) -> str:
    if match["code"] is not None:
        return f"<code>{_entities(match['code'])}</code>"
    if match["math"] is not None:
        return inline_math(match["math"])
    if match["emphasis"] is not None:
        return f"<em>{_escape(match['emphasis'])}</em>"
    return link(match["text"], match["url"])


def link(text: str, url: str) -> str:
    """A link to another site, or the text alone if the address is not safe."""
    if unsafe(url):
        return escape(text)
    return f'<a href="{_entities(url)}" rel="noopener nofollow">{escape(text)}</a>'


def inline_math(tex: str) -> str:
    """``tex`` as MathML within a line; as code if it is not valid LaTeX."""
    return _mathml(tex, "inline")


def block_math(tex: str) -> str:
    """``tex`` as MathML on a line of its own, in a box that scrolls when the screen is narrow."""
    return f'<div class="formula" tabindex="0" role="group" aria-label="formula">{_mathml(tex, "block")}</div>'


_MATH_TAGS = frozenset(
    "math mrow mi mo mn mtext ms mspace mstyle mfrac msqrt mroot msup msub msubsup munder mover munderover mmultiscripts mprescripts none "
    "mtable mtr mtd mlabeledtr mpadded mphantom menclose".split()
)
_MATH_ATTRIBUTES = frozenset(
    "display mathvariant stretchy fence form accent accentunder columnalign columnspacing rowspacing columnlines rowlines displaystyle scriptlevel "
    "linethickness movablelimits lspace rspace width height depth voffset minsize maxsize symmetric separator largeop notation".split()
)
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"


@lru_cache(maxsize=4096)
def _mathml(tex: str, display: str) -> str:
    try:
        return _serialised(ElementTree.fromstring(convert(tex, display=display)))
    except Exception:  # noqa: BLE001 - the converter raises many types; a formula is never worth a broken build
        return f"<code>{_entities(tex)}</code>"


def _serialised(element: ElementTree.Element) -> str:
    """MathML as text, built anew from known elements and attributes only. Raises ValueError for any other."""
    tag = element.tag.removeprefix(_NAMESPACE)
    if tag not in _MATH_TAGS or not element.attrib.keys() <= _MATH_ATTRIBUTES:
        raise ValueError(f"`{tag}` does not belong into a formula")
    attributes = "".join(f' {name}="{attribute(value)}"' for name, value in element.items())
    inside = _text_of(element.text) + "".join(
        _serialised(child) + _text_of(child.tail) for child in element
    )
    return f"<{tag}{attributes}>{inside}</{tag}>"


def _text_of(text: str | None) -> str:
    """The text of a formula; everything that Markdown or HTML could take for markup becomes an entity."""
    return re.sub(r"[^\w\s]|_", lambda match: _entity(match[0]), text or "")


def _line_start(text: str) -> str:
    """Nothing at the start of a line may begin a list, a heading or a block."""
    return _LINE_START.sub(lambda match: match[1][:-1] + _entity(match[1][-1]), text)


def _entity(letter: str) -> str:
    return f"&#{ord(letter)};"


def _entities(text: str) -> str:
    """``text`` with every mark but the harmless ones as an entity: for code and addresses."""
    return re.sub(
        r"[^\w\s.,:;/?=%]|_",
        lambda match: _entity(match[0]) if match[0].isascii() else match[0],
        text,
    )


def attribute(text: str) -> str:
    """``text`` for an HTML attribute in double quotes."""
    return html(" ".join(text.split()), quote=True)


def fence(text: str, language: str) -> str:
    """``text`` as a block of code that nothing in it can end early."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}{language}\n{_plain_lines(text)}\n{marks}"


def _plain_lines(text: str) -> str:
    """``text`` with no line break but `\\n` and without control characters, which Markdown reads in ways of its own."""
    lines = text.expandtabs(4).splitlines()
    return "\n".join(
        "".join(letter for letter in line if letter.isprintable() or letter == "\u3000")
        for line in lines
    ).strip("\n")


def tabs(en: str, zh: str) -> str:
    """The same in both languages as linked tabs; the site remembers which one a reader chose."""
    return f'=== "English"\n\n{_indent(en)}\n\n=== "中文"\n\n{_indent(chinese(zh))}\n'


def chinese(markdown: str) -> str:
    """A block of Markdown in Chinese, marked as such for browsers and screen readers."""
    return f'<div lang="zh" markdown="block">\n\n{markdown}\n\n</div>'


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def front_matter(title: str, description: str, hide: tuple[str, ...] = ("navigation",)) -> str:
    """The head of a page; ``hide`` names the side columns that it does without. JSON is valid YAML, so nothing can end the head.

    Themes put title and description into HTML as they are, and some undo entities first: so no angle bracket is left in them.
    """
    fields = {
        "title": attribute(_unbracketed(title)),
        "description": attribute(_unbracketed(description)),
        "hide": list(hide),
    }
    return (
        "---\n"
        + "".join(
            f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items()
        )
        + "---\n\n"
    )


def _unbracketed(text: str) -> str:
    return text.replace("<", "‹").replace(">", "›")
