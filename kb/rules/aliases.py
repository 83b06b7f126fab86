"""Rules on aliases: each item is one name, and stands under its own language."""

import re
from collections.abc import Iterator

from kb.catalog import Entry
from kb.rules.rule import Knowledge, Trouble
from kb.rules.texts import CHINESE
from kb.schema.parts import Aliases
from kb.source.mends import Mend
from kb.source.reader import Keys

_BETWEEN = re.compile(r"\s*[\uff0c\u3001\uff1b;]\s*")
_LATIN = re.compile(r"[A-Za-z]{2}")
_HELD = ("aliases", "former")


def misplaced_alias(knowledge: Knowledge) -> Iterator[Trouble]:
    """An alias holds several names, or a Chinese one stands among the English ones.

    Or a term of the vocabulary has its two names exchanged.

    Why it matters: who looks for one of the names does not find it, and readers see a name in the
    wrong language.

    Example:

        aliases: {zh: [\u4fee\u526a\uff0c\u88c1\u526a]}

    Instead: write an ASCII comma and a blank between them.
    """
    for entry in [*knowledge.entries, *knowledge.catalog.terms]:
        for field in _HELD:
            held = entry.model.__dict__.get(field)
            if isinstance(held, Aliases):
                yield from _in_en(entry, (field, "en"), held.en or ())
                yield from _joined(entry, (field, "zh"), held.zh or ())
    for term in knowledge.catalog.terms:
        name = term.model.name
        if name and CHINESE.search(name.en or "") and not CHINESE.search(name.zh or ""):
            yield Trouble(
                term,
                ("name", "en"),
                "the two names are exchanged: the Chinese one stands under `en`",
                "write `en` for `zh`, and `zh` for `en`",
                Mend(("name",), ("en", "zh"), "swap"),
            )


def _in_en(entry: Entry, keys: Keys, names: tuple[str, ...]) -> Iterator[Trouble]:
    for at, name in enumerate(names):
        if not name.isascii() and CHINESE.search(name) and not _LATIN.search(name):
            yield Trouble(
                entry,
                (*keys, at),
                f"the Chinese alias `{name}` stands under `en`",
                f"move it to `{keys[0]}.zh`",
            )
    yield from _joined(entry, keys, names)


def _joined(entry: Entry, keys: Keys, names: tuple[str, ...]) -> Iterator[Trouble]:
    for at, name in enumerate(names):
        parts = [part for part in _BETWEEN.split(name) if part]
        if len(parts) > 1:
            mark = _BETWEEN.search(name)
            listed = ", ".join(parts)
            yield Trouble(
                entry,
                (*keys, at),
                f"`{name}` is {len(parts)} aliases in one"
                + (f", with `{mark[0].strip()}` between them" if mark else ""),
                f"put an ASCII comma and a blank between them: {listed}",
                Mend((*keys, at), tuple(parts), "split")
                if entry.typed((*keys, at)) == name
                else None,
            )
