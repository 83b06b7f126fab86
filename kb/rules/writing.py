"""Rules on how a text is written: punctuation, quotation marks, what copying leaves in titles."""

import re
from collections.abc import Iterator

from kb import meant
from kb.rules.rule import Knowledge, Trouble
from kb.rules.texts import CHINESE
from kb.schema import Paper
from kb.source.mends import Mend
from kb.walk import texts, without_code

_HALF = re.compile(r"[,;:!?.](?<=[\u4e00-\u9fff].)(?:(?<!\.) )?(?=$|[\u4e00-\u9fff])")
"""Begins with the mark itself, so that a search looks at few characters of a file."""
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
_LATEX = re.compile(r"[{}]|\\[a-zA-Z&%'`\"^~=.]")
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
        yield Trouble(
            entry,
            keys,
            f"braces or commands of LaTeX (BibTeX) in `{keys[0]}`",
            f"write {better}",
            Mend(keys, better) if not _LATEX.search(better) and entry.typed(keys) else None,
        )


def untidy_title(knowledge: Knowledge) -> Iterator[Trouble]:
    """A title has a word that the end of a line tore apart, a full stop, or capitals throughout.

    Why it matters: all of it comes from copying; citations and the search have the title letter by
    letter, and the id of a paper is made of it.

    Example:

        title: Fold- ing Networks

    Instead: title: Folding Networks
    """
    for entry, keys, text in knowledge.printed:
        if not str(keys[0]).startswith("title"):  # a name of an author, of a publisher
            continue
        if found := torn(text):
            whole, kept = found.replace("- ", ""), found.replace("- ", "-")
            yield Trouble(
                entry,
                keys,
                f"a word is torn apart at the end of a line: `{found}`",
                f"write `{whole}` or `{kept}`, as the page has it",
            )
        elif text.endswith((".", "\u3002")) and _STOP.search(text):
            better = text.rstrip(".。 ")
            mend = Mend(keys, better) if entry.typed(keys) == text else None
            yield Trouble(entry, keys, "a full stop behind the title", f"write {better}", mend)
        elif isinstance(entry.model, Paper) and _one_case(text):
            which = "capital" if text.isupper() else "small"
            yield Trouble(
                entry, keys, f"a title in {which} letters throughout", "write it as citations do"
            )


def torn(title: str) -> str:
    """The word of ``title`` that a hyphen and a blank stand in, or nothing."""
    found = _TORN.search(title) if "- " in title else None
    return found[0] if found else ""


def _one_case(title: str) -> bool:
    """Whether all letters of ``title`` are capitals, or none; one word may be an abbreviation."""
    return " " in title and (title.isupper() or title.islower()) and not CHINESE.search(title)


_TORN = re.compile(r"[^\W\d_]+- (?!(?:and|or|to|und|oder|bis|vs)\b)[a-z]+")
_STOP = re.compile(r"(?:(?<![.\s])(?<!\bal)(?<!\bvs)(?<!\bJr)(?<!\bSr)(?<!\b[A-Z])\.|。)$")


def quotation_marks(knowledge: Knowledge) -> Iterator[Trouble]:
    """A title or a name stands in quotation marks, or a text opens one that it does not close.

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
