"""Rules on texts and addresses: what may not be shown to a reader."""

import re
from collections.abc import Callable, Iterator

from kb.addresses import Fault, captcha, expiring, tracked, unsafe
from kb.catalog import Entry
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Model
from kb.walk import texts, without_code

_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HTML = re.compile(r"<[a-zA-Z/!?]")


def raw_html(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text contains something that looks like an HTML tag.

    Why it matters: texts are shown as written; a tag would be seen by the reader, and what it was meant to do is not allowed.

    Example:

        summary: {en: "<script>alert(1)</script>", zh: …}

    Instead: use `*emphasis*`, `` `code` ``, `[text](https://…)` or `$formula$`; put code into backticks.
    """
    for entry in _holding(knowledge, _HTML):
        for keys, text in texts(entry.model):
            if keys[-1] != "tex" and _HTML.search(without_code(text)):
                yield Trouble(
                    entry,
                    keys,
                    "raw HTML in a text",
                    "use the small Markdown subset, or put code into backticks",
                )


def bidirectional_control(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text contains characters that change the direction of writing.

    Why it matters: a text with them shows something other than it says.

    Example:

        title: "abc\\u202Edef"

    Instead: delete the character.
    """
    for entry in _holding(knowledge, _BIDI):
        for keys, text in texts(entry.model):
            if found := _BIDI.search(text):
                yield Trouble(
                    entry,
                    keys,
                    f"bidirectional control character `U+{ord(found[0]):04X}`",
                    "delete it",
                )


def unsafe_address(knowledge: Knowledge) -> Iterator[Trouble]:
    """An address that is not plain http or https to a host.

    Why it matters: `javascript:` and `data:` addresses run code when they are clicked; passwords in addresses leak.

    Example:

        url: "javascript:alert(1)"

    Instead: an https address.
    """
    yield from _addresses(knowledge, unsafe)


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

    Why it matters: anybody on the way can read and change what the reader gets; and one page has two addresses.

    Example:

        url: http://example.org/post, and the link ledger saw https://example.org/post

    Instead: the address with https; the hint shows it.
    """
    known = {url for _, _, url in knowledge.addresses if url.startswith("https://")}
    for entry, keys, url in knowledge.addresses:
        secure = f"https{url[4:]}"
        if url.startswith("http://") and (secure in known or _answers(knowledge, url, secure)):
            yield Trouble(entry, keys, f"`{url}` answers at https, too", f"instead: {secure}")


def _answers(knowledge: Knowledge, url: str, secure: str) -> bool:
    """Whether the ledger's newest good look found the page at its https address, or was led there from http."""
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
            )
