"""Rules on the change: what differs from an earlier catalogue, and must not differ so."""

import re
from collections import defaultdict
from collections.abc import Iterator

from kb import meant
from kb.addresses import normal
from kb.catalog import Entry
from kb.change import ClaimChange, Difference, Rest, Said
from kb.evidence import doubted, facts_of, field_of, supported
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Unproven
from kb.walk import claims

_CHECKED = frozenset({"fact", "row"})
"""What may not even be reworded; of all other claims, the numbers."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def changed_without_ground(knowledge: Knowledge) -> Iterator[Trouble]:
    """A fact, a result or a number in a sentence is another, and nobody read its source again.

    Nor was it read again where the place in it is another: Table 7 instead of Table 2. Another
    source is a ground if it is new, or was read again; what rested on one source does not rest on
    another only because that one stands in the entry, too.

    Why it matters: a number that changes while its source stays as it was is a typing error, or
    worse; who corrects it has just read the page and can say so.

    Example:

        value: 84.3   # 84.4 before; the source still says `seen: 2026-11-24`

    Instead: give the source that says so, or set `seen` of the source to the day you read it again.
    """
    yield from _handed_over(knowledge)
    for one in knowledge.change.claims if knowledge.change else ():
        if one.after and not one.restated and (moved := one.moved):
            yield Trouble(
                one.after.entry,
                (*one.after.claim.keys, "where"),
                f"the place of `{one.name}` changed (`where` {moved[0].where} → {moved[1].where}), "
                f"but its source `{moved[1].key}` was not read again",
                f"open `sources.{moved[1].key}`; set its `seen` to today if it stands there",
            )
        if not one.restated or one.regrounded or not one.after:
            continue
        if one.kind not in _CHECKED and not _numbers_differ(one):
            continue
        keys = [rest.key for rest in one.after.rests if rest.url]
        if keys:
            yield Trouble(
                one.after.entry,
                (*one.after.claim.keys, *_changed(one)[:1]),
                f"`{one.name}` changed{_from_to(one)}, "
                f"but its source `{keys[0]}` was not read again",
                f"open `sources.{keys[0]}`; set its `seen` to today if it says so, "
                "else give the source that does",
            )


def _handed_over(knowledge: Knowledge) -> Iterator[Trouble]:
    """What is said as before, on a source that was not read for it: once for each two sources."""
    found: defaultdict[tuple[str, str, str], list[tuple[Said, Rest, Rest]]] = defaultdict(list)
    for one in knowledge.change.claims if knowledge.change else ():
        if one.after and not one.restated and (rests := one.handed_over):
            old, new = rests
            found[one.id, old.key, new.key].append((one.after, old, new))
    for (said, old, new), *more in found.values():
        others = f" and {len(more)} more {'claims' if len(more) > 1 else 'claim'}" if more else ""
        yield Trouble(
            said.entry,
            (*said.claim.keys, "source"),
            f"`{said.claim.name}`{others} rested on the source `{old.key}`, now on `{new.key}`, "
            "which was not read again",
            f"open `sources.{new.key}`; set its `seen` to today if it says so, "
            f"else go back to `{old.key}`",
        )


def _numbers_differ(change: ClaimChange) -> bool:
    """Whether the sentences of a claim have other numbers than before."""
    before, after = (said.value if said else None for said in (change.before, change.after))
    return _numbers(before) != _numbers(after)


def _numbers(value: object) -> list[str]:
    """The numbers in the texts of ``value``; ids hold years, which say nothing."""
    if isinstance(value, dict):
        return [one for key, part in value.items() if key != "id" for one in _numbers(part)]
    if isinstance(value, list):
        return [one for part in value for one in _numbers(part)]
    return sorted(_NUMBER.findall(value)) if isinstance(value, str) else []


def _from_to(change: ClaimChange) -> str:
    """What said something else before and now, if that is short."""
    if not change.before or not change.after:
        return ""
    before, after = change.before.value, change.after.value
    if isinstance(before, dict) and isinstance(after, dict):
        said = [
            f"`{key}` {_typed(before.get(key))} → {_typed(after.get(key))}"
            for key in _changed(change)
        ]
    else:
        said = [f"{_typed(before)} → {_typed(after)}"]
    text = "; ".join(said)
    return f" ({text})" if len(text) < 120 else ""


def _typed(value: object) -> str:
    """``value`` about as an entry has it."""
    if isinstance(value, dict):
        given = {key: part for key, part in value.items() if part not in (None, [], "")}
        if given.keys() == {"value"}:
            return _typed(given["value"])
        return "{" + ", ".join(f"{key}: {_typed(part)}" for key, part in given.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_typed, value)) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "nothing" if value is None else str(value)


def _changed(change: ClaimChange) -> list[str]:
    """The parts of a claim that say something else now, if it has parts."""
    before = change.before.value if change.before else None
    after = change.after.value if change.after else None
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    return [key for key in {**after, **before} if before.get(key) != after.get(key)]


def vanished_id(knowledge: Knowledge) -> Iterator[Trouble]:
    """An id that was published is gone, and no entry says that it had it.

    Why it matters: its address stands in bookmarks, citations and search engines.

    Example:

        catalog/techniques/magnitude.yaml, renamed without a word

    Instead: add `formerly: [old-id]` to the entry that takes its place.
    """
    change = knowledge.change
    for id in change.removed if change else ():
        entry = change.before.known(id) if change else None
        if entry:
            yield Trouble(
                entry,
                (),
                f"id `{id}` is gone, and no entry has it in `formerly`",
                f"add `formerly: [{id}]` to the entry that takes its place, or put the file back",
            )


def lost_source(knowledge: Knowledge) -> Iterator[Trouble]:
    """A source is gone, but what it alone supported is still there.

    Why it matters: what is said looks as firm as before and rests on nothing.

    Example:

        the source with `supports: [doi]` is removed; `doi` stays

    Instead: name another source that supports it, or remove what nothing supports.
    """
    for entry, fact, key in _bereft(knowledge.change) if knowledge.change else ():
        yield Trouble(
            entry,
            (field_of(entry, fact),),
            f"`{fact}` is still there, but its source `{key}` was removed",
            f"add `{fact}` to `supports` of a source that confirms it, or remove it",
        )


def exchanged_source(knowledge: Knowledge) -> Iterator[Trouble]:
    """A source has another address, and the day on which it was read is the old one.

    Why it matters: on that day somebody read another page; nobody has said that this one holds the
    same.

    Example:

        url: https://arxiv.org/abs/1905.11964   # …11946 before; `seen` as it was

    Instead: open the new page, and set `seen` to that day.
    """
    for before, after in knowledge.change.pairs if knowledge.change else ():
        if not isinstance(before.model, Unproven) or not isinstance(after.model, Unproven):
            continue
        known = before.model.sources or {}
        for key, source in (after.model.sources or {}).items():
            old = known.get(key)
            if old and source.seen <= old.seen and not _same_page(old.url, source.url):
                yield Trouble(
                    after,
                    ("sources", key, "url"),
                    f"the source `{key}` has another address, but `seen` is not later",
                    "open the page; set `seen` to today if it holds what rests on it",
                )


def _same_page(one: str, other: str) -> bool:
    """Whether two addresses are of one page, or of one preprint at arXiv."""
    id = meant.arxiv(one)
    return normal(one) == normal(other) or bool(id and id == meant.arxiv(other))


def _bereft(change: Difference) -> Iterator[tuple[Entry, str, str]]:
    """(entry, fact, key of the source) of facts that lost their only source and stayed.

    Those that every entry must ground are another rule's.
    """
    for before, after in change.pairs:
        if not isinstance(before.model, Unproven) or not isinstance(after.model, Unproven):
            continue
        left = {source.url for source in (after.model.sources or {}).values()}
        told = {claim.name for claim in claims(after)} | supported(after) | doubted(after)
        for key, source in (before.model.sources or {}).items():
            if source.url not in left:
                lost = (fact for fact in source.supports if fact in facts_of(after) - told)
                yield from ((after, fact, key) for fact in lost)
