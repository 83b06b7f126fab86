"""Rules on titles: what copying leaves in them, and in which letters they are."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kb.catalog import Entry
from kb.rules.rule import Knowledge, Trouble
from kb.rules.texts import CHINESE
from kb.schema import Paper
from kb.source.mends import Mend
from kb.source.reader import Keys


def untidy_title(knowledge: Knowledge) -> Iterator[Trouble]:
    """A title has what copying leaves in it, or is in capitals throughout.

    Such as a word that the end of a line tore apart, the end of the line itself, `&amp;`, a full
    stop, the mark of a footnote, the number of arXiv or the name of the site.

    Why it matters: citations and the search have the title letter by letter, and the id of a paper
    is made of it.

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
        elif left := _left(text):
            mend = Mend(keys, left.better) if left.sure and entry.typed(keys) == text else None
            yield Trouble(entry, keys, left.message, f"write {left.better}", mend)
        else:
            yield from _in_one_case(entry, keys, text)


def in_doubt(title: str) -> bool:
    """Whether ``title`` must be tidied before an id is made of it."""
    return bool(torn(title) or _left(title))


def torn(title: str) -> str:
    """The word of ``title`` that a hyphen and a blank stand in, or nothing."""
    found = _TORN.search(title) if "- " in title else None
    return found[0] if found else ""


_TORN = re.compile(r"[^\W\d_]+- (?!(?:and|or|to|und|oder|bis|vs)\b)[a-z]+")


def _in_one_case(entry: Entry, keys: Keys, text: str) -> Iterator[Trouble]:
    """That a paper's title has but capitals, or none; one word may be an abbreviation."""
    if " " not in text or CHINESE.search(text) or not isinstance(entry.model, Paper):
        return
    if text.isupper() or text.islower():
        which = "capital" if text.isupper() else "small"
        yield Trouble(
            entry, keys, f"a title in {which} letters throughout", "write it as citations do"
        )


@dataclass(frozen=True, slots=True)
class _Left:
    """What copying left in a title, and the title without it; ``sure`` if that was meant."""

    message: str
    better: str
    sure: bool = True


_NUMBER = r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?"
_SITES = (
    r"OpenReview|arXiv(?:\.org)?|alphaXiv|Semantic Scholar|Papers With Code|ResearchGate"
    "|IEEE Xplore|(?:IEEE )?(?:Conference Publication|Journals & Magazine)|ACM Digital Library"
    "|SpringerLink|Springer Nature Link|ScienceDirect|CVF Open Access|ACL Anthology|PMLR"
    "|Hugging Face|DeepAI|Google Scholar|GitHub|Medium"
    "|知乎(?:专栏)?|CSDN博客|掘金|简书|博客园|腾讯云开发者社区.*"
)
_LEFT = {
    "the number of arXiv before the title": re.compile(
        rf"^(?:\[(?:{_NUMBER})\]|arXiv\s*:\s*(?:{_NUMBER}))(?:\s*\[[\w.-]+\])?[\s:,-]*", re.I
    ),
    "the name of a site behind the title": re.compile(
        rf"\s*(?:[|｜·_]|\s[-–—])\s*(?:{_SITES})$", re.I
    ),
    "the word PDF beside the title": re.compile(
        r"^[\[(（【]\s*PDF\s*[\])）】]\s*|\s*[\[(（【]\s*PDF\s*[\])）】]$|(?<=\w)\.pdf$", re.I
    ),
    "the mark of a footnote behind the title": re.compile(
        r"\s*(?:(?<![A-Z\s*])\*+|[†‡§¶∗⋆★✱＊]+)$"
    ),
    "two points behind the title": re.compile(r"(?<!\.)\.\.$"),
    "a full stop behind the title": re.compile(
        r"(?:(?<![.\s])(?<!\bal)(?<!\bvs)(?<!\bJr)(?<!\bSr)(?<!\b[A-Z])\.|。)$"
    ),
}
"""What is left in titles, by what it is called."""
_UNSURE = "two points"
"""What may have been another mark: an ellipsis."""
_WIDE = {"：": ": ", "，": ", ", "；": "; ", "？": "? ", "！": "! ", "（": " (", "）": ") "}
_IN_LATIN = re.compile(f"\\s*[{''.join(_WIDE)}]\\s*")


_BLANKS = re.compile(r"[^\S ]|  ")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)
_LIGATURE = re.compile("[\ufb00-\ufb06]")


def _left(title: str) -> _Left | None:
    """What copying left in ``title``, if it is anything of the table."""
    if _BLANKS.search(title):
        said = "a line break" if "\n" in title else "more than a plain blank between two words"
        return _Left(f"{said} in a title", " ".join(title.split()))
    if "&" in title and (found := _ENTITY.search(title)) and html.unescape(found[0]) != found[0]:
        return _Left(f"`{found[0]}` of HTML in a title", html.unescape(title))
    if not title.isascii() and (found := _LIGATURE.search(title)):
        plain = _LIGATURE.sub(lambda one: unicodedata.normalize("NFKC", one[0]), title)
        return _Left(f"the ligature `{found[0]}` of a PDF in a title", plain)
    for message, pattern in _LEFT.items():
        if not pattern.search(title):
            continue
        better = pattern.sub("", title).strip()
        if better and "*" not in better:
            return _Left(message, better, not message.startswith(_UNSURE))
    if inside := re.fullmatch("《([^《》]+)》", title):
        return _Left("《》 around the whole title", inside[1].strip())
    if not CHINESE.search(title) and _IN_LATIN.search(title):
        narrow = _IN_LATIN.sub(lambda found: _WIDE[found[0].strip()], title)
        better = re.sub(r" +([,;:?!)])", r"\1", narrow).strip()
        return _Left("full-width punctuation in a title in Latin letters", better)
    return None
