"""Rules on ids, which are the names of files and folders."""

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from kb import meant
from kb.bibliography import printed as printed_name
from kb.catalog import Entry
from kb.citekey import citekeys, variants
from kb.kinds import KINDS
from kb.names import Organization, read, unfit, unpointed
from kb.rules.bibliography import plain_names
from kb.rules.rule import Knowledge, Trouble, place_of
from kb.rules.titles import in_doubt
from kb.rules.years import has_not_come, other_years
from kb.schema import Paper

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
            f"id `{entry.id}` is already used at {place_of(first, ())}",
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
                    f"the former id `{old}` belongs to {place_of(other, ())}",
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
            _under_another_name(knowledge, entry, better)
            if free and KINDS[entry.kind].form != "keys"
            else f"write `{better}`"
            if free
            else "use a-z, 0-9 and single hyphens, at most 80",
            rename=_renamed(entry, better) if free and sure else "",
        )


def _under_another_name(knowledge: Knowledge, entry: Entry, id: str) -> str:
    """What to rename, and how, so that ``entry`` has ``id``."""
    if KINDS[entry.kind].form == "folder":
        return f"rename the folder to `{id}`"
    return _to_rename(knowledge, entry, _renamed(entry, id).rpartition("/")[2])


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
    awaited = misnamed(knowledge)
    for entry in knowledge.of(Paper):
        expected = _paper_ids(knowledge, entry)
        if not expected or entry.id in expected or not _ID.match(entry.id):
            continue
        taken = knowledge.catalog.known(expected[0])
        if taken and _is_variant(entry.id, expected[0]):
            continue
        named = awaited.get(expected[0])
        here = named if named and named[0] is entry else None
        slip = "" if here else _slip(entry.id, expected[0]) or _turned(entry, expected[0])
        body = _plain_body(entry.model)
        sure = not taken and not body and not slip and _unnamed(knowledge, entry)
        yield Trouble(
            entry,
            (slip or "title",),
            f"id `{entry.id}` is not made of surname, year and first word"
            + (f"; it is `{expected[0]}` in {_some(here[1])}" if here else ""),
            _other_name(knowledge, expected[0], taken)
            if taken
            else _to_rename(knowledge, entry, f"{expected[0]}.yaml")
            + (f", or correct `{slip}` if the name of the file is right" if slip else "")
            + (f"; if {body} signs as a whole, write {{organization: {body}}}" if body else ""),
            rename=_renamed(entry, expected[0]) if sure else "",
        )


def misnamed(knowledge: Knowledge) -> dict[str, tuple[Entry, list[str]]]:
    """Papers under another id than their own, by the id that they should have and others name.

    Each with the ids of the entries that name it so. Where others name the present id, too, nobody
    can tell which of the two is meant.
    """
    naming: defaultdict[str, set[str]] = defaultdict(set)
    for _, edge, _ in knowledge.astray:
        naming[edge.target].add(edge.source)
    found: dict[str, tuple[Entry, list[str]]] = {}
    for entry in knowledge.of(Paper) if naming else ():
        expected = _paper_ids(knowledge, entry)[:1]
        for id in expected:
            if id in naming and id != entry.id and _unnamed(knowledge, entry):
                found[id] = entry, sorted(naming[id])
    return found


def _some(ids: list[str]) -> str:
    """The first of ``ids``, in words."""
    return ", ".join(ids[:5]) + (" …" if len(ids) > 5 else "")


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
    return _FIELDS[at - 1] if alike or at > 1 else ""


def _turned(entry: Entry[Paper], expected: str) -> str:
    """`authors` if the id begins with another word of the first author: its order is in doubt.

    `title` if it begins with the right one, and the rest is another paper's.
    """
    surname, right = _PARTS.fullmatch(entry.id), _PARTS.fullmatch(expected)
    if surname and right and surname[1] == right[1]:
        return "title"
    first = entry.model.authors[0].name if entry.model.authors[0] else None
    words = [meant.slug(word) for word in (first or "").split()]
    return "authors" if surname and surname[1] in words else ""


def _plain_body(paper: Paper) -> str:
    """The first author if that is, by its words, an organization that is typed like a person."""
    name = paper.authors[0].name if paper.authors[0] else None
    return name if name and isinstance(read(name), Organization) else ""


_PARTS = re.compile(r"([a-z-]+)(\d{4})([a-z0-9-]+)")
_FIELDS = ("authors", "year", "title")


def _paper_ids(knowledge: Knowledge, entry: Entry) -> list[str]:
    """The ids that a paper may have.

    None if it is no paper, or if the names, the year or the title must be mended first.
    """
    model = entry.model
    if not isinstance(model, Paper) or not entry.knows("authors", "year", "title"):
        return []
    first = model.authors[0].name if model.authors[0] else None
    if unpointed(plain_names(model)):
        return []
    doubtful = has_not_come(knowledge, model.year) or other_years(entry) or in_doubt(model.title)
    return [] if doubtful or (first and unfit(first)) else _citekeys(model)


def _renamed(entry: Entry, id: str) -> str:
    """The path of ``entry`` if its id were ``id``; nothing if it has no file of its own."""
    kind = KINDS[entry.kind]
    root = entry.path.partition("/")[0]
    return f"{root}/{kind.path(id)}" if kind.form == "file" else ""


def _to_rename(knowledge: Knowledge, entry: Entry, file: str) -> str:
    """How the file of ``entry`` gets the name ``file``: so that nothing that names it is left."""
    change = knowledge.change
    if _unnamed(knowledge, entry) and not (change and change.before.known(entry.id)):
        return f"rename the file to `{file}`"
    return f"rename it with `kb rename {entry.id} {file.removesuffix('.yaml')}`"


def _unnamed(knowledge: Knowledge, entry: Entry) -> bool:
    """Whether no other entry names ``entry``, so that it may still get another id."""
    return not any(edge.target == entry.id for _, edge in knowledge.edges)


def _all(knowledge: Knowledge) -> list[Entry]:
    return [*knowledge.entries, *knowledge.catalog.shadowed]


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
