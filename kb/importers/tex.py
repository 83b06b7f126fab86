"""TeX in titles and names as plain text: the one place that knows pylatexenc."""

import re

from pylatexenc.latex2text import LatexNodes2Text

_TELLTALE = re.compile(r"[\\${}]|``|''|(?<=\S)~(?=\S)")
_MATH = re.compile(r"\$(?!\s)([^$]+)(?<!\s)\$")
_WRAPPERS = re.compile(
    r"\\(?:(?:text(?:bf|it|sc|sf|tt|rm|up|md|normal)?|mbox|hbox|ensuremath)(?=\s*\{)|"
    r"(?:bf|it|em|rm|sc|sf|tt|bfseries|itshape)(?![A-Za-z]))"
)
_LIMIT = 2000
_ESCAPED = {
    "{\\textbackslash}\\": "\\",
    "{\\textbackslash}": "\\",
    "\\$": "$",
    "{\\{}": "{",
    "{\\}}": "}",
}
"""How OpenReview's BibTeX writes the TeX in a title: as text that shows its source."""
_TO_TEXT = LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=False)


def plain(text: str) -> str:
    """``text`` without TeX: accents as letters, formulas as what they show, no braces.

    What pylatexenc cannot read keeps its words and loses braces and backslashes.
    """
    if not _TELLTALE.search(text) or len(text) > _LIMIT:
        return text
    text, whole, at = _WRAPPERS.sub("", _unescaped(text)), [], 0
    for found in _MATH.finditer(text):
        whole += [_words(text[at : found.start()]), _formula(found[1])]
        at = found.end()
    return "".join([*whole, _words(text[at:])])


def _unescaped(text: str) -> str:
    """``text`` with the TeX that it shows instead of uses."""
    if "{\\textbackslash}" in text:
        for escaped, meant in _ESCAPED.items():
            text = text.replace(escaped, meant)
    return text


def _words(text: str) -> str:
    """Text outside formulas, where a percent or dollar sign is itself."""
    return _read(re.sub(r"(?<!\\)([%$])", r"\\\1", text))


def _formula(text: str) -> str:
    """What a formula shows, its scripts without braces: `L_0`, `n^2`."""
    return re.sub(r"\s+", "", _read(f"${text}$")) if len(text) < 40 else _read(f"${text}$")


def _read(text: str) -> str:
    try:
        said = str(_TO_TEXT.latex_to_text(text))
    except Exception:  # noqa: BLE001 - whatever a stranger's TeX does to the parser
        said = text.replace("\\", "")
    return said.replace("{", "").replace("}", "").replace("~", "\u00a0")
