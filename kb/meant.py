"""What a value that does not have the form of its field was meant to be: text in, text out.

Each function gives the one form that is meant, or nothing where more than one can be.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]"
)
_LONGEST = 600
"""What is longer than an address or a name can be is a text, and nothing else was meant by it."""
_LONGEST_LIST = 10_000
_CURLY = "“”„‟‘’‚‛«»「」『』＂＇"
_ARXIV = r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
_ARXIV_AT = re.compile(
    rf"""^(?: (?:https?:)?/{{0,2}} [\w.-]* (?:arxiv|alphaxiv|ar5iv|huggingface|papers\.cool)[\w.-]*
          / (?:[\w-]+/)* | (?:doi:)?\s*(?:https?://(?:dx\.)?doi\.org/)?10\.48550/ )?
        (?:arxiv\s*[:.]?\s*)? ({_ARXIV}) (?:v\d+)? (?:\.pdf)?
          (?:\s*\[[\w.-]+\])? (?:[?\#].*)? /?$""",
    re.IGNORECASE | re.VERBOSE,
)
_OTHER_POINT = re.compile(
    r"(?<=\d{4})\s*[。,、·]\s*(?=\d{4,5}(?!\d))|(?<=\d{4})\s+\.\s*(?=\d)|(?<=\d{4}\.)\s+(?=\d)"
)
"""What the point of an arXiv id becomes on a Chinese keyboard, or in a PDF."""
_DOI_AT = re.compile(
    r"^(?:(?:https?://)?(?:dx\.)?doi\.org/|doi\s*[:=]?\s*)?(10\.\d{4,9}/\S+)$", re.I
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august"
        "|sep sept september|oct october|nov november|dec december".split("|"),
        1,
    )
    for name in names.split()
}
_POWERS = {
    "": "",
    "k": "e3",
    "thousand": "e3",
    "m": "e6",
    "million": "e6",
    "g": "e9",
    "b": "e9",
    "bn": "e9",
    "billion": "e9",
    "t": "e12",
    "trillion": "e12",
    "万": "e4",
    "亿": "e8",
}
_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    '"': "\u0308",
    "^": "\u0302",
    "~": "\u0303",
    "c": "\u0327",
    "v": "\u030c",
    "H": "\u030b",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "r": "\u030a",
}
_ACCENT = re.compile(r"""(?<!\\)\{?\\(['`"^~=.]|[cvHur](?=[ {]))\s*\{?(\\?[a-zA-Z])\}?\}?""")
UNITS = {
    word: unit
    for unit, words in {
        "%": "%, percent, pct, per cent",
        "x": "x, ×, times, fold, 倍",
        "points": "points, point, pp, percentage points, 点, 个点, 个百分点, 百分点",
        "ms": "ms, msec, milliseconds, 毫秒",
        "µs": "µs, μs, us, microseconds, 微秒",
        "s": "s, sec, seconds, 秒",
        "min": "min, minutes, 分钟",
        "hours": "h, hours, hour, 小时",
        "days": "days, day, 天",
        "KB": "KB, kB",
        "MB": "MB",
        "GB": "GB",
        "TB": "TB",
        "bits": "bits, bit, 位, 比特",
        "dB": "dB",
        "fps": "fps, FPS, 帧",
        "tokens/s": "tokens/s, token/s, tok/s",
        "W": "W, watts",
        "J": "J, joules",
        "mJ": "mJ",
    }.items()
    for word in (unit, *words.split(", "))
}
"""Units as they are typed, each with the form that the catalogue has."""
_NUMBER = re.compile(r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?)\s*(.*)$", re.I)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_EXPONENT = re.compile(r"10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_OF_TEN = re.compile(
    r"(?:([-+]?\d+(?:\.\d+)?)\s*(?:[x×*·⋅∙]|\\(?:times|cdot))\s*)?10\s*(?:\^|\*\*)\s*\{?\(?([-+]?\d+)\)?\}?(.*)",
    re.I,
)
_RANGE = re.compile(
    r"([-+]?\d+(?:\.\d+)?)\s*%?\s*(?:[-–—~～…]+|to|\.\.+|至|到)\s*(\d+(?:\.\d+)?)\s*(.*)"
)


def bare(text: str) -> str:
    """``text`` without what nobody types on purpose: invisible characters, curly quotes.

    Nothing of a text that is too long to be one value.
    """
    if len(text) > _LONGEST:
        return ""
    text = _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u3000", " ")
    return text.strip(_CURLY + " \t\n")


def invisible(text: str) -> str:
    """The first invisible character in ``text`` as its number, such as U+200B, or nothing."""
    found = _INVISIBLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def accents(text: str) -> Iterator[tuple[int, int, str]]:
    """Begin and end of each accent of LaTeX in ``text``, and the letter that it makes."""
    for found in _ACCENT.finditer(text):
        letter = found[2].lstrip("\\") + _ACCENTS[found[1]]
        yield found.start(), found.end(), unicodedata.normalize("NFC", letter)


def letters(text: str) -> str:
    """``text`` with the accents of LaTeX as letters."""
    for start, end, letter in reversed(list(accents(text))):
        text = text[:start] + letter + text[end:]
    return text


def arxiv(text: str) -> str:
    """The arXiv id in an address, behind a prefix, or with a version."""
    text = unicodedata.normalize("NFKC", bare(text)).strip("\"'<>().,。")
    found = _ARXIV_AT.match(_OTHER_POINT.sub(".", text))
    return found[1] if found else ""


def year_of_arxiv(id: str) -> int:
    """The year in which arXiv numbered the preprint ``id``."""
    short = int(id.rpartition("/")[2][:2])
    return 1900 + short if short > 90 else 2000 + short


def month_of_arxiv(id: str) -> datetime.date | None:
    """The first day of the month in which arXiv numbered the preprint ``id``."""
    month = int(id.rpartition("/")[2][2:4])
    return datetime.date(year_of_arxiv(id), month, 1) if 1 <= month <= 12 else None


def arxiv_of_number(number: float) -> str:
    """The arXiv id that was typed without quotes: its zeros at the end are lost."""
    whole, _, rest = f"{number}".partition(".")
    if not (re.fullmatch(r"\d{3,4}", whole) and re.fullmatch(r"\d{1,5}", rest)):
        return ""
    whole = whole.zfill(4)
    return f"{whole}.{rest.ljust(5 if whole >= '1501' else 4, '0')}"


def doi(text: str) -> str:
    """The DOI in an address or behind a prefix."""
    text = unicodedata.normalize("NFKC", bare(text)).strip("\"'<>").rstrip(".,;。")
    found = _DOI_AT.match(re.sub(r"\b10[。,](?=\d{4,9}/)", "10.", text))
    return found[1] if found else ""


def days(text: str) -> list[datetime.date]:
    """The days that ``text`` can mean: one, several where day and month cannot be told, or none."""
    text = unicodedata.normalize("NFKC", bare(text)).strip("\"'")
    text = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text)
    if found := re.match(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
        r"(?:T[\d:.]+(?:Z|[-+]\d\d:?\d\d)?$|\b)",
        text,
    ):
        return _days([(found[1], found[2], found[3])])
    if re.fullmatch(r"(19|20)\d{6}", text):
        return _days([(text[:4], text[4:6], text[6:])])
    if found := re.fullmatch(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})", text):
        return _days([(found[3], found[1], found[2]), (found[3], found[2], found[1])])
    words = re.findall(r"[a-z]+|\d+", text.lower())
    month = [_MONTHS[word] for word in words if word in _MONTHS]
    numbers = [word for word in words if word.isdigit()]
    years = [word for word in numbers if len(word) == 4]
    rest = [word for word in numbers if len(word) < 3]
    if len(words) == 3 and len(month) == len(years) == len(rest) == 1:
        return _days([(years[0], str(month[0]), rest[0])])
    return []


def _days(parts: list[tuple[str, str, str]]) -> list[datetime.date]:
    found = []
    for year, month, day in parts:
        try:
            found.append(datetime.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def number(text: str, unit: str = "") -> tuple[str, str]:
    """The number in ``text`` as YAML writes it, and the unit behind it; ("", "") for none.

    ``unit`` is the one that stands beside it: repeated, it means nothing more, as M does for
    millions. What is behind a number and no unit makes it unclear which number is meant.
    """
    text = _with_exponent(_plain(text))
    found = _NUMBER.match(text)
    if not found:
        return "", ""
    digits, rest = found[1].replace(",", "").lstrip("+"), found[2].strip(" ;,.。，；、年")
    if re.fullmatch(r"0\d+", digits) or re.match(r"[.,]\s*\d", found[2].strip()):
        return "", ""
    if not rest or rest == unit:
        return digits, rest
    power = _POWERS.get(rest) or _POWERS.get(rest.lower())
    if power and "e" not in digits.lower():
        return digits + power, ""
    known = UNITS.get(rest) or UNITS.get(rest.lower())
    return (digits, known) if known else ("", "")


def span(text: str) -> tuple[float, float] | None:
    """The two ends of the range in ``text``, the lower first; None if it is no range."""
    found = _RANGE.fullmatch(_plain(text))
    if not found or (found[3] and found[3] not in UNITS):
        return None
    low, high = float(found[1]), float(found[2])
    return (low, high) if low < high else None


def _plain(text: str) -> str:
    """``text`` with its characters in their plain form; raised digits become a power."""
    text = _EXPONENT.sub(lambda found: f"10^{found[1].translate(_RAISED)}", bare(text))
    return unicodedata.normalize("NFKC", text).strip("\"' ").replace("−", "-")


def _with_exponent(text: str) -> str:
    """``text`` with a power of ten behind its number as YAML writes it: 12.8×10^6 as 12.8e6."""
    found = _OF_TEN.fullmatch(text)
    return f"{found[1] or 1}e{int(found[2])}{found[3]}" if found else text


def pieces(text: str) -> list[str]:
    """The items of a list that was typed as one text; none of one that nobody typed."""
    if len(text) > _LONGEST_LIST:
        return []
    text = " ".join(text.strip().strip("[]【】〔〕［］").split())
    if re.search(r"\band\b|;|；", text) and not re.search(r"[、，]", text):
        parts = re.split(r" and |[;；]", text)
    else:
        parts = re.split(r"[,，、;；]", text)
    return [part.strip().strip("\"'“”") for part in parts if part.strip()]


def word(text: str, words: list[str]) -> str:
    """That of ``words`` which ``text`` is but for case, hyphens and quotation marks."""
    wanted = _folded(text)
    found = [one for one in words if _folded(one) == wanted]
    return found[0] if len(found) == 1 and wanted else ""


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", bare(text)).casefold()
    return "".join(one for one in text if one.isalnum())


def slug(text: str) -> str:
    """``text`` as an id: a-z, 0-9 and single hyphens."""
    text = unicodedata.normalize("NFKD", bare(text)).casefold()
    text = "".join(one for one in text if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")
