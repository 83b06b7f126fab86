"""From what somebody typed to a drafted entry, or to the one sentence why there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.catalog import Catalog
from kb.importers import draft, others
from kb.importers.draft import Draft, Wishes
from kb.importers.gather import Fetch, OutOfReach, Refusal, gathered
from kb.importers.join import AnotherWork
from kb.importers.recognize import Recognized, Unrecognized, arxiv, doi, recognize
from kb.importers.record import WorkRecord
from kb.importers.same import ALIKE, SURELY, folded, likeness, same_name


def added(reference: Recognized, catalog: Catalog, wishes: Wishes, fetch: Fetch | None) -> Draft:
    """The entry of ``reference``. Without ``fetch``, or without an answer, it is mostly blank.

    Raises Refusal if there is no such work, Duplicate if the catalogue has it.
    """
    notes: list[str] = []
    records = _asked(reference, fetch, notes) if fetch else [_blank(reference)]
    match reference.kind:
        case "github":
            made = others.resource(catalog, records[0], wishes, reference)
        case "wechat":
            made = others.article(catalog, records[0], wishes, reference)
        case _:
            made = _paper(catalog, records, wishes, reference)
    return _noted(made, notes)


def imported(
    record: WorkRecord,
    against: Sequence[WorkRecord],
    catalog: Catalog,
    wishes: Wishes,
    fetch: Fetch | None,
) -> Draft:
    """The entry of a ``record`` from a file or from BibTeX.

    It is compared with the records ``against`` it that are of the same work, and with those of the
    services that its identifiers lead to. Raises Refusal and Duplicate.
    """
    notes: list[str] = []
    records = [record, *(one for one in against if same_work(record, one))]
    if fetch:
        for reference in identified(record):
            try:
                records.append(gathered(reference, fetch))
            except OutOfReach as error:
                notes.append(f"not compared: {error}")
    first = next(iter(identified(record)), None)
    return _noted(_paper(catalog, records, wishes, first), notes)


def identified(record: WorkRecord) -> Iterator[Recognized]:
    """What the identifiers and the address of ``record`` lead to, each once."""
    found = [arxiv(record.arxiv)] if record.arxiv else []
    found += [doi(record.doi)] if record.doi else []
    try:
        typed = recognize(record.url)
    except Unrecognized:
        typed = None
    if typed and typed.kind in ("arxiv", "doi", "openreview", "acl"):
        found.append(typed)
    yield from {(one.kind, one.id.lower()): one for one in found}.values()


def same_work(one: WorkRecord, other: WorkRecord) -> bool:
    """Whether two records claim to be of one work: by an identifier, or by title and author."""
    if one.arxiv and other.arxiv:
        return one.arxiv == other.arxiv
    if one.doi and other.doi:
        return one.doi.lower() == other.doi.lower()
    if one.title and folded(one.title) == folded(other.title):
        return True
    starts = zip(one.authors[:1], other.authors[:1], strict=False)
    same_start = any(same_name(first, second) for first, second in starts)
    return same_start and likeness(one.title, other.title) >= SURELY


def _asked(reference: Recognized, fetch: Fetch, notes: list[str]) -> Sequence[WorkRecord]:
    """The records of ``reference`` and of the version of record that it names."""
    try:
        first = gathered(reference, fetch)
    except OutOfReach as error:
        notes.append(f"{error}; the entry is a skeleton, delete it and try again later")
        return [_blank(reference)]
    if not first.doi or reference.kind == "doi":
        return [first]
    try:
        second = gathered(doi(first.doi), fetch)
    except Refusal as error:
        notes.append(f"no second source: {error}")
        return [first]
    if likeness(first.title, second.title) < ALIKE:
        notes.append(f"`doi` is left out: `{first.doi}` is that of `{second.title}`")
        return [replace(first, doi="")]
    return [first, second]


def _paper(
    catalog: Catalog, records: Sequence[WorkRecord], wishes: Wishes, reference: Recognized | None
) -> Draft:
    try:
        return draft.paper(catalog, records, wishes, reference)
    except AnotherWork as error:
        raise Refusal(f"the records are of two works: {error}") from None


def _noted(made: Draft, notes: Sequence[str]) -> Draft:
    return Draft(made.file, (*notes, *made.notes), made.lacks)


def _blank(reference: Recognized) -> WorkRecord:
    """What is known of a work that nobody was asked about: its identifier and its page."""
    kind, id = reference.kind, reference.id
    return WorkRecord(
        url=reference.url, arxiv=id if kind == "arxiv" else "", doi=id if kind == "doi" else ""
    )
