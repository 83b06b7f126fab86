"""Rules on what a text says: nothing unseen, no placeholder, each language its own words."""

import json
import re
from collections.abc import Iterator
from itertools import islice

from kb.catalog import Entry
from kb.rules.rule import Knowledge, Trouble
from kb.source.mends import Mend
from kb.source.reader import Keys
from kb.walk import texts, without_code

_TURNS, _HIDES = (
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "\u00ad\u180e\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f",
)
"""What turns the direction of writing; what is never seen: joiners and variation selectors belong
to names and emoji."""
_BIDI, _UNSEEN = re.compile(f"[{_TURNS}]"), re.compile(f"[{_HIDES}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters among which such a mark may be needed."""
_ODD = re.compile(f"[{_TURNS}{_HIDES}]")
_LATIN = (
    *("todo", "fixme", "tbd", "tba", "xxx", "lorem ipsum", "placeholder", "fill in", "fill me in"),
    *("to be added", "to be written", "to be done"),
)
_HAN = ("待补", "待写", "待定", "待填", "暂无", "占位")
_PLACEHOLDER = re.compile(
    rf"\s*(?:\b(?:{'|'.join(_LATIN)})x*\b|(?:{'|'.join(_HAN)})充?)\W*.{{0,40}}$", re.IGNORECASE
)
_ALONE = re.compile(
    r"\W*(?:n\.?/?a\.?|none|null|nil|coming soon|to follow|see above|same as above|ditto|as above"
    "|translation pending|略|同上|见上文?|如上|如题|翻译中|未翻译|无|空)\\W*",
    re.IGNORECASE,
)
"""What is a placeholder only if nothing else is said."""
_SAYS = re.compile(r"\w")
_SHORT = 30
_FEW_WORDS = 5
CHINESE = re.compile(r"[\u3400-\u9fff]")
_MOST = 100
"""So many texts of an entry are named by one rule; more would teach nothing new."""
_READ = frozenset(
    "title title_en title_zh name aliases authors given family organization publisher en zh taiwan "
    "where place note why heading heading_en series short abbreviations version old new "
    "model dataset metric unit context split checkpoint baseline evaluator library hardware".split()
)
"""Fields that hold words for readers, which may go on behind a `#`."""
_LATIN_WORD = re.compile("[A-Za-z]+ [A-Za-z]+")
_HTML = re.compile(r"<[a-zA-Z/!?]")


def raw_html(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text contains something that looks like an HTML tag.

    Why it matters: texts are shown as written; readers would see the tag, and what it was
    meant to do is not allowed.

    Example:

        summary: {en: "<script>alert(1)</script>", zh: …}

    Instead: use `*emphasis*`, `` `code` ``, `[text](https://…)` or `$formula$`; put code into
    backticks.
    """
    for entry in knowledge.holding(_HTML):
        for keys, text in texts(entry.model):
            address = "authors" in keys and "@" in text  # what no name is, which is said there
            if keys[-1] not in _NO_TEXT and not address and _HTML.search(without_code(text)):
                yield Trouble(
                    entry,
                    keys,
                    "raw HTML in a text",
                    "use the small Markdown subset, or put code into backticks",
                )


_NO_TEXT = frozenset({"tex", "url", "read"})
"""Formulas and addresses have rules of their own."""


def bidirectional_control(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text contains characters that change the direction of writing.

    Why it matters: a text with them shows something other than it says.

    Example:

        title: "abc\\u202Edef"

    Instead: delete the character.
    """
    for entry in knowledge.holding(_ODD):
        for keys, text in texts(entry.model):
            if found := _BIDI.search(text):
                better = _BIDI.sub("", text)
                sure = keys[-1] not in _NO_TEXT and not _RIGHT_TO_LEFT.search(better)
                yield Trouble(
                    entry,
                    keys,
                    f"bidirectional control character `U+{ord(found[0]):04X}`",
                    "delete it",
                    _retyped(entry, keys, text, better) if sure else None,
                )


def _retyped(entry: Entry, keys: Keys, text: str, better: str) -> Mend | None:
    """What writes ``better`` for the ``text`` at ``keys``; None if that does not stand there.

    A text may be typed in place of the part it is in: an author's name in place of the author.
    """
    typed = (at for at in (keys, keys[:-1]) if at and entry.typed(at) == text)
    at = next(typed, None) if better.strip() else None
    return Mend(at, better) if at else None


def placeholder_text(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text is only a placeholder.

    Why it matters: readers would see it.

    Example:

        summary: {en: TODO, zh: 待补}

    Instead: the text; or leave the field out if it may be missing.
    """
    suspects = (entry for entry in knowledge.entries if entry.places.may_say(_LATIN + _HAN))
    for entry in suspects:
        for keys, text in texts(entry.model):
            if found := _PLACEHOLDER.match(text):
                yield Trouble(
                    entry,
                    keys,
                    f"`{found[0].strip()[:40]}` is a placeholder, not a text",
                    "write the text, or leave the field out if it may be missing",
                )
    for entry, keys, both in knowledge.bilingual:
        for language, text in (("en", both.en or ""), ("zh", both.zh or "")):
            if len(text) < _SHORT and (_ALONE.fullmatch(text) or not _SAYS.search(text)):
                yield Trouble(
                    entry,
                    (*keys, language),
                    f"`{text.strip()}` is a placeholder, not a text",
                    "write the text, or leave the field out if it may be missing",
                )


def one_language_twice(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text says the same in both languages, lacks Chinese, or has the two swapped.

    A quotation may stand in its own language. Or an article with a Chinese title is called English.

    Why it matters: Chinese readers get English, or English readers Chinese.

    Example:

        summary: {en: Small weights are dropped., zh: Small weights are dropped.}

    Instead: say it in the other language, as a native would.
    """
    for entry, keys, both in knowledge.bilingual:
        en, zh = both.en or "", both.zh or ""
        if _swapped(en, zh):
            yield Trouble(
                entry,
                (*keys, "en"),
                "the two languages are swapped: English stands under `zh`, Chinese under `en`",
                "write `en` for `zh`, and `zh` for `en`",
                Mend(keys, ("en", "zh"), "swap"),
            )
        elif _foreign(zh):
            same = " and equals the English one" if en == zh else ""
            yield Trouble(
                entry,
                (*keys, "zh"),
                f"the Chinese text holds no Chinese{same}",
                "say the same in Chinese (中文)",
            )
        elif _is_chinese(en):
            yield Trouble(
                entry, (*keys, "en"), "the English text is Chinese", "say the same in English"
            )
    for entry in knowledge.entries:
        yield from _other_language(entry)
        title = entry.model.__dict__.get("title_en") or ""
        if CHINESE.search(title) and not _LATIN_WORD.search(title):
            yield Trouble(
                entry, ("title_en",), "the English title is Chinese", "say the same in English"
            )


def _other_language(entry: Entry) -> Iterator[Trouble]:
    """That an article is said to be English whose title, as printed, is Chinese."""
    values = entry.model.__dict__
    title = values.get("title") or "" if values.get("language") == "en" else ""
    if not title.isascii() and CHINESE.search(title) and not _LATIN_WORD.search(title):
        yield Trouble(
            entry,
            ("language",),
            "`language` is `en`, but the title is Chinese",
            "write `zh`; if the article is English, give the title as it prints it",
        )


def invisible_character(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text holds a character that nobody sees, such as a zero-width blank.

    Why it matters: whoever searches for the words does not find them, and the character may say
    something to programs that readers are not told.

    Example:

        title: "Toy\\u200B Soldiers"

    Instead: title: Toy Soldiers
    """
    for entry in knowledge.holding(_ODD):
        yield from islice(_with_unseen(entry), _MOST)


def _with_unseen(entry: Entry) -> Iterator[Trouble]:
    for keys, text in texts(entry.model):
        named = _named(keys)
        if named in _READ and (found := _UNSEEN.search(text)):
            better = _UNSEEN.sub("", text)
            yield Trouble(
                entry,
                keys,
                f"invisible character `U+{ord(found[0]):04X}` in `{named}`",
                "delete it",
                _retyped(entry, keys, text, better),
            )


def _named(keys: Keys) -> str:
    """The field in which the value at ``keys`` stands."""
    return next((key for key in reversed(keys) if isinstance(key, str)), "")


def text_before_comment(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text without quotes is followed by ` #`, with which YAML begins a comment.

    Why it matters: what stands behind is cut off, and nothing else says so. Comments stand on lines
    of their own, or behind ids, numbers, dates, closed brackets and texts in quotes.

    Example:

        title: Folding Layers in C # and Narrow Ones

    Instead: title: "Folding Layers in C # and Narrow Ones"
    """
    for entry in knowledge.entries:
        if entry.places.may_say((" #",)):
            yield from islice(_cut_off(entry), _MOST)


def _cut_off(entry: Entry) -> Iterator[Trouble]:
    """The texts behind which a comment begins; one may be typed in place of the part it is in."""
    for keys, text in texts(entry.model):
        for at in (keys, keys[:-1]):
            named = _named(at)
            if named in _READ and (comment := entry.comment_behind(at)):
                yield _before_comment(entry, at, named, text, comment)


def _before_comment(entry: Entry, keys: Keys, named: str, text: str, comment: str) -> Trouble:
    whole = json.dumps(f"{text} {comment}", ensure_ascii=False)
    return Trouble(
        entry,
        keys,
        f"`{named}` ends before ` {comment}`, which is a comment",
        f"if it belongs to the text, write {whole}; if not, put it on a line of its own, above",
    )


def _swapped(en: str, zh: str) -> bool:
    """Whether the Chinese stands where English belongs, and words without Chinese in its place."""
    if en.isascii() or 2 * len(CHINESE.findall(en)) <= len(en):
        return False
    return bool(re.search("[A-Za-z]{2}", zh)) and not CHINESE.search(without_code(zh))


def _foreign(zh: str) -> bool:
    """Whether a text of several words that should be Chinese holds none, nor a quotation."""
    if CHINESE.match(zh) or len(zh.split()) <= _FEW_WORDS:
        return False
    return "“" not in zh and '"' not in zh and not CHINESE.search(without_code(zh))


def _is_chinese(en: str) -> bool:
    """Whether most of a text that should be English is Chinese."""
    return not en.isascii() and len(en) > _FEW_WORDS and 2 * len(CHINESE.findall(en)) > len(en)
