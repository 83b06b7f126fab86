"""Judges a new entry against a catalogue as `kb check` does, and shows the page that it will have.

Pure.
"""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from importlib import import_module

from kb import rules
from kb.catalog import Catalog, CatalogPart, join, part
from kb.code import Shelf
from kb.findings import BY_FORMAT, Finding
from kb.fix import chosen, edited
from kb.graph import Graph
from kb.kinds import KINDS
from kb.proposal.html import html
from kb.site.entries import path_of
from kb.site.language import Language
from kb.source.files import RawFile
from kb.source.format import Formatted, formatted, misformatted


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new entry: its kind, its id, and its text as it was typed."""

    kind: str
    id: str
    text: str

    @property
    def file(self) -> RawFile:
        """The file that it would be."""
        path = f"catalog/{KINDS[self.kind].path(self.id)}"
        return RawFile(path, self.kind, self.id, self.text.encode(errors="replace"))


@dataclass(frozen=True, slots=True)
class KnownCatalog:
    """The catalogue beside which an entry is judged: its entries, and their graph."""

    part: CatalogPart
    graph: Graph

    @classmethod
    def of(cls, part: CatalogPart) -> "KnownCatalog":
        """The catalogue of the entries in ``part``."""
        return cls(part, Graph(join([part])))

    def without(self, paths: Collection[str]) -> "KnownCatalog":
        """The same but for the entries in the files ``paths``."""
        left = tuple(entry for entry in self.part.entries if entry.path not in paths)
        return self.of(replace(self.part, entries=left))


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong with a proposal, causes first; ``text`` is it in its canonical form, as far as
    it can be read; ``shown`` is the HTML of its page and ``page`` where that will stand, if the
    entry is whole.
    """

    findings: tuple[Finding, ...]
    text: str
    page: str = ""
    shown: str = ""


def judged(
    known: KnownCatalog,
    proposal: Proposal,
    today: datetime.date,
    language: Language = Language.ENGLISH,
) -> Judged:
    """What `kb check` would say of ``proposal`` beside the catalogue ``known``."""
    file = proposal.file
    catalog = join([known.part, part(file)])
    graph = Graph(catalog, known.graph)
    found = rules.check(catalog, graph, today, touched=frozenset({file.path}))
    here = [finding for finding in found if finding.path == file.path]
    if not any(finding.path == file.path for finding in catalog.findings):
        here += filter(None, [misformatted(file)])
    taken = any(entry.path == file.path for entry in known.part.entries)
    page, shown = ("", "") if taken else _shown(catalog, graph, file, language)
    return Judged(tuple(here), _canonical(file), page, shown)


def previewed(
    known: KnownCatalog, files: Sequence[RawFile], today: datetime.date, language: Language
) -> list[Judged]:
    """What ``files`` hold, each in the place of its namesake in ``known`` and beside the others."""
    rest = known.without({file.path for file in files})
    catalog = join([rest.part, *map(part, files)])
    graph = Graph(catalog, rest.graph)
    new = frozenset(file.path for file in files)
    found = rules.check(catalog, graph, today, touched=new)
    return [
        Judged(
            tuple(one for one in found if one.path == file.path),
            "",
            *_shown(catalog, graph, file, language),
        )
        for file in files
    ]


def mended(
    known: KnownCatalog, proposal: Proposal, today: datetime.date, at: int | None = None
) -> str:
    """The text of ``proposal`` with the edits of finding number ``at``, or of all that have some;
    what only the canonical form mends is mended, too.
    """
    found = judged(known, proposal, today).findings
    wanted = found if at is None else found[at : at + 1]
    edits = [edit for finding in chosen(wanted) for edit in finding.edits]
    if edits:
        return edited(proposal.text, edits)
    return _canonical(proposal.file) if any(one.name in BY_FORMAT for one in wanted) else ""


def _canonical(file: RawFile) -> str:
    match formatted(file):
        case Formatted(content):
            return content.decode()
    return file.content.decode()


def _shown(catalog: Catalog, graph: Graph, file: RawFile, language: Language) -> tuple[str, str]:
    """The path of the page of ``file`` and its HTML; nothing unless the entry is whole."""
    entry = catalog.entries.get(file.id)
    if entry is None or entry.path != file.path:
        return "", ""
    render = import_module(KINDS[entry.kind].page).render
    return path_of(entry), html(render(language, graph, entry, Shelf()))
