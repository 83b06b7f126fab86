"""Rules on texts and addresses: what may not be shown to a reader."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice

from kb import meant
from kb.addresses import Fault, captcha, expiring, ill_written, tracked, unsafe
from kb.catalog import Entry
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Paper
from kb.source.mends import Mend
from kb.source.reader import Keys
from kb.walk import pairs, texts, without_code

_TURNS, _HIDES = (
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "\u00ad\u180e\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f",
)
"""What turns the direction of writing; what is never seen: joiners and variation selectors belong
to names and emoji."""
_BIDI, _UNSEEN = re.compile(f"[{_TURNS}]"), re.compile(f"[{_HIDES}]")
_ODD = re.compile(f"[{_TURNS}{_HIDES}]")
_LATIN = (
    *("todo", "fixme", "tbd", "tba", "xxx", "lorem ipsum", "placeholder", "fill in", "fill me in"),
    *("to be added", "to be written", "to be done"),
)
_HAN = ("待补", "待写", "待定", "待填", "暂无", "占位")
_PLACEHOLDER = re.compile(
    rf"\s*(?:\b(?:{'|'.join(_LATIN)})x*\b|(?:{'|'.join(_HAN)})充?)\W*.{{0,40}}$", re.IGNORECASE
)
_FEW_WORDS = 5
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_HALF = re.compile(r"[,;:!?.](?<=[\u4e00-\u9fff].)(?:(?<!\.) )?(?=$|[\u4e00-\u9fff])")
"""Begins with the mark itself, so that a search looks at few characters of a file."""
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
_LATEX = re.compile(r"[{}]|\\[a-zA-Z&%'`\"^~=.]")
_MOST = 100
"""So many texts of an entry are named by one rule; more would teach nothing new."""
_READ = frozenset(
    "title title_en title_zh name aliases authors given family organization publisher en zh taiwan "
    "where place note why heading heading_en series short abbreviations version old new "
    "model dataset metric unit context split checkpoint baseline evaluator library hardware".split()
)
"""Fields that hold words for readers, which may go on behind a `#`."""
_PAIRED = (("“", "”"), ("「", "」"), ("『", "』"), ("«", "»"))
_MARKS = frozenset('"“”„‟＂「」『』«»')
_OPENING = re.compile("[“”「」『』«»]")
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
    for entry in _holding(knowledge, _HTML):
        for keys, text in texts(entry.model):
            if keys[-1] not in _NO_TEXT and _HTML.search(without_code(text)):
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
    for entry in _holding(knowledge, _ODD):
        for keys, text in texts(entry.model):
            if found := _BIDI.search(text):
                yield Trouble(
                    entry,
                    keys,
                    f"bidirectional control character `U+{ord(found[0]):04X}`",
                    "delete it",
                )


def unsafe_address(knowledge: Knowledge) -> Iterator[Trouble]:
    """An address that is not plain http or https to a host, or is not that of the page itself.

    It has its scheme twice, another address or a punctuation mark behind it, or it only leads on.

    Why it matters: `javascript:` and `data:` addresses run code when clicked; passwords in
    addresses leak; what is ill written leads nowhere.

    Example:

        url: "javascript:alert(1)"

    Instead: an https address.
    """
    yield from _addresses(knowledge, lambda url: unsafe(url) or ill_written(url))


def captcha_address(knowledge: Knowledge) -> Iterator[Trouble]:
    """The address of a captcha page.

    Why it matters: it shows a puzzle to everybody and hides the real address in a parameter.

    Example:

        https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?target_url=…

    Instead: the address that stands in `target_url`.
    """
    yield from _addresses(knowledge, captcha)


def expiring_address(knowledge: Knowledge) -> Iterator[Trouble]:
    """A signed WeChat address.

    Why it matters: it dies within a day.

    Example:

        https://mp.weixin.qq.com/s?timestamp=1&signature=abc

    Instead: open the article on a phone and copy the short link.
    """
    yield from _addresses(knowledge, expiring)


def tracking_parameter(knowledge: Knowledge) -> Iterator[Trouble]:
    """An address has parameters that only track the reader.

    Why it matters: the same page gets several addresses, and readers are tracked.

    Example:

        https://example.org/post?utm_source=twitter

    Instead: the address without them; the hint shows it.
    """
    yield from _addresses(knowledge, tracked)


def http_where_https_answers(knowledge: Knowledge) -> Iterator[Trouble]:
    """An address begins with http although the same page answers at https.

    Why it matters: anybody on the way can read and change what the reader gets, and one page
    has two addresses.

    Example:

        url: http://example.org/post, and the link ledger saw https://example.org/post

    Instead: the address with https; the hint shows it.
    """
    known = {url for _, _, url in knowledge.addresses if url.startswith("https://")}
    for entry, keys, url in knowledge.addresses:
        secure = f"https{url[4:]}"
        if url.startswith("http://") and (secure in known or _answers(knowledge, url, secure)):
            yield Trouble(
                entry,
                keys,
                f"`{url}` answers at https, too",
                f"instead: {secure}",
                _instead(entry, keys, url, secure),
            )


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


def one_language_twice(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text says the same in both languages, or has no Chinese where Chinese belongs.

    A quotation may stand in its own language.

    Why it matters: Chinese readers get English, or English readers Chinese.

    Example:

        summary: {en: Small weights are dropped., zh: Small weights are dropped.}

    Instead: say it in the other language, as a native would.
    """
    for entry in knowledge.entries:
        for keys, both in pairs(entry.model):
            en, zh = both.en or "", both.zh or ""
            if _foreign(zh):
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


def half_width_punctuation(knowledge: Knowledge) -> Iterator[Trouble]:
    """English punctuation between Chinese characters.

    Why it matters: Chinese is set with full-width punctuation; the other kind looks like a slip.

    Example:

        zh: 剪掉,再训练

    Instead: the full-width comma, U+FF0C
    """
    for entry in _holding(knowledge, _HALF):
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
    return " " in title and (title.isupper() or title.islower()) and not _CHINESE.search(title)


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
    for entry in _holding(knowledge, _OPENING):
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


def invisible_character(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text holds a character that nobody sees, such as a zero-width blank.

    Why it matters: whoever searches for the words does not find them, and the character may say
    something to programs that readers are not told.

    Example:

        title: "Toy\\u200B Soldiers"

    Instead: title: Toy Soldiers
    """
    for entry in _holding(knowledge, _ODD):
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
                Mend(keys, better) if better.strip() and entry.typed(keys) == text else None,
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


def unlatex(text: str) -> str:
    """``text`` without the braces of BibTeX, its accents as letters."""
    text = meant.letters(text)
    text = re.sub(r"\\([&%$#_{}])", r"\1", text)
    text = re.sub(r"\\(?:emph|textit|textbf|texttt|mbox|text)\s*(?=\{)", "", text)
    return text.replace("{", "").replace("}", "").replace("~", " ")


def _foreign(zh: str) -> bool:
    """Whether a text of several words that should be Chinese holds none, nor a quotation."""
    if _CHINESE.match(zh) or len(zh.split()) <= _FEW_WORDS:
        return False
    return "“" not in zh and '"' not in zh and not _CHINESE.search(without_code(zh))


def _is_chinese(en: str) -> bool:
    """Whether most of a text that should be English is Chinese."""
    return not en.isascii() and len(en) > _FEW_WORDS and 2 * len(_CHINESE.findall(en)) > len(en)


def _full_width(text: str) -> str:
    """``text`` with full-width punctuation between Chinese characters, not in code or formulas."""
    parts = re.split(r"(`[^`]*`|\$[^$]*\$)", text)
    return "".join(
        part if part[:1] in "`$" and len(part) > 1
        else _HALF.sub(lambda found: _FULL[found[0].strip()], part)
        for part in parts
    )  # fmt: skip


def _answers(knowledge: Knowledge, url: str, secure: str) -> bool:
    """Whether the newest good look found the page at its https address, or was led there."""
    there, here = knowledge.ledger.get(secure), knowledge.ledger.get(url)
    return bool((there and there.good) or (here and here.good and here.good.address == secure))


def _holding(knowledge: Knowledge, pattern: re.Pattern[str]) -> Iterator[Entry]:
    """Entries whose file may hold ``pattern``: a look before the walk."""
    return (entry for entry in knowledge.entries if entry.places.may_hold(pattern))


def _addresses(knowledge: Knowledge, judge: Callable[[str], Fault | None]) -> Iterator[Trouble]:
    verdicts: dict[str, Fault | None] = {}
    for entry, keys, url in knowledge.addresses:
        if url not in verdicts:
            verdicts[url] = judge(url)
        if fault := verdicts[url]:
            yield Trouble(
                entry,
                keys,
                f"`{url}`: {fault.message}",
                f"instead: {fault.instead}"
                if fault.instead
                else "find the address of the page itself",
                _instead(entry, keys, url, fault.instead),
            )


def _instead(entry: Entry, keys: Keys, url: str, better: str) -> Mend | None:
    """What puts a ``better`` address where ``url`` stands alone, not within a text."""
    whole = better.startswith(("http://", "https://")) and not re.search(r"[…\s]", better)
    return Mend(keys, better) if whole and entry.typed(keys) == url else None
