"""Rules on how an address is written: safe, lasting, without what tracks the reader."""

import re
from collections.abc import Callable, Iterator

from kb.addresses import Fault, captcha, expiring, ill_written, tracked, unsafe
from kb.catalog import Entry
from kb.rules.rule import Knowledge, Trouble
from kb.source.mends import Mend
from kb.source.reader import Keys


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


def _answers(knowledge: Knowledge, url: str, secure: str) -> bool:
    """Whether the newest good look found the page at its https address, or was led there."""
    there, here = knowledge.ledger.get(secure), knowledge.ledger.get(url)
    return bool((there and there.good) or (here and here.good and here.good.address == secure))


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
