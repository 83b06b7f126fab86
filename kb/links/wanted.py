"""Which addresses a run looks at: those of the catalogue or of a text, filtered. Pure."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kb.addresses import host_of
from kb.links.link_texts import is_title
from kb.lists.mention import Mention
from kb.near import suggest

if TYPE_CHECKING:
    from kb.walk import Target

Place = tuple[str, tuple[int, int]]
"""Where an address stands: path, (line, column)."""
FindPlace = Callable[[], Place]
"""A function, because finding the line costs more than most runs need."""


class NothingWanted(Exception):
    """A filter that no address passes; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where an address is named, and the titles that are expected behind it.

    ``shorter`` is another way to read it, which holds if the address itself leads nowhere; empty if
    there is none.
    """

    places: Sequence[FindPlace]
    titles: Sequence[str] = ()
    shorter: str = ""


Wanted = Mapping[str, Mentions]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which addresses: only those of a host or an entry, only those of part ``shard`` of
    ``shards``.
    """

    only: str = ""
    shard: int = 1
    shards: int = 1

    @property
    def host(self) -> str:
        """The host of ``only``, empty if it is the id of an entry: ids have no dots."""
        return self.only.lower() if "." in self.only else ""


def of_lists(lists: Mapping[str, Sequence[Mention]], filters: Filters) -> Wanted:
    """The addresses in ``lists`` by the name of their file; there ``only`` is always a host.

    Raises NothingWanted.
    """
    together: dict[str, list[tuple[str, Mention]]] = {}
    for name, mentions in lists.items():
        for one in mentions:
            together.setdefault(one.url, []).append((name, one))
    found = {
        url: Mentions(
            [partial(_at, name, one) for name, one in same],
            tuple(dict.fromkeys(one.title for _, one in same if one.title and is_title(one.title))),
            same[0][1].shorter,
        )
        for url, same in together.items()
    }
    return _filtered(found, filters, filters.only.lower())


def renamed(wanted: Wanted, names: Mapping[str, str]) -> Wanted:
    """``wanted`` with the addresses in ``names`` read as these say, joined where they meet."""
    found: dict[str, Mentions] = {}
    for url, one in wanted.items():
        name = names.get(url, url)
        found[name] = _joined(found[name], one) if name in found else one
    return found


def _joined(one: Mentions, other: Mentions) -> Mentions:
    titles = tuple(dict.fromkeys([*one.titles, *other.titles]))
    return replace(one, places=[*one.places, *other.places], titles=titles)


def of_targets(targets: Iterable["Target"], filters: Filters) -> Wanted:
    """The addresses of ``targets``. Raises NothingWanted."""
    found = list(targets)
    if filters.only and not filters.host:
        found = _of_entry(found, filters.only)
    mentions = {
        url: Mentions([partial(_place, one) for one in same], titles(same))
        for url, same in by_address(found).items()
    }
    return _filtered(mentions, filters, filters.host)


def by_address(targets: Iterable["Target"]) -> "dict[str, list[Target]]":
    """The targets of each address, in order."""
    together: dict[str, list[Target]] = {}
    for target in targets:
        together.setdefault(target.url, []).append(target)
    return together


def titles(targets: Iterable["Target"]) -> tuple[str, ...]:
    """The titles that ``targets`` expect, each once."""
    return tuple(dict.fromkeys(target.title for target in targets if target.title))


def entry_ids(targets: Iterable["Target"]) -> tuple[str, ...]:
    """The ids of the entries that name ``targets``, each once."""
    return tuple(dict.fromkeys(target.entry.id for target in targets))


def shard_of(url: str, count: int) -> int:
    """Which of ``count`` shards, from 1, looks at ``url``: the same one for all links of a host, so
    that one machine keeps its pace.
    """
    return number_of(host_of(url).removeprefix("www.")) % count + 1


def number_of(text: str) -> int:
    """A number of 64 bits, the same for ``text`` on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def _filtered(found: Wanted, filters: Filters, host: str) -> Wanted:
    if host and not any(host_of(url) == host for url in found):
        raise NothingWanted(
            f"no link leads to `{host}`; write the whole name of a host, such as arxiv.org"
        )
    return {
        url: mentions
        for url, mentions in found.items()
        if (filters.shards == 1 or shard_of(url, filters.shards) == filters.shard)
        and (not host or host_of(url) == host)
    }


def _of_entry(found: "list[Target]", id: str) -> "list[Target]":
    ids = {target.entry.id for target in found}
    if id not in ids:
        hint = suggest(id, ids) or "give an id or a host such as arxiv.org"
        raise NothingWanted(f"`{id}` is neither an entry with links nor a host; {hint}")
    return [target for target in found if target.entry.id == id]


def _at(path: str, one: Mention) -> Place:
    return path, (one.line, one.column)


def _place(target: "Target") -> Place:
    return target.entry.path, target.entry.place(target.keys)
