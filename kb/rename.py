"""A new id for an entry: what it changes in which files, as a value. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.catalog import Catalog, Entry
from kb.kinds import KINDS
from kb.source.edit import Editor, Splice, applied, canonical_if
from kb.source.files import RawFile
from kb.source.reader import Keys
from kb.walk import references

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
LONGEST = 80


class CannotRename(Exception):
    """The id cannot be changed so; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """What changes: the new content of files by their old path, and a path that moves, if any.

    ``moves`` are the old and the new path, inside the catalogue, of the entry's file or folder.
    """

    content: Mapping[str, bytes]
    moves: tuple[str, str] | None


def renaming(files: Iterable[RawFile], catalog: Catalog, old: str, new: str) -> Renaming:
    """The entry ``old`` of ``catalog``, which is what ``files`` hold, under the id ``new``.

    Every place that names ``old`` names ``new``, and the entry keeps ``old`` in `formerly`. Raises
    CannotRename.
    """
    entry = _entry(catalog, old)
    _free(catalog, entry, new)
    places = _places(catalog, old)
    content = {}
    for file in files:
        if file.path not in places and file.path != entry.path:
            continue
        text = file.content.decode()
        editor = Editor(text)
        splices = [_named(editor, keys, new) for keys in places.get(file.path, ())]
        if file.path == entry.path:
            splices += _own(editor, entry, new)
        content[file.path] = canonical_if(file, applied(text, splices))
    kind = KINDS[entry.kind]
    if kind.form == "keys":
        return Renaming(content, None)
    return Renaming(content, (_moved(kind.path(old)), _moved(kind.path(new))))


def mentions(text: str, id: str) -> list[int]:
    """The numbers, from 1, of the lines of ``text`` that name ``id`` as a word of its own."""
    word = re.compile(rf"(?<![\w-]){re.escape(id)}(?![\w-])")
    return [number for number, line in enumerate(text.split("\n"), 1) if word.search(line)]


def _places(catalog: Catalog, id: str) -> dict[str, list[Keys]]:
    """Where the files name the entry ``id``: keys by path."""
    found: dict[str, list[Keys]] = {}
    for entry in (*catalog.entries.values(), *catalog.shadowed):
        for keys, named in references(entry):
            if named == id:
                found.setdefault(entry.path, []).append((*entry.prefix, *keys))
    for term in catalog.terms:
        for number, named in enumerate(term.model.leads_to or ()):
            if named == id:
                keys = (*term.prefix, "leads_to", number)
                found.setdefault(term.path, []).append(keys)
    return found


def _entry(catalog: Catalog, old: str) -> Entry:
    if old in catalog.broken:
        path = catalog.broken[old].path
        raise CannotRename(f"`{path}` has findings; correct what `kb check {path}` shows first")
    for other in catalog.shadowed:
        if other.id == old:
            raise CannotRename(f"`{other.path}` has the same id; rename or remove that file first")
    for broken in catalog.broken.values():
        if mentions(broken.text, old):
            raise CannotRename(
                f"`{broken.path}` may name `{old}` and has findings; "
                f"correct what `kb check {broken.path}` shows first"
            )
    return catalog.entries[old]


def _free(catalog: Catalog, entry: Entry, new: str) -> None:
    if not _ID.match(new) or len(new) > LONGEST:
        raise CannotRename(
            f"`{new}` is not an id; use a-z, 0-9 and single hyphens, at most {LONGEST}"
        )
    if taken := catalog.known(new):
        raise CannotRename(f"`{new}` is already the id of `{taken.path}`; choose another one")
    for other in catalog.entries.values():
        if other is not entry and new in other.model.formerly:
            raise CannotRename(
                f"old addresses with `{new}` lead to `{other.path}`; choose another one"
            )


def _named(editor: Editor, keys: Keys, new: str) -> Splice:
    """The place at ``keys`` with the id ``new``: an id alone, or one with what is said of it."""
    whole = (*keys, "id")
    return editor.value(whole if editor.holds(whole) else keys, new)


def _own(editor: Editor, entry: Entry, new: str) -> list[Splice]:
    """What changes in the entry itself: its key, its `id`, and its former ids."""
    at, splices = entry.prefix, []
    if at:
        splices.append(editor.key(at, new))
    if entry.model.id is not None:
        splices.append(editor.value((*at, "id"), new))
    former = entry.model.formerly
    if new in former:
        splices.append(editor.value((*at, "formerly", former.index(new)), entry.id))
    else:
        splices.append(editor.appended((*at, "formerly"), entry.id))
    return splices


def _moved(path: str) -> str:
    """What moves for an entry at ``path``: its file, or the folder that is its own."""
    folder, _, name = path.rpartition("/")
    return folder if name == "entry.yaml" else path
