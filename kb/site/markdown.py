"""Text from the catalogue as Markdown that shows it verbatim, except for a small subset.

The subset: ``*emphasis*``, `` `code` ``, ``[text](https://…)`` and ``$formula$``.
"""

import json
import re
import unicodedata
from functools import lru_cache
from html import unescape
from xml.etree import ElementTree

from latex2mathml.converter import convert

from kb.addresses import unsafe
from kb.site.html import attribute, tag
from kb.site.language import Language
from kb.words.frame import FORMULA_LABEL
from kb.words.pair import Bilingual, Pair

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|~^$]")
_LINE_START = re.compile(r"\A(\d+[.)]|[#+\-=:!?])")
_SUBSET = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\$(?P<math>[^$\n]+)\$"
    r"|\[(?P<text>[^\[\]\n]+)\]\((?P<url>https?://[^\s()]+)\)"
    r"|(?<![A-Za-z0-9*])\*(?P<emphasis>[^*\s](?:[^*\n]*[^*\s])?)\*(?![A-Za-z0-9*])"
)


def escape(text: str) -> str:
    """``text`` so that Markdown shows it verbatim. Line breaks become spaces."""
    return _line_start(_escape(" ".join(text.split())))


def prose(text: str) -> str:
    """``text`` as Markdown, the small subset rendered and everything else shown verbatim."""
    flat = " ".join(text.split())
    parts, end = [], 0
    for match in _SUBSET.finditer(flat):
        parts += [_escape(flat[end : match.start()]), _inside(match)]
        end = match.end()
    return _line_start("".join([*parts, _escape(flat[end:])]))


def escape_both(text: Bilingual) -> Pair:
    """A name in both languages, escaped."""
    return Pair(escape(text.en), escape(text.zh))


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
    return anchor(escape(text), url)


def anchor(inside: str, url: str) -> str:
    """A link to another site around ``inside``, which is Markdown; ``inside`` if it is not safe."""
    if unsafe(url):
        return inside
    return f'<a href="{_entities(url)}" rel="noopener nofollow">{inside}</a>'


def inline_math(tex: str) -> str:
    """``tex`` as MathML within a line; as code if it is not valid LaTeX."""
    return _mathml(tex, "inline")


def block_math(language: Language, tex: str) -> str:
    """``tex`` as MathML on a line of its own, in a box that scrolls on a narrow screen."""
    return tag(
        "div",
        _mathml(tex, "block"),
        class_="formula",
        tabindex=0,
        role="group",
        aria_label=language.say(FORMULA_LABEL),
    )


_MATH_TAGS = frozenset(
    (
        "math mrow mi mo mn mtext ms mspace mstyle mfrac msqrt mroot msup msub msubsup munder "
        "mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr mpadded "
        "mphantom menclose"
    ).split()
)
_MATH_ATTRIBUTES = frozenset(
    (
        "alttext display mathvariant stretchy fence form accent accentunder columnalign "
        "columnspacing "
        "rowspacing columnlines rowlines displaystyle scriptlevel linethickness movablelimits "
        "lspace rspace width height depth voffset minsize maxsize symmetric separator largeop "
        "notation"
    ).split()
)
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"


@lru_cache(maxsize=4096)
def _mathml(tex: str, display: str) -> str:
    try:
        formula = ElementTree.fromstring(convert(tex, display=display))
        formula.set("alttext", tex)
        return _serialised(formula)
    except Exception:  # noqa: BLE001 - the converter raises many types; none may break a build
        return f"<code>{_entities(tex)}</code>"


def _serialised(element: ElementTree.Element) -> str:
    """MathML as text, from known elements and attributes only. Raises ValueError for others."""
    name = element.tag.removeprefix(_NAMESPACE)
    if name not in _MATH_TAGS or not element.attrib.keys() <= _MATH_ATTRIBUTES:
        raise ValueError(f"`{name}` does not belong in a formula")
    attributes = "".join(f' {key}="{_text_of(value)}"' for key, value in element.items())
    inside = _text_of(element.text) + "".join(
        _serialised(child) + _text_of(child.tail) for child in element
    )
    return f"<{name}{attributes}>{inside}</{name}>"


def _text_of(text: str | None) -> str:
    """The text of a formula; whatever Markdown or HTML could take for markup becomes an entity."""
    return re.sub(r"[^\w\s]|_", lambda match: _entity(match[0]), text or "")


def _line_start(text: str) -> str:
    """Nothing at the start of a line may begin a list, a heading or a block."""
    return _LINE_START.sub(lambda match: match[1][:-1] + _entity(match[1][-1]), text)


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def _entities(text: str) -> str:
    """``text`` with all but harmless punctuation as entities: for code and addresses."""
    return re.sub(
        r"[^\w\s.,:;/?=%]|_",
        lambda match: _entity(match[0]) if match[0].isascii() else match[0],
        text,
    )


def fence(text: str, language: str) -> str:
    """``text`` as a block of code that nothing in it can end early."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}{language}\n{_plain_lines(text)}\n{marks}"


def _plain_lines(text: str) -> str:
    """``text`` with `\\n` as its only line break and without control characters."""
    lines = text.expandtabs(4).splitlines()
    return "\n".join(
        "".join(one for one in line if one.isprintable() or one == "\u3000") for line in lines
    ).strip("\n")


def slug(text: str) -> str:
    """The anchor of a heading, from its words: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", unescape(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def front_matter(
    title: str,
    description: str,
    hide: tuple[str, ...] = (),
    **machines: object,
) -> str:
    """The head of a page; ``hide`` names the side columns that it leaves out.

    ``machines`` is what only programs read; the theme's template escapes it.

    Values are JSON, which is valid YAML, so nothing can end the head early. Themes put title and
    description into HTML unescaped, and some decode entities first: no angle bracket is left.
    """
    fields = {
        "title": attribute(_unbracketed(title)),
        "description": attribute(_unbracketed(description)),
        "hide": list(hide),
        **{name: value for name, value in machines.items() if value},
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
