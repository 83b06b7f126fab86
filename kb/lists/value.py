"""The address that is the whole value of a field, such as `url` in a record."""

import re
from dataclasses import replace

from kb.lists import prose
from kb.lists.destination import fault, is_address, written
from kb.lists.mention import Found, MalformedAddress, Mention

_SEVERAL = re.compile(r"[\s,;|，；、。]https?://", re.I)


def addresses(value: str, line: int, column: int) -> Found:
    """The address that ``value`` at ``line`` and ``column`` is, or the addresses of its sentence.

    A field holds an address as a whole: one with a blank would be asked for up to the blank, and
    what is there may well be alive.
    """
    url = value.strip()
    if not url:
        return
    if wrong := fault(url if _SEVERAL.search(url) else written(url)):
        yield MalformedAddress(line, column, wrong.message, wrong.instead)
    elif not is_address(url) or _SEVERAL.search(url):
        for one in prose.addresses(url):
            yield replace(one, line=line, column=column)
    elif len(parts := url.split()) > 1:
        yield MalformedAddress(
            line,
            column,
            f"`{' '.join(parts)}` has a blank in it",
            "write %20 for a blank in the address; keep what is no address out of this field",
        )
    else:
        yield Mention(url, line, column, shorter=_shorter(url))


def _shorter(url: str) -> str:
    """``url`` up to a mark that no address has in prose; empty if it has none."""
    if prose.WHOLE.match(url):
        return ""
    first = next(prose.addresses(f" {url} "), None)
    return first.url if isinstance(first, Mention) and first.url != url else ""
