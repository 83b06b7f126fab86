"""Rules on identity: ids, file names, and the same thing entered twice."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import networkx as nx

from kb import meant
from kb.addresses import normal
from kb.bibliography import printed as printed_name
from kb.catalog import Entry
from kb.citekey import SKIPPED, citekeys, family, variants
from kb.kinds import KINDS, printed
from kb.names import unfit
from kb.rules.rule import At, Knowledge, Trouble
from kb.rules.texts import torn
from kb.schema import Paper
from kb.source.mends import Mend
from kb.source.reader import Keys
from kb.walk import Target

RESERVED = frozenset({"zh"})
"""The folders of languages on the site."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def duplicate_id(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two entries have the same id.

    Why it matters: relations name ids, and ids are unique over all kinds.

    Example:

        catalog/articles/pact.yaml and catalog/techniques/pact/entry.yaml

    Instead: rename one of the files; say more of what it is.
    """
    ids = {entry.id for entry in knowledge.catalog.shadowed}
    places = ((entry.id, (entry, ())) for entry in _all(knowledge) if entry.id in ids)
    for (first, _), (entry, keys) in knowledge.clashes(places):
        yield Trouble(
            entry,
            keys,
            f"id `{entry.id}` is already used at {_at(first, ())}",
            "rename one of the two",
        )


def taken_id(knowledge: Knowledge) -> Iterator[Trouble]:
    """An entry says that it had an id that another one has, or had.

    Why it matters: old addresses lead to the entry that has them in `formerly`, and an address can
    lead to one entry only.

    Example:

        formerly: [pact] in pact-sawb, while catalog/techniques/pact/entry.yaml exists

    Instead: keep the old id with the entry that most readers of the old address want.
    """
    owners: dict[str, Entry] = {}
    for entry in _all(knowledge):
        for index, old in enumerate(entry.model.formerly):
            other = knowledge.catalog.known(old) or owners.setdefault(old, entry)
            if other is not entry or entry.model.formerly.index(old) != index:
                yield Trouble(
                    entry,
                    ("formerly", index),
                    f"the former id `{old}` belongs to {_at(other, ())}",
                    "keep it in one of the two",
                )


def malformed_id(knowledge: Knowledge) -> Iterator[Trouble]:
    """An id (the name of a file or folder) has characters other than a-z, 0-9 and single hyphens.

    Why it matters: ids become addresses of pages and keys of BibTeX.

    Example:

        catalog/papers/Tan_2019.yaml

    Instead: catalog/papers/tan2019efficientnet.yaml
    """
    for entry in _all(knowledge):
        if _ID.match(entry.id) and len(entry.id) <= 80:
            continue
        ids = _paper_ids(knowledge, entry)
        better = (ids or [meant.slug(entry.id)])[0]
        sure = bool(ids or not isinstance(entry.model, Paper)) and _unnamed(knowledge, entry)
        free = better and len(better) <= 80 and not knowledge.catalog.known(better)
        yield Trouble(
            entry,
            (),
            f"id `{entry.id}` has characters that ids must not have",
            f"rename the file to `{_renamed(entry, better).rpartition('/')[2]}`"
            if free and KINDS[entry.kind].form == "file"
            else "use a-z, 0-9 and single hyphens, at most 80",
            rename=_renamed(entry, better) if free and sure else "",
        )


def reserved_id(knowledge: Knowledge) -> Iterator[Trouble]:
    """An id is the name of a folder in which the site keeps the pages of a language.

    Why it matters: addresses that begin with `zh` are those of pages in Chinese, and an entry must
    never be mistaken for them.

    Example:

        catalog/articles/zh.yaml

    Instead: catalog/articles/zhihu-on-pruning.yaml
    """
    for entry in _all(knowledge):
        if entry.id in RESERVED:
            yield Trouble(
                entry,
                (),
                f"id `{entry.id}` is the folder of pages in another language",
                "rename it; say more of what it is",
            )


def id_differs_from_file_name(knowledge: Knowledge) -> Iterator[Trouble]:
    """The key `id` says something else than the file's name.

    Why it matters: the file's name is the id; a second one would be believed by half of the tools.

    Example:

        id: other-name

    Instead: remove the key.
    """
    for entry in _all(knowledge):
        typed = entry.model.id
        if typed is not None and typed != entry.id:
            rename = "" if knowledge.catalog.known(typed) else ", or rename the file"
            yield Trouble(
                entry,
                ("id",),
                f"id `{typed}` differs from the file's name `{entry.id}`",
                f"remove the key `id`{rename}",
            )


def citekey_differs(knowledge: Knowledge) -> Iterator[Trouble]:
    """A paper's file name is not first author's surname, year, first word of the title.

    Why it matters: the id is the BibTeX key; people guess it, and two spellings become two entries.

    Example:

        catalog/papers/efficientnet.yaml for Tan and Le 2019

    Instead: catalog/papers/tan2019efficientnet.yaml
    """
    for entry in knowledge.of(Paper):
        expected = _paper_ids(knowledge, entry)
        if not expected or entry.id in expected or not _ID.match(entry.id):
            continue
        taken = knowledge.catalog.known(expected[0])
        if taken and _is_variant(entry.id, expected[0]):
            continue
        slip = _slip(entry.id, expected[0])
        sure = not taken and not slip and _unnamed(knowledge, entry)
        yield Trouble(
            entry,
            (slip or "title",),
            f"id `{entry.id}` is not made of surname, year and first word",
            _other_name(knowledge, expected[0], taken)
            if taken
            else f"rename the file to `{expected[0]}.yaml`"
            + (f", or correct `{slip}` if the name of the file is right" if slip else ""),
            rename=_renamed(entry, expected[0]) if sure else "",
        )


def _slip(id: str, expected: str) -> str:
    """The field in which a slip may be all that tells ``id`` from ``expected``, or nothing.

    Which of the two has the slip, nobody can tell from them.
    """
    one, other = _PARTS.fullmatch(id), _PARTS.fullmatch(expected)
    if not one or not other:
        return ""
    differing = [at for at in (1, 2, 3) if one[at] != other[at]]
    if len(differing) != 1:
        return ""
    [at] = differing
    alike = SequenceMatcher(None, one[at], other[at]).ratio() >= 0.6
    return _FIELDS[at - 1] if alike or at == 2 else ""


_PARTS = re.compile(r"([a-z-]+)(\d{4})([a-z0-9-]+)")
_FIELDS = ("authors", "year", "title")


def contradicting_year(knowledge: Knowledge) -> Iterator[Trouble]:
    """A paper's year is neither that of its venue nor that of its preprint, or precedes both.

    Why it matters: the year is part of the id and of every citation; a wrong digit renames the
    file.

    Example:

        year: 2021 beside arxiv: "2305.98765" and venue: {id: neurips, year: 2023}

    Instead: the year of the version of record; or correct what contradicts it.
    """
    for entry in knowledge.of(Paper):
        witnesses = _contradicting(entry)
        if not witnesses or _has_not_come(knowledge, entry.model.year):
            continue
        years = set(witnesses.values())
        [better] = years if len(years) == 1 else [0]
        named = str(better) in entry.id and str(entry.model.year) not in entry.id
        said = " and ".join(f"{name} says {year}" for name, year in witnesses.items())
        yield Trouble(
            entry,
            ("year",),
            f"year is `{entry.model.year}`, but {said}",
            (f"write {better}" if better else "write the year of the version of record")
            + f"; if the year is right, correct {' and '.join(witnesses)}",
            Mend(("year",), better) if better and named else None,
        )


def _contradicting(entry: Entry) -> dict[str, int]:
    """What says another year than the paper ``entry``, each with it; empty if all may be right."""
    year, venue, arxiv = (entry.model.__dict__[name] for name in ("year", "venue", "arxiv"))
    if not year:
        return {}
    given = {
        "`venue`": venue.year if venue and venue.year else 0,
        "the arXiv id": meant.year_of_arxiv(arxiv) if arxiv else 0,
    }
    known = {name: when for name, when in given.items() if when}
    later_than_preprint = "`venue`" not in known and year >= max(known.values(), default=year)
    return {} if year in known.values() or later_than_preprint else known


def _has_not_come(knowledge: Knowledge, year: int) -> bool:
    """Whether ``year`` is one of the future, which is another rule's."""
    return year > knowledge.today.year


def _paper_ids(knowledge: Knowledge, entry: Entry) -> list[str]:
    """The ids that a paper may have.

    None if it is no paper, or if the names, the year or the title must be mended first.
    """
    model = entry.model
    if not isinstance(model, Paper) or not entry.knows("authors", "year", "title"):
        return []
    first = model.authors[0].name if model.authors[0] else None
    doubtful = _has_not_come(knowledge, model.year) or _contradicting(entry) or torn(model.title)
    return [] if doubtful or (first and unfit(first)) else _citekeys(model)


def _renamed(entry: Entry, id: str) -> str:
    """The path of ``entry`` if its id were ``id``; nothing if it has no file of its own."""
    kind = KINDS[entry.kind]
    root = entry.path.partition("/")[0]
    return f"{root}/{kind.path(id)}" if kind.form == "file" else ""


def _unnamed(knowledge: Knowledge, entry: Entry) -> bool:
    """Whether no other entry names ``entry``, so that it may still get another id."""
    return not any(edge.target == entry.id for _, edge in knowledge.edges)


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
                f"address `{target.url}` is already used at {_at(first.entry, first.keys)}",
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
                f"address `{target.url}` has another title at {_at(first.entry, first.keys)}",
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
        if not (first.id in tied and entry.id in tied and nx.has_path(tied, first.id, entry.id)):
            yield Trouble(
                entry,
                keys,
                f"title `{printed(entry.model)}` is already used at {_at(first, keys)}",
                "merge the two, or tie two addresses of one text with `same_text`",
            )


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
            yield Trouble(
                entry,
                ("title",),
                f"nearly the title of `{other.id}` ({_at(other, ('title',))}), by the same author",
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


def _all(knowledge: Knowledge) -> list[Entry]:
    return [*knowledge.entries, *knowledge.catalog.shadowed]


def _at(entry: Entry, keys: Keys) -> str:
    line, column = entry.place(keys)
    return f"{entry.path}:{line}:{column}"


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
            f"{field} `{typed.lower()}` is already used at {_at(first, keys)}",
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


def _citekeys(paper: Paper) -> list[str]:
    return citekeys(printed_name(paper.authors[0]), paper.year, paper.title)


def _is_variant(id: str, expected: str) -> bool:
    """Whether ``id`` is the second, third … with the same surname, year and word."""
    return id.startswith(expected) and len(id) == len(expected) + 1 and id[-1].isalpha()


def _other_name(knowledge: Knowledge, expected: str, taken: Entry) -> str:
    """What to do if the id that the entry should have is taken."""
    name = next((id for id in variants(expected) if not knowledge.catalog.known(id)), "")
    return f"`{taken.path}` has the expected name: if it is the same paper, merge the two" + (
        f"; if not, call this file `{name}.yaml`" if name else ""
    )
