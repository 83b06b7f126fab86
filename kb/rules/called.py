"""Which entry a name, an address or an identifier belongs to, where an id should stand."""

import re
from collections import defaultdict
from collections.abc import Iterable

from kb import kinds, meant
from kb.addresses import normal
from kb.catalog import Entry
from kb.schema import Topic
from kb.schema.marks import Title
from kb.schema.parts import Aliases, Name
from kb.walk import addresses

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


class Called:
    """The ids of ``entries`` by everything else that they are called; made when first asked."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._ids: dict[str, Entry] = {}
        self._names: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        self._pages: dict[str, Entry] = {}
        for entry in entries:
            self._ids[entry.id] = entry
            for name in _names(entry):
                self._names[_folded(name)][entry.id] = entry
            for target in addresses(entry):
                if len(target.keys) == 1:
                    self._pages.setdefault(normal(target.url), entry)

    def __call__(self, text: str, allowed: Iterable[str]) -> str:
        """The id of the one entry of an ``allowed`` kind that is called ``text``, or nothing."""
        allowed = frozenset(allowed)
        for found in (self._by_id(text), *self._by_address(text)):
            if found and found.kind in allowed:
                return found.id
        named = self._by_name(text, allowed)
        return named[0] if len(named) == 1 else ""

    def _by_id(self, text: str) -> Entry | None:
        return self._ids.get(meant.bare(text)) or self._ids.get(meant.slug(text))

    def _by_address(self, text: str) -> Iterable[Entry | None]:
        arxiv, doi = meant.arxiv(text), meant.doi(text)
        if arxiv:
            yield self._pages.get(normal(f"https://arxiv.org/abs/{arxiv}"))
        if doi:
            yield self._pages.get(normal(f"https://doi.org/{doi}"))
        if "://" in text or text.count("/") > 1:
            yield self._pages.get(normal(text if "://" in text else f"https://{text}"))
            yield self._ids.get(meant.bare(text).rstrip("/").split("/")[-1].removesuffix(".yaml"))

    def _by_name(self, text: str, allowed: frozenset[str]) -> list[str]:
        """The ids of entries of that name; of topics, also by a part of their Chinese name."""
        wanted = _folded(text)
        exact = [id for id, entry in self._names[wanted].items() if entry.kind in allowed]
        if exact or not _CHINESE.fullmatch(wanted):
            return exact
        return sorted(
            {
                id
                for name, entries in self._names.items()
                for id, entry in entries.items()
                if entry.kind in allowed and isinstance(entry.model, Topic) and wanted in name
            }
        )


def _names(entry: Entry) -> Iterable[str]:
    for field, _ in kinds.marked(type(entry.model), Title):
        value = entry.model.__dict__[field]
        if isinstance(value, Name):
            yield from filter(None, (value.en, value.zh))
        elif isinstance(value, str):
            yield value
    aliases = entry.model.__dict__.get("aliases")
    if isinstance(aliases, Aliases):
        yield from (one for one in (*(aliases.en or ()), *(aliases.zh or ())) if one)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, meant.bare(text).casefold()))
