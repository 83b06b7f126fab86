"""What a maintainer has to do: links that moved, what grew stale, what a month brought. Pure."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb import kinds
from kb.catalog import Catalog
from kb.change import Difference
from kb.health import Health
from kb.kinds import KINDS
from kb.ledger.merge import Ledger
from kb.report.change import escaped
from kb.schema import Model, Paper, Resource, Unproven
from kb.source.edit import Editor, applied, canonical_if
from kb.source.files import RawFile
from kb.source.reader import Document, Keys, read

OLD = datetime.timedelta(days=730)
"""After so long, a page should be read again."""
PREPRINT = datetime.timedelta(days=365)
"""After so long, somebody should look whether a preprint was published; no record tells us."""
_MOST, _FIRST = 60, 3
_ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to do at the entry ``id``: what it is, and what to do; ``since`` when."""

    id: str
    what: str
    cure: str
    since: str


def stale(catalog: Catalog, ledger: Ledger, today: datetime.date) -> dict[str, list[Chore]]:
    """What may no longer be true, by sort, the oldest first."""
    found = {
        "Repositories that were archived": _archived(catalog, ledger),
        "Preprints that nobody has looked up for a year": _preprints(catalog, today),
        "Pages that nobody has read for two years": _unread(catalog, today),
    }
    return {
        title: sorted(some, key=lambda one: (one.since, one.id)) for title, some in found.items()
    }


def _archived(catalog: Catalog, ledger: Ledger) -> list[Chore]:
    health = Health(catalog, ledger)
    return [
        Chore(
            target.entry.id,
            f"{one.url} is archived",
            "say so in `status`, or name its successor",
            str(one.last.day),
        )
        for one in health.records.values()
        if one.last and any(_ARCHIVED in note for note in one.last.notes)
        for target in health.named[one.url]
        if target.own and not _says_so(target.entry.model)
    ]


def _says_so(model: Model) -> bool:
    """Whether an entry tells its readers that it has come to its end."""
    return isinstance(model, Resource) and model.status in ("superseded", "ended")


def _preprints(catalog: Catalog, today: datetime.date) -> list[Chore]:
    cure = (
        "nobody knows whether it was published: look in DBLP and on the page of arXiv; add `venue` "
        "with the page that names it, or set `seen` to today"
    )
    found = []
    for entry in catalog.of(Paper):
        paper = entry.model
        if not paper.arxiv or paper.venue:
            continue
        read_on = max((one.seen for one in (paper.sources or {}).values()), default=None)
        if read_on and today - read_on > PREPRINT:
            what = f"a preprint of {paper.year} without a venue"
            found.append(Chore(entry.id, what, cure, str(read_on)))
    return found


def _unread(catalog: Catalog, today: datetime.date) -> list[Chore]:
    return [
        Chore(
            entry.id,
            f"`{key}`, {source.url}",
            f"open it; if it still says so, set `seen` of `{key}` to today",
            str(source.seen),
        )
        for entry in catalog.of(Unproven)
        for key, source in (entry.model.sources or {}).items()
        if today - source.seen > OLD
    ]


@dataclass(frozen=True, slots=True)
class Moved:
    """A link that moved for good: its old and its new address, and the entries that name it."""

    old: str
    new: str
    ids: tuple[str, ...]


def moved(catalog: Catalog, ledger: Ledger) -> list[Moved]:
    """The links that moved for good and of which the new address is known, sorted."""
    health = Health(catalog, ledger)
    found = []
    for one in health.records.values():
        new = one.good.address if one.state == "moved" and one.good else None
        if new and new != one.url and new.startswith("https://") and not health.wrong(one):
            typed = [target for target in health.named[one.url] if not target.typed]
            ids = tuple(sorted({target.entry.id for target in typed}))
            if ids:
                found.append(Moved(one.url, new, ids))
    return found


def followed(files: Iterable[RawFile], links: Iterable[Moved]) -> dict[str, bytes]:
    """The new content of the files that name an old address, by path."""
    new = {one.old: one.new for one in links}
    made = {}
    for file in files:
        document = read(file.path, file.content)
        if not isinstance(document, Document):
            continue
        editor = Editor(document.text)
        splices = [
            editor.value(keys, new[said]) for keys, said in _scalars(document.data) if said in new
        ]
        if splices:
            made[file.path] = canonical_if(file, applied(document.text, splices))
    return made


def _scalars(data: object, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text in ``data`` with the keys that lead to it."""
    if isinstance(data, str):
        yield keys, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _scalars(value, (*keys, key))
    elif isinstance(data, tuple):
        for at, value in enumerate(data):
            yield from _scalars(value, (*keys, at))


def of_stale(found: Mapping[str, Sequence[Chore]]) -> str:
    """The rolling issue on stale data, as Markdown: three things first, then everything."""
    lists = {title: [_line(one) for one in some] for title, some in found.items()}
    first = [line for lines in lists.values() for line in lines][:_FIRST]
    return _issue("Everything was looked at within two years.", first, lists)


def of_moved(found: Sequence[Moved]) -> str:
    """The rolling issue on moved links, as Markdown."""
    lines = [
        f"{escaped(one.old)} → {escaped(one.new)} in {', '.join(f'`{id}`' for id in one.ids)}"
        for one in found
    ]
    first = ["Open the pull request, follow each new address, merge"] if lines else []
    return _issue("No link has moved.", first, {"Moved for good": lines})


def of_month(change: Difference) -> str:
    """What differs from an earlier catalogue, in a few lines for readers, as Markdown."""
    after = change.after.entries
    added = [after[id] for id in change.added if id in after]
    touched = {one.id for one in change.claims if one.id in after} - set(change.added)
    counts = Counter(entry.kind for entry in added)
    said = [f"{counts[kind]} new of kind {kind}" for kind in KINDS if counts[kind]]
    said += [f"{len(touched)} changed"] * bool(touched)
    said += [f"{len(change.removed)} removed"] * bool(change.removed)
    lines = [f"`{entry.id}` {escaped(kinds.name(entry.model).en)}" for entry in added]
    head = f"{'; '.join(said)}." if said else "Nothing changed."
    return _sections(head, {"New": lines, "Changed": [f"`{id}`" for id in sorted(touched)]})


def _line(one: Chore) -> str:
    return f"`{one.id}`: {escaped(one.what)} ({one.since}); {escaped(one.cure)}"


def _issue(nothing: str, first: Sequence[str], lists: Mapping[str, Sequence[str]]) -> str:
    if not first:
        return f"{nothing}\n"
    do = "\n".join(f"{at}. {line}" for at, line in enumerate(first, 1))
    return _sections(f"## Do these first\n\n{do}", lists)


def _sections(head: str, lists: Mapping[str, Sequence[str]]) -> str:
    parts = [head]
    for title, lines in lists.items():
        if lines:
            shown = [f"- {line}" for line in lines[:_MOST]]
            shown += [f"- and {len(lines) - _MOST} more"] * (len(lines) > _MOST)
            parts.append(f"## {title} ({len(lines)})\n\n" + "\n".join(shown))
    return "\n\n".join(parts) + "\n"
