"""One spelling for what can be spelt in several ways: the words of a text as the search compares
them.

`assets/kb/spelling.js` does the same to what a reader types; `tests/data/spellings.tsv` holds both
to it. Rules use it to tell whether two terms are the same.
"""

import re
import unicodedata
from functools import lru_cache

_APART = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
_MARK = re.compile(r"[\u0300-\u036f]")
_APOSTROPHE = re.compile(r"(?<=[a-z])['’](?=[a-z])")
_WORD = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")
_AMOUNT = re.compile(r"([0-9]+)([a-z]{2,})")

# Spellings of Britain, as those of America. They hold for every word: what counts is that index
# and question are changed alike, not that the outcome is a word.
_AMERICAN = (
    (re.compile(r"(?<=...)is(?=(e|ed|es|er|ers|ing|able|ations?)$)"), "iz"),
    (re.compile(r"(?<=...)ys(?=(e|ed|er|ers|ing)$)"), "yz"),
    (re.compile(r"(?<=...)our(?=(s|ed|ing|s?hood|able|al)?$)"), "or"),
    (re.compile(r"(?<=..)([tb])re(?=s?$)"), r"\1er"),
    (re.compile(r"(?<=...)ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=..)ence(?=s?$)"), "ense"),
    (re.compile(r"^artefact"), "artifact"),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"^programme(?=s?$)"), "program"),
)
# Endings: (ending, the least that must be left, what takes its place). The first that fits is
# taken off.
_ENDINGS = (
    ("izations", 3, "iz"),
    ("ization", 3, "iz"),
    ("izable", 3, "iz"),
    ("izing", 3, "iz"),
    ("ized", 3, "iz"),
    ("izer", 3, "iz"),
    ("ize", 3, "iz"),
    ("ations", 4, ""),
    ("ation", 4, ""),
    ("ating", 4, ""),
    ("ated", 4, ""),
    ("ative", 4, ""),
    ("ator", 4, ""),
    ("ate", 4, ""),
    ("ional", 4, ""),
    ("ability", 4, ""),
    ("ibility", 4, ""),
    ("able", 4, ""),
    ("ible", 4, ""),
    ("ity", 4, ""),
    ("ings", 3, ""),
    ("ing", 3, ""),
    ("ed", 3, ""),
    ("ssion", 2, "ss"),
    ("tion", 3, "t"),
    ("sion", 3, "s"),
    ("e", 3, ""),
)


def normal(text: str) -> str:
    """``text`` without differences of width, case and diacritics."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).lower()
    return _MARK.sub("", unicodedata.normalize("NFD", plain)).translate(_APART)


def words(text: str) -> list[str]:
    """The words of ``text`` in their order, normal: a run of Chinese is one of them.

    A number that is typed onto its unit is a word of its own: `8bit` is read as `8 bit`.
    """
    found = _WORD.findall(_APOSTROPHE.sub("", normal(text)))
    return [part for word in found for part in _parted(word)]


def _parted(word: str) -> tuple[str, ...]:
    amount = _AMOUNT.fullmatch(word)
    return (amount[1], amount[2]) if amount else (word,)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What ``word`` shares with its plural, its other forms and its spelling across the ocean.

    Only words of Latin letters have one; others, and those with digits, are their own.
    """
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return word
    for pattern, instead in _AMERICAN:
        word = pattern.sub(instead, word)
    word = _single(word)
    for ending, least, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word.removesuffix(ending) + instead
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sz" else word


def _single(word: str) -> str:
    """``word`` without the ending of a plural."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(ss|x|ch|sh|zz)es$", word):
        return word[:-2]
    return word[:-1] if re.search(r"[^suiy]s$", word) or word.endswith("ys") else word


def is_han(word: str) -> bool:
    """Whether ``word`` is Chinese: a run of `words` is so as a whole."""
    return "\u3400" <= word[:1] <= "\u9fff"


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of ``text``, in their order."""
    return tuple(map(stem, words(text)))


def key(text: str) -> str:
    """What two ways to write the same name share: no spaces, no hyphens, stems only."""
    return "".join(stems(text))
