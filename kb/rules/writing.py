"""Rules on how a text is written: punctuation, quotation marks, LaTeX."""

import re
from collections.abc import Iterator

from kb import meant
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Technique
from kb.source.mends import Mend
from kb.walk import texts, without_code

_HALF = re.compile(r"[,;:!?.](?<=[\u4e00-\u9fff].)(?:(?<!\.) )?(?=$|[\u4e00-\u9fff])")
"""Begins with the mark itself, so that a search looks at few characters of a file."""
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
_LATEX = re.compile(r"[{}]|\\[a-zA-Z&%'`\"^~=.]")
_ACCENT_READ = '{"'
"""What YAML makes of an accent such as `{\\"o}` in double quotes."""
_PAIRED = (("“", "”"), ("「", "」"), ("『", "』"), ("«", "»"))
_MARKS = frozenset('"“”„‟＂「」『』«»')
_OPENING = re.compile("[“”「」『』«»]")


def half_width_punctuation(knowledge: Knowledge) -> Iterator[Trouble]:
    """English punctuation between Chinese characters.

    Why it matters: Chinese is set with full-width punctuation; the other kind looks like a slip.

    Example:

        zh: 剪掉,再训练

    Instead: the full-width comma, U+FF0C
    """
    for entry in knowledge.holding(_HALF):
        for keys, text in texts(entry.model):
            if keys[-1] == "tex" or not _HALF.search(without_code(text)):
                continue
            better = _full_width(text)
            yield Trouble(
                entry,
                keys,
                "half-width punctuation between Chinese characters",
                "write ，。：；！？ in full width",
                Mend(keys, better) if entry.typed(keys) == text and better != text else None,
            )


def full_width_punctuation(knowledge: Knowledge) -> Iterator[Trouble]:
    """Chinese punctuation between words of an English text.

    Why it matters: it is twice as wide as it should be, and looks like a slip.

    Example:

        en: The weights are cut twice，once at the end.

    Instead: the comma of ASCII and a blank
    """
    for entry, keys, both in knowledge.bilingual:
        text = both.en or ""
        if not text.isascii() and _WIDE.search(without_code(text)):
            at = (*keys, "en")
            better = _narrow(text)
            yield Trouble(
                entry,
                at,
                "full-width punctuation in an English text",
                "write `,`, `;`, `:`, `!`, `?` and `.`, with a blank behind",
                Mend(at, better) if entry.typed(at) == text else None,
            )


_NARROW = {"，": ", ", "、": ", ", "；": "; ", "：": ": ", "！": "! ", "？": "? ", "。": ". "}
_WIDE = re.compile(
    r"(?<=[\w)\]'\"’”`$%])(?<![\u3400-\u9fff])\s?[，、；：！？。]\s*(?=$|[A-Za-z0-9(\['\"‘“`$])"
)


def _narrow(text: str) -> str:
    """``text`` with the punctuation of ASCII between Latin words, not in code or formulas."""
    parts = re.split(r"(`[^`]*`|\$[^$]*\$)", text)
    return "".join(
        part if part[:1] in "`$" and len(part) > 1
        else _WIDE.sub(lambda found: _NARROW[found[0].strip()], part)
        for part in parts
    ).strip()  # fmt: skip


def unclosed_formula(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text opens a formula with `$` and does not close it.

    Why it matters: readers would see the `$` and the commands behind it.

    Example:

        en: The scale $s is learned.

    Instead: en: The scale $s$ is learned.
    """
    for entry, keys, both in knowledge.bilingual:
        for language, text in (("en", both.en or ""), ("zh", both.zh or "")):
            if "$" in text and _DOLLAR.search(without_code(text)):
                yield Trouble(
                    entry,
                    (*keys, language),
                    "`$` opens a formula that is not closed",
                    "write $…$ around the formula, without blanks at its ends",
                )


_DOLLAR = re.compile(r"(?<![\\A-Z])\$(?!\d)")
"""Begins a formula; a price has a digit behind it."""


def malformed_formula(knowledge: Knowledge) -> Iterator[Trouble]:
    """The LaTeX of a formula has an open brace, or says itself that it is a formula.

    Why it matters: readers would see the LaTeX, not the formula.

    Example:

        tex: "$\\\\frac{a}{b$"

    Instead: tex: "\\\\frac{a}{b}"
    """
    for entry in knowledge.of(Technique):
        for number, formula in enumerate(entry.model.formulas or ()):
            if formula and formula.tex and (wrong := _ill_formed(formula.tex)):
                yield Trouble(entry, ("formulas", number, "tex"), *wrong)


def _ill_formed(tex: str) -> tuple[str, str] | None:
    """What is wrong with the LaTeX of a formula, and what to do."""
    if found := _FRAME.search(tex):
        return f"`{found[0]}` in `tex`", "write what stands inside alone: `tex` is a formula"
    depth = 0
    for found in _BRACE.finditer(tex):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return "a brace of the formula closes what is not open", "delete it, or write its `{`"
    if depth:
        return "a brace of the formula is not closed", "write its `}`"
    return None


_FRAME = re.compile(
    r"(?<!\\)\$+|\\\[|\\\]|\\\(|\\\)"
    r"|\\(?:begin|end)\{(?:equation|align|displaymath|gather|eqnarray|math|multline)\*?\}"
)
"""What begins or ends a formula in a text."""
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def latex_in_text(knowledge: Knowledge) -> Iterator[Trouble]:
    """A title or a name holds braces or commands of LaTeX, as in a BibTeX record.

    Why it matters: readers would see them.

    Example:

        title: "Trained {T}ernary {Q}uantization"

    Instead: title: Trained Ternary Quantization
    """
    for entry, keys, text in knowledge.printed:
        if not _LATEX.search(text) or not _LATEX.search(without_code(text)):
            continue
        better = unlatex(text)
        message = f"braces or commands of LaTeX (BibTeX) in `{keys[0]}`"
        if _ACCENT_READ in text:
            hint = "write it without LaTeX: in double quotes a backslash changes what follows it"
            yield Trouble(entry, keys, message, hint)
            continue
        sure = not _LATEX.search(better) and entry.typed(keys)
        mend = Mend(keys, better) if sure else None
        yield Trouble(entry, keys, message, f"write {better}", mend)


def quotation_marks(knowledge: Knowledge) -> Iterator[Trouble]:
    """A title or a name stands in quotation marks, or a text opens one that it does not close.

    Or a Chinese text has straight ones around Chinese.

    Why it matters: curly marks do not quote in YAML, so readers would see them.

    Example:

        title: “Trained Ternary Quantization"

    Instead: title: Trained Ternary Quantization
    """
    for entry, keys, text in knowledge.printed:
        if inside := _quoted(text):
            yield Trouble(
                entry,
                keys,
                f"quotation marks around the whole of `{keys[0]}`",
                f"write {inside}",
                Mend(keys, inside) if entry.typed(keys) == text else None,
            )
    for entry in knowledge.holding(_OPENING):
        for keys, text in texts(entry.model):
            for opening, closing in _PAIRED:
                if text.count(opening) != text.count(closing) and not _quoted(text):
                    yield Trouble(
                        entry,
                        keys,
                        f"`{opening}` and `{closing}` do not come in pairs",
                        f"write {opening}…{closing}",
                    )
    for entry, keys, both in knowledge.bilingual:
        text = both.zh or ""
        if '"' in text and _STRAIGHT.search(without_code(text)):
            at = (*keys, "zh")
            better = _STRAIGHT.sub(r"“\1”", text)
            sure = "`" not in text and '"' not in better and entry.typed(at) == text
            yield Trouble(
                entry,
                at,
                "straight quotation marks around Chinese",
                "write “…”",
                Mend(at, better) if sure else None,
            )


_STRAIGHT = re.compile('"([^"]*[\u4e00-\u9fff][^"]*)"')


def _quoted(text: str) -> str:
    """What stands inside of the quotation marks around the whole of ``text``; nothing without."""
    inside = text[1:-1].strip()
    around = text[:1] in _MARKS and text[-1:] in _MARKS
    return inside if around and not _MARKS & set(inside) else ""


def unlatex(text: str) -> str:
    """``text`` without the braces of BibTeX, its accents as letters."""
    text = meant.letters(text)
    text = re.sub(r"\\([&%$#_{}])", r"\1", text)
    text = re.sub(r"\\(?:emph|textit|textbf|texttt|mbox|text)\s*(?=\{)", "", text)
    return text.replace("{", "").replace("}", "").replace("~", " ")


def _full_width(text: str) -> str:
    """``text`` with full-width punctuation between Chinese characters, not in code or formulas."""
    parts = re.split(r"(`[^`]*`|\$[^$]*\$)", text)
    return "".join(
        part if part[:1] in "`$" and len(part) > 1
        else _HALF.sub(lambda found: _FULL[found[0].strip()], part)
        for part in parts
    )  # fmt: skip
