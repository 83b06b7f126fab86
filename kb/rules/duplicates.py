"""Rules on the same thing entered twice: by its id elsewhere, its address or its title."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import networkx as nx

from kb.addresses import normal
from kb.bibliography import printed as printed_name
from kb.catalog import Entry
from kb.citekey import SKIPPED, family
from kb.kinds import printed
from kb.rules.rule import At, Knowledge, Trouble, place_of
from kb.schema import Paper
from kb.walk import Target


def duplicate_arxiv(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two papers have the same arXiv id.

    Why it matters: they are the same paper, or one of the ids is wrong.

    Example:

        arxiv: "1905.11946" in two files

    Instead: merge the entries, or correct the id.
    """
    yield from _twice(knowledge, "arxiv")


def duplicate_doi(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two papers have the same DOI.

    Why it matters: they are the same paper, or one of the DOIs is wrong.

    Example:

        doi: 10.1109/CVPR.2019.00293 in two files

    Instead: merge the entries, or correct the DOI.
    """
    yield from _twice(knowledge, "doi")


def duplicate_url(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two articles or resources of the same title have the same address, after normalization.

    Why it matters: the same thing would be shown, linked and checked twice.

    Example:

        https://example.org/post and http://www.example.org/post/?utm_source=x

    Instead: keep one of the entries.
    """
    for first, target in _same_address(knowledge):
        if _same_title(first.entry, target.entry):
            yield Trouble(
                target.entry,
                target.keys,
                f"address `{target.url}` is already used at {place_of(first.entry, first.keys)}",
                "keep one of the two",
            )


def url_with_two_titles(knowledge: Knowledge) -> Iterator[Trouble]:
    """One address is given to two entries of different titles.

    Why it matters: one of them leads its readers to the wrong text.

    Example:

        two articles with the address https://mp.weixin.qq.com/s/abc

    Instead: find out which of them it belongs to, and correct the other.
    """
    for first, target in _same_address(knowledge):
        if not _same_title(first.entry, target.entry):
            yield Trouble(
                target.entry,
                target.keys,
                f"address `{target.url}` has another title at {place_of(first.entry, first.keys)}",
                f"there it is `{first.title}`",
            )


def duplicate_title(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two entries of a kind have the same title, and nothing says that they are the same text.

    Why it matters: readers cannot tell them apart; most often one was entered twice.

    Example:

        two papers titled "Deep Compression"

    Instead: merge them. Two addresses of one article stay two entries, tied by `same_text`.
    """
    tied = _tied(knowledge)
    places = (
        ((entry.kind, folded), (entry, ("title",)))
        for entry in knowledge.entries
        if (title := printed(entry.model)) and (folded := _folded(title))
    )
    for (first, _), (entry, keys) in knowledge.clashes(places):
        if any(tied.has_edge(id, id) for id in (first.id, entry.id)):
            continue  # an entry that is tied to itself means another one, which is said there
        if not (first.id in tied and entry.id in tied and nx.has_path(tied, first.id, entry.id)):
            yield Trouble(
                entry,
                keys,
                f"title `{printed(entry.model)}` is already used at {place_of(first, keys)}",
                "merge the two, or tie two addresses of one text with `same_text`",
            )


def repeated_alias(knowledge: Knowledge) -> Iterator[Trouble]:
    """Another name of an entry stands twice, or is its name.

    Why it matters: pages list the names, and readers would read one of them twice.

    Example:

        aliases: {en: [PTQ, data-free quantization, ptq]}

    Instead: aliases: {en: [PTQ, data-free quantization]}
    """
    for entry in knowledge.entries:
        aliases, name = (entry.model.__dict__.get(field) for field in ("aliases", "name"))
        for language in ("en", "zh") if aliases else ():
            own = getattr(name, language, None) or ""
            before = {own.casefold()}
            for number, alias in enumerate(getattr(aliases, language) or ()):
                if alias.casefold() in before:
                    where = (
                        "is the name itself"
                        if alias.casefold() == own.casefold()
                        else "stands twice"
                    )
                    yield Trouble(
                        entry,
                        ("aliases", language, number),
                        f"the alias `{alias}` {where}",
                        "delete it",
                    )
                before.add(alias.casefold())


def similar_title(knowledge: Knowledge) -> Iterator[Trouble]:
    """A new paper has nearly the title, the year and an author of one that is there.

    Why it matters: most often it is the same paper, entered twice.

    Example:

        "EfficientNet - rethinking model scaling for ConvNets" beside "EfficientNet: Rethinking …"

    Instead: add what is new to the entry that is there; if they are two, relate them: one builds on
    the other, or compares itself with it.
    """
    papers = [entry for entry in knowledge.of(Paper) if entry.knows("title", "authors", "year")]
    tied = {frozenset((edge.source, edge.target)) for _, edge in knowledge.edges}
    shelf: defaultdict[tuple[str, int], list[Entry[Paper]]] = defaultdict(list)
    for entry in papers:
        shelf[_first_word(entry.model.title), entry.model.year].append(entry)
    for group in shelf.values():
        for entry, other in _pairs(knowledge, group) if len(group) > 1 else ():
            if {entry.id, other.id} in tied:
                continue
            place = place_of(other, ("title",))
            yield Trouble(
                entry,
                ("title",),
                f"nearly the title of `{other.id}` ({place}), by the same author",
                f"if it is the same paper, add what is new to `{other.id}`; if not, relate the two",
            )


def _pairs(
    knowledge: Knowledge, group: list[Entry[Paper]]
) -> Iterator[tuple[Entry[Paper], Entry[Paper]]]:
    """Papers of a group that seem to be the same: the one to blame, and the other."""
    ordered = sorted(group, key=lambda entry: knowledge.newness((entry, ())))[:50]
    seen = [_Seen.of(entry.model) for entry in ordered]
    for at, entry in enumerate(ordered):
        for before in range(at):
            if seen[at].like(seen[before]):
                yield entry, ordered[before]
                break


@dataclass(frozen=True, slots=True)
class _Seen:
    """What of a paper is compared: its title, the words of that, and its authors' families."""

    title: str
    words: frozenset[str]
    families: frozenset[str]

    @classmethod
    def of(cls, paper: Paper) -> "_Seen":
        return cls(
            _folded(paper.title),
            frozenset(re.findall(r"\w{4,}", paper.title.casefold())),
            frozenset(family(printed_name(author)) for author in paper.authors),
        )

    def like(self, other: "_Seen") -> bool:
        """Whether two share an author and most words of their titles, but not the title."""
        shared, fewer = len(self.words & other.words), min(len(self.words), len(other.words))
        most = fewer > 1 and shared >= 0.7 * fewer
        return most and self.title != other.title and not self.families.isdisjoint(other.families)


def _first_word(title: str) -> str:
    words = re.findall(r"\w+", title.casefold())
    return next((word for word in words if word not in SKIPPED), "")


def _twice(knowledge: Knowledge, field: str) -> Iterator[Trouble]:
    """Entries whose ``field``, an identifier, is the same."""
    found = {
        target.entry.id: target
        for target in knowledge.targets
        if target.keys == (field,) and target.typed
    }
    places: Iterator[tuple[Hashable, At]] = (
        (target.url.lower(), (target.entry, target.keys)) for target in found.values()
    )
    for (first, _), (entry, keys) in knowledge.clashes(places):
        typed = found[entry.id].typed
        yield Trouble(
            entry,
            keys,
            f"{field} `{typed.lower()}` is already used at {place_of(first, keys)}",
            "merge the two, or correct one",
        )


def _same_address(knowledge: Knowledge) -> Iterator[tuple[Target, Target]]:
    own = {target.entry.id: target for target in knowledge.targets if target.own}
    places: Iterator[tuple[Hashable, At]] = (
        (normal(target.url), (target.entry, target.keys)) for target in own.values()
    )
    for (first, _), (entry, _) in knowledge.clashes(places):
        yield own[first.id], own[entry.id]


def _same_title(one: Entry, other: Entry) -> bool:
    return _folded(printed(one.model) or "") == _folded(printed(other.model) or "")


def _folded(title: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", title).casefold()))


def _tied(knowledge: Knowledge) -> "nx.Graph[str]":
    """Entries that are said to be the same text."""
    same = (edge for _, edge in knowledge.edges if edge.relation == "same_text")
    return nx.Graph((edge.source, edge.target) for edge in same)
