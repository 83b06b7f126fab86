"""What a plain name says: family and given name, particles, suffixes, organizations.

A table decides; what it can't tell is typed in parts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# Particles that belong to the family name wherever they stand before it.
_PARTICLES = frozenset(
    "van von vom zu zur zum de del della dello degli dei di da das do dos du la le les lo "
    "der dem den het 't ten ter te op af av bin ibn al el st. san santa y".split()
)
# Capitalized, only these are safe: `Le`, `Da`, `Di` and `Du` are given names in many countries.
_CAPITALIZED = frozenset("Van Von De Del Della Der Den Dos Ter Ten".split())
_ROMAN = re.compile(r"II|III|IV")
_ORGANIZATION = re.compile(
    r"\b(Inc|Ltd|LLC|GmbH|Corp|Corporation|Company|Co|AG|Team|Group|University|Institute|Laborator(y|ies)|Labs?|"
    r"Research|Foundation|Consortium|Collaboration|Committee|Association|Society|Project|Authors|"
    r"Intelligence|Technologies|Contributors)\b\.?|[-\s]AI\b|^(OpenAI|DeepMind|DeepSeek|Anthropic|Qwen|Meta|Google|NVIDIA)\b"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person; ``family`` holds the particles: Laurens | van der Maaten."""

    given: str
    family: str
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Organization:
    """A body that signs as a whole."""

    name: str


@dataclass(frozen=True, slots=True)
class Inverted:
    """`Family, Given`: the order of a bibliography, not of a name.

    ``instead`` is the name in its own order.
    """

    instead: str


@lru_cache(maxsize=8192)
def read(name: str) -> Person | Organization | Inverted:
    """What ``name`` says, by the table."""
    words = without_degrees(name.replace("\u00a0", " ")).split()
    words, suffix = _without_suffix(words)
    plain = " ".join(words)
    if "," in plain:
        family, _, given = (part.strip() for part in plain.partition(","))
        if not _ORGANIZATION.search(plain):
            return Inverted(
                " ".join(part for part in (given.replace(",", ""), family, suffix) if part)
            )
    if _ORGANIZATION.search(name):
        return Organization(name)
    if len(words) < 2:
        return Person("", plain, suffix)
    start = _family_start(words)
    return Person(" ".join(words[:start]), " ".join(words[start:]), suffix)


_ADDRESSED = re.compile(r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\b\.? ?)+(?=\w)", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:,? \(?(?:Ph\. ?D|PhD|D\. ?Phil|DPhil|M\.D|[MB]\. ?Sc|[MB]Sc|MPhil|MBA|Dr|Prof)\b\.?\)?"
    r"|, MD)+$",
    re.IGNORECASE,
)


def without_degrees(name: str) -> str:
    """``name`` without `Prof.` before it and `PhD` behind it, which citations leave out."""
    alone = _DEGREE.sub("", _ADDRESSED.sub("", name, count=1) if _ADDRESSED.match(name) else name)
    return alone or name


def may_be_several(name: str) -> bool:
    """Whether ``name`` has so many words that it may be those of two authors."""
    return len([word for word in name.split() if word not in _PARTICLES]) > 3


def _without_suffix(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 2 and _is_suffix(words[-1]):
        return [*words[:-2], words[-2].rstrip(",")], words[-1]
    return words, ""


def _is_suffix(word: str) -> bool:
    return bool(_ROMAN.fullmatch(word) or re.fullmatch(r"(jr|sr)\.?", word, re.IGNORECASE))


def _family_start(words: list[str]) -> int:
    """Where the family name begins: at the first particle in lower case.

    If there is none, at the last word and its capital particles.
    """
    lower = (at for at, word in enumerate(words[1:-1], 1) if word in _PARTICLES)
    start = next(lower, len(words) - 1)
    while start > 1 and words[start - 1] in _CAPITALIZED:
        start -= 1
    return start


@dataclass(frozen=True, slots=True)
class UnfitName:
    """A text that is not one author's name: why, what to do, and the names if they are clear."""

    message: str
    hint: str
    instead: tuple[str, ...] = ()


_ET_AL = re.compile(r"\bet\.?\s*al\b\.?|(\band\s+|^)others\b\.?$|\u7b49(\u4eba)?$", re.IGNORECASE)
_NOBODY = re.compile(
    r"(anonymous|anon\.?|unknown)( (ACL|authors?|submission|\(s\)))*|authors?(\(s\))?|n/?a|none"
    r"|\u533f\u540d(\u4f5c\u8005)?|\u4f5a\u540d|\u4f5c\u8005",
    re.IGNORECASE,
)
"""What stands where the names are not told, as in a paper under review."""
_SEVERAL = re.compile(r" ?[\uff0c\u3001;\uff1b&] ?| and ")
_OPENS, _ENDS = "(\uff08[\u3010", ")\uff09]\u3011"
_MARKS = re.compile(
    r"\$?\^\{?[\w,*]*\}?\$?"
    r"|[\d*#\u00a7\u00b6\u00aa\u00ba\u00b9\u00b2\u00b3\uff0a\ufe0e\ufe0f"  # § ¶ ª º ¹ ² ³
    r"\u2016\u2020\u2021\u2055"  # ‖ † ‡
    r"\u1d2c-\u1d6a\u1d9c-\u1dbf\u2070-\u209c"  # raised letters and digits
    r"\u2200-\u22ff\u25a0-\u27bf\u2b50\U0001f4e7\U0001f582]+"  # ∗ ⋆, ★ ✉ and their like
)
"""What footnotes and addresses are marked with behind a name."""
_IN_CHINESE = re.compile(
    r"(.*[^\W\d_\u4e00-\u9fff].*?)\s*[(\uff08]?([\u4e00-\u9fff]{2,4})[)\uff09]?"
)
_NO_NAME = re.compile("[\u5b66\u9662\u6240\u53f8\u5ba4\u7ec4\u961f\u56e2]$")
"""Chinese characters with which universities, institutes, companies, laboratories and teams end."""
_USUAL = re.compile(
    r"(?!(?:Dr|Prof|Professor|Mr|Mrs|Ms) )"
    r"(?:[A-Z][a-z]+|[A-Z]\.)(?: [A-Z][a-z]+| [A-Z]\.)* [A-Z][a-z]{2,}"
)
"""A name that no other pattern takes for something else: most are of this form."""
_INITIALS = re.compile(
    r"([^\W\d_][\w'\u2019-]+(?: [^\W\d_][\w'\u2019-]+)?),? ((?:[A-Z]\.[ -]?){1,4})"
)


def unfit(name: str) -> UnfitName | None:
    """Why ``name`` is not the plain name of one author; None if it may be one."""
    return (
        None
        if _USUAL.fullmatch(name) and not _NOBODY.match(name)
        else _unfit(" ".join(name.split()))
    )


def _unfit(name: str) -> UnfitName | None:
    if _ET_AL.search(name):
        return UnfitName(
            "`et al.` in place of the other authors", "name all authors, every one in full"
        )
    if _NOBODY.fullmatch(name):
        return UnfitName(
            f"`{name}` names nobody",
            "name the authors as the published paper does; "
            "until it is published, leave the paper out",
        )
    if "@" in name:
        return UnfitName(f"an e-mail address in the name `{name}`", "write the name alone")
    if _ORGANIZATION.search(name) and not re.search("[\uff0c\u3001]", name) and "(" not in name:
        return None
    if len(several := [part for part in _SEVERAL.split(name) if part]) > 1:
        names = tuple(
            found.instead if isinstance(found := read(one), Inverted) else one for one in several
        )
        listed = ", ".join(names)
        wide = re.search("[\uff0c\u3001\uff1b]", name)
        said = f"with the full-width comma U+{ord(wide[0]):04X}" if wide else ""
        message = f"several names in one {said}".rstrip()
        return UnfitName(message, f"put an ASCII comma and a blank between them: {listed}", names)
    return _with_more(name) or _in_odd_order(name) or _odd_letters(name)


def _with_more(name: str) -> UnfitName | None:
    """What stands around the name of one author: Chinese, an affiliation, marks, degrees."""
    if (both := _IN_CHINESE.fullmatch(name)) and not _NO_NAME.search(both[2]):
        return UnfitName(
            f"a name in Chinese behind the name `{both[1]}`",
            f"write {{name: {both[1]}, zh: {both[2]}}}",
        )
    if (bracket := _last_bracket(name)) >= 0:
        alone = name[:bracket].strip()
        return UnfitName(
            f"an affiliation in brackets behind the name `{alone}`",
            f"write the name alone: {alone}",
            (alone,) if alone else (),
        )
    if _MARKS.search(name):
        alone = " ".join(_MARKS.sub("", name).split()).strip(" ,")
        return UnfitName(
            f"a mark of a footnote in the name `{name}`",
            f"write the name alone: {alone}",
            _fit(alone),
        )
    if (alone := without_degrees(name)) != name:
        return UnfitName(
            f"a title or degree in the name `{name}`", f"write the name alone: {alone}", _fit(alone)
        )
    return None


def _in_odd_order(name: str) -> UnfitName | None:
    """Why ``name`` is not in its own order, if initials at its end say so."""
    initials = _INITIALS.fullmatch(name)
    if initials and initials[1].split()[0] not in _PARTICLES:
        turned = f"{initials[2].strip()} {initials[1]}"
        return UnfitName(
            f"`{name}` has its initials behind the family name",
            f"write {turned}, or better the given name in full",
            (turned,),
        )
    return None


def unpointed(names: Sequence[str]) -> dict[int, UnfitName]:
    """Which of ``names`` end in initials without points, by number.

    None if another name has neither these nor initials with points before it, as in a list that is
    half mended. One alone proves nothing: some family names have one letter.
    """
    if len(names) < 2 or not any(name[-1:].isupper() for name in names):
        return {}
    found = [_UNPOINTED.fullmatch(name) for name in names]
    if not all(one or _POINTED.match(name) for one, name in zip(found, names, strict=True)):
        return {}
    said = {}
    for number, one in enumerate(found):
        if one and (letters := " ".join(f"{letter}." for letter in one[2])):
            hint = f"write {letters} {one[1]}, or better the given name in full"
            said[number] = UnfitName(
                f"`{one[0]}` has its initials behind the family name",
                hint,
                (f"{letters} {one[1]}",),
            )
    return said


_POINTED = re.compile(r"(?:[A-Z]\. ?)+[A-Z]")
_UNPOINTED = re.compile(r"([A-Z][a-z]+(?:[-'’][A-Z][a-z]+)?(?: [A-Z][a-z]+)?),? ([A-Z]{1,3})")


def _fit(name: str) -> tuple[str, ...]:
    """``name``, if nothing else is wrong with it."""
    return () if " " not in name or unfit(name) or isinstance(read(name), Inverted) else (name,)


def _odd_letters(name: str) -> UnfitName | None:
    """Why letters of ``name`` are too large or too small; family names are often in capitals."""
    words, _ = _without_suffix(name.split())
    if len(words) < 2 or isinstance(read(name), Inverted):
        return None
    loud = [word for word in words if _loud(word)]
    if any(len(word) > 3 for word in loud) or (_names_family(words[0]) or _loud(words[-1])):
        return _in_capitals(name, words)
    quiet = [words[at] for at in (0, -1) if words[at].islower()]
    if not _PARTICLES.issuperset(quiet):
        better = " ".join(word if word in _PARTICLES else word.title() for word in words)
        hint = f"write {better}; if it is spelt so, as {{given: …, family: …}}"
        return UnfitName(f"small letters in the name `{name}`", hint)
    return None


def _in_capitals(name: str, words: list[str]) -> UnfitName:
    """What to write for ``name``: letters and order are only mended where both are sure."""
    message = f"capital letters in the name `{name}`"
    if not all(_sure_in_small(word) for word in words if _loud(word)):
        return UnfitName(
            message, "write it as its bearer does, such as McDonald, O'Neil, de la Cruz or J. S."
        )
    plain = [word.title() if _loud(word) else word for word in words]
    better = name.replace(" ".join(words), " ".join(plain))
    all_loud = all(_loud(word) or "." in word for word in words)
    if _loud(words[0]) and not all_loud:
        turned = " ".join([*plain[1:], plain[0]])
        return UnfitName(
            message,
            f"write {turned} if {plain[0]} is the family name, {better} if {plain[-1]} is",
        )
    sure = all_loud or len(words[-1]) > 3
    return UnfitName(message, f"write {better}", (better,) if sure else ())


def _loud(word: str) -> bool:
    """Whether ``word`` is in capital letters and no initial."""
    return word.isupper() and len(word) > 1 and "." not in word


_SYLLABLE = re.compile(r"[B-DF-HJ-NP-TV-Z]+[AEIOU]|[A-Z]{2,}[AEIOU]|[AEIOU][A-Z]{2,}")


def _names_family(word: str) -> bool:
    """Whether ``word`` in capitals can be a name such as LI or NG; JS and AJ are initials."""
    return _loud(word) and (
        bool(_SYLLABLE.match(word)) or len(word) > 3 or word in ("AN", "LY", "NG", "AO", "OU")
    )


def _sure_in_small(word: str) -> bool:
    """Whether ``word`` in capitals has but one spelling with small letters."""
    plain = re.fullmatch(r"(?!MA?C)[^\W\d_\u0130\u015e\u011e]+", word)
    return bool(plain) and word.lower() not in _PARTICLES and _names_family(word)


def _last_bracket(name: str) -> int:
    """Where the bracket opens with which ``name`` ends, closed or not; -1 if there is none."""
    inside = name[:-1] if name.endswith(tuple(_ENDS)) else name
    after = max(map(inside.rfind, _ENDS)) + 1
    return min((at for one in _OPENS if (at := inside.find(one, after)) >= 0), default=-1)
