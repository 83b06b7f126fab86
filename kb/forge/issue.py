"""From a filled form to the one file of the catalogue that it adds or changes. Pure.

An entry that a form makes is its YAML alone: no form writes code.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb import meant
from kb.catalog import Catalog, Entry
from kb.forge.form import (
    CHINESE,
    ENGLISH,
    ENTRY_ID,
    FIELD,
    KIND,
    NEW_ID,
    NOW,
    PAGE,
    READ,
    RIGHT,
    TIES,
    TOPICS,
    WORK,
    WRONG,
    YAML,
    Filled,
    MalformedForm,
)
from kb.importers import bibtex
from kb.importers.add import added, imported
from kb.importers.draft import Draft, Duplicate, Wishes
from kb.importers.gather import Fetch, Refusal
from kb.importers.recognize import Unrecognized, is_bibtex, recognize
from kb.importers.record import NoRecord, WorkRecord
from kb.kinds import KINDS, facts, marked, name
from kb.near import suggest
from kb.rename import LONGEST
from kb.schema import Paper, Unproven
from kb.schema.marks import Relates
from kb.source.edit import Editor, applied, canonical_if
from kb.source.files import RawFile
from kb.source.format import Formatted, formatted
from kb.source.layout import quoted_if_needed
from kb.source.reader import Document, Keys, read
from kb.source.scalars import plain
from kb.source.write import written

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TIE = re.compile(r"[-*]?\s*`?([a-z_]+)`?\s*[::]\s*`?([a-z0-9-]+)`?\s*(?:[,,]\s*(.*))?")
_MOST_TIES = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """The file that a form leads to, and what to say of it; ``lacks`` only a person can write."""

    file: RawFile
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form is applied to: the files and the catalogue they make, the day, who is asked."""

    files: Sequence[RawFile]
    catalog: Catalog
    today: datetime.date
    fetch: Fetch | None = None


def outcome(form: Filled, known: FormContext) -> Outcome:
    """What ``form`` leads to. Raises Malformed."""
    return _MAKERS[form.form.name](form, known)


def _added(form: Filled, known: FormContext) -> Outcome:
    """A new entry from an identifier, an address or BibTeX."""
    wishes = Wishes(known.today, _id(form, NEW_ID) if form[NEW_ID] else "")
    try:
        made = _drafted(form[WORK], known, wishes)
    except Unrecognized as error:
        raise MalformedForm(WORK, *_halves(str(error))) from None
    except (Refusal, Duplicate, NoRecord) as error:
        raise MalformedForm(WORK, *_halves(str(error))) from None
    document = read(made.file.path, made.file.content)
    if not isinstance(document, Document):
        raise MalformedForm(WORK, "its record cannot be written as an entry", "open a pull request")
    data = dict(document.data)
    _complete(data, form, known.catalog)
    file = written(made.file.path, made.file.kind, made.file.id, data)
    said = [form[TIES] and "what ", form[ENGLISH] and form[CHINESE] and "`summary`"]
    lacks = tuple(
        one for one in made.lacks if not any(start and one.startswith(start) for start in said)
    )
    notes = tuple(one for one in made.notes if not (form[TOPICS] and one.startswith("`topics`")))
    return Outcome(_unwritten(file, known, NEW_ID), notes, lacks)


def _drafted(typed: str, known: FormContext, wishes: Wishes) -> Draft:
    """The draft of the one work that was typed."""
    if is_bibtex(typed):
        records = bibtex.records(typed)
        if len(records) != 1:
            raise MalformedForm(WORK, f"names {len(records)} works", "open one issue for each")
        [record] = records
        if not isinstance(record, WorkRecord):
            raise record
        return imported(record, (), known.catalog, wishes, known.fetch)
    lines = [line for line in typed.splitlines() if line.strip()]
    if len(lines) > 1:
        raise MalformedForm(WORK, f"names {len(lines)} works", "open one issue for each")
    return added(recognize(lines[0]), known.catalog, wishes, known.fetch)


def _complete(data: dict[str, Any], form: Filled, catalog: Catalog) -> None:
    """Put into ``data`` what the form says beside the work."""
    if form[TOPICS]:
        data["topics"] = _topics(form[TOPICS], catalog)
    if form[ENGLISH] or form[CHINESE]:
        data["summary"] = {"en": _line(form[ENGLISH]), "zh": _line(form[CHINESE])}
        key = next(iter(data.get("sources", {})), "")
        if key:
            source = data["sources"][key]
            data["sources"][key] = {
                **source,
                "supports": (*source.get("supports", ()), "summary"),
            }
    for relation, ties in _ties(form[TIES], data, catalog).items():
        data[relation] = [*data.get(relation, ()), *ties]


def _line(text: str) -> str:
    return " ".join(text.split())


def _topics(typed: str, catalog: Catalog) -> list[str]:
    topics = catalog.of_kind("topic")
    known, called = [one.id for one in topics], {name(one.model).zh: one.id for one in topics}
    typed_words = re.split(r"[\s,;\uff0c\u3001\uff1b`*]+", typed)
    found = [called.get(one, one) for one in typed_words if one.strip("-")]
    for one in found:
        if one not in known:
            cure = suggest(one, known) or f"the topics are {', '.join(known)}"
            raise MalformedForm(TOPICS, f"`{one}` is no topic", cure)
    return list(dict.fromkeys(found))


def _ties(typed: str, data: Mapping[str, Any], catalog: Catalog) -> dict[str, list[dict[str, str]]]:
    """What is said of other entries, by relation."""
    relations = [name for name, _ in marked(Paper, Relates) if name != "topics"]
    found: dict[str, list[dict[str, str]]] = {}
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > _MOST_TIES:
        raise MalformedForm(TIES, f"has {len(lines)} lines", f"give at most {_MOST_TIES}")
    for line in lines:
        tie = _TIE.fullmatch(line)
        if not tie:
            raise MalformedForm(
                TIES, f"`{line}` is no tie", "write `studies: id, place in the text`"
            )
        if tie[1] not in relations:
            cure = suggest(tie[1], relations) or f"use one of {', '.join(relations)}"
            raise MalformedForm(TIES, f"`{tie[1]}` is no relation of a paper", cure)
        if not catalog.known(tie[2]):
            cure = suggest(tie[2], catalog.entries) or "add that entry first"
            raise MalformedForm(TIES, f"there is no entry `{tie[2]}`", cure)
        key = next(iter(data.get("sources", {})), "ours")
        where = {"where": tie[3].strip()} if tie[3] and tie[3].strip() else {}
        found.setdefault(tie[1], []).append({"id": tie[2], "source": key, **where})
    return found


def _entry(form: Filled, known: FormContext) -> Outcome:
    """A new entry that was typed as YAML."""
    kinds = [kind.name for kind in KINDS.values() if kind.form != "keys"]
    if form[KIND] not in kinds:
        raise MalformedForm(KIND, f"`{form[KIND]}` is none", f"use one of {', '.join(kinds)}")
    kind, id = KINDS[form[KIND]], _id(form, ENTRY_ID)
    path = f"catalog/{kind.path(id)}"
    content = form[YAML].replace("\t", "  ").rstrip() + "\n"
    match formatted(RawFile(path, kind.name, id, content.encode(errors="replace"))):
        case Formatted(new):
            return Outcome(_unwritten(RawFile(path, kind.name, id, new), known, ENTRY_ID))
    found = read(path, content.encode(errors="replace"))
    if isinstance(found, Document):
        raise MalformedForm(YAML, "cannot be written in the canonical form", "use plain YAML")
    fault = found[0]
    raise MalformedForm(
        YAML, f"line {fault.line}: {fault.message}", fault.hint or "correct it in the issue"
    )


def _id(form: Filled, label: str) -> str:
    id = form[label].strip().strip("`")
    if not _ID.fullmatch(id) or len(id) > LONGEST:
        cure = f"use a-z, 0-9 and single hyphens, at most {LONGEST} characters"
        raise MalformedForm(label, f"`{id}` is not an id", cure)
    return id


def _unwritten(file: RawFile, known: FormContext, label: str) -> RawFile:
    """``file``, whose id must be free. Raises Malformed."""
    former = (entry for entry in known.catalog.entries.values() if file.id in entry.model.formerly)
    if taken := known.catalog.known(file.id) or next(former, None):
        fault = f"`{file.id}` is the id of `{taken.path}`"
        raise MalformedForm(label, fault, "give another id, or correct that entry")
    return file


def _corrected(form: Filled, known: FormContext) -> Outcome:
    """An entry in which one value changes, and the page that says so is named."""
    entry, keys = _named(form, known.catalog), _keys(form[FIELD])
    file = next(one for one in known.files if one.path == entry.path)
    text = file.content.decode()
    now = _value_now(entry, text, keys)
    shown = str(now).lower() if isinstance(now, bool) else str(now)
    if _said(form[NOW]) != _said(shown) and not _same_number(_said(form[NOW]), now):
        raise MalformedForm(NOW, f"`{form[FIELD]}` is `{shown}` today", "compare it with that")
    day = _day(form[READ], known.today)
    try:
        splice = Editor(text).scalar((*entry.prefix, *keys), _typed(now, _said(form[RIGHT])))
        text = _grounded(applied(text, [splice]), entry, keys, (_page(form[PAGE]), day))
    except KeyError:
        raise MalformedForm(FIELD, f"`{form[FIELD]}` is not one value", "name one value") from None
    return Outcome(RawFile(file.path, file.kind, file.id, canonical_if(file, text)))


def _same_number(typed: str, now: object) -> bool:
    """Whether ``typed`` is the number ``now``, however it is written."""
    try:
        return not isinstance(now, bool | str) and float(typed) == now
    except ValueError:
        return False


def _named(form: Filled, catalog: Catalog) -> Entry:
    id = _last(form[WRONG].strip().strip("`<>"))
    if id in catalog.broken:
        place = catalog.broken[id].path
        raise MalformedForm(WRONG, f"`{place}` has findings", "correct that file in a pull request")
    if id not in catalog.entries:
        cure = suggest(id, catalog.entries) or "the last part of the page's address is the id"
        raise MalformedForm(WRONG, f"there is no entry `{id}`", cure)
    return catalog.entries[id]


def _last(typed: str) -> str:
    """The id in the address of a page, or ``typed`` itself."""
    return re.split(r"[?#]", typed)[0].rstrip("/").rpartition("/")[2]


def _keys(typed: str) -> Keys:
    """The keys of a value: `year`, `venue.pages`, `results.0.value` or `results[0].value`."""
    steps = re.sub(r"\[(\d+)\]", r".\1", typed.strip("` ")).split(".")
    return tuple(int(one) if one.isdecimal() else one for one in steps)


def _value_now(entry: Entry, text: str, keys: Keys) -> object:
    """The scalar at ``keys`` as it stands in the file. Raises Malformed."""
    document = read(entry.path, text.encode())
    value: object = document.data if isinstance(document, Document) else {}
    for key in (*entry.prefix, *keys):
        names = [str(name) for name in value] if isinstance(value, dict) else []
        value = _child(value, key)
        if value is None:
            cure = suggest(str(key), names) or "name it as `kb check` does: `results.0.value`"
            raise MalformedForm(FIELD, f"`{entry.id}` has no `{key}` there", cure)
    if isinstance(value, dict | tuple):
        name = ".".join(map(str, keys))
        inside = value if isinstance(value, dict) else range(len(value))
        cure = "name one: " + ", ".join(f"`{name}.{one}`" for one in list(inside)[:8])
        raise MalformedForm(FIELD, f"`{name}` holds several values", cure)
    return value


def _child(value: object, key: str | int) -> object:
    """What stands at ``key`` of a mapping or a list; None for nothing."""
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, tuple) and isinstance(key, int) and key < len(value):
        found: object = value[key]
        return found
    return None


def _said(typed: str) -> str:
    return " ".join(typed.strip().strip("`").split())


def _typed(was: object, new: str) -> str:
    """``new`` as YAML: in the place of a number or a day it is one, else it is text.

    Raises Malformed for what is no number in the place of one.
    """
    if isinstance(was, int | float) and not isinstance(was, bool):
        number, unit = meant.number(new)
        if not number or unit:
            said = f"`{new}` is not a number alone"
            raise MalformedForm(RIGHT, said, f"write it as `{number or '84.4'}`, without a unit")
        return number
    same = type(was) is type(plain(new)) and not isinstance(was, str)
    return new if same else quoted_if_needed(new)


def _page(typed: str) -> str:
    url = typed.strip().strip("<>`")
    if not re.fullmatch(r"https?://[^\s<>\"'\\]+", url):
        raise MalformedForm(PAGE, f"`{url}` is no address of a page", "give one with `https://`")
    return url


def _day(typed: str, today: datetime.date) -> datetime.date:
    found = meant.days(typed)
    if len(found) > 1:
        those = " or ".join(f"`{day}`" for day in found)
        raise MalformedForm(READ, f"`{typed}` can be two days", f"write {those}")
    if not found:
        raise MalformedForm(READ, f"`{typed}` is no day", "write it as `2026-11-27`")
    [day] = found
    if day > today:
        raise MalformedForm(
            READ, f"`{typed}` has not come yet", "give the day on which you read it"
        )
    return day


def _grounded(text: str, entry: Entry, keys: Keys, page: tuple[str, datetime.date]) -> str:
    """``text`` in which the value at ``keys`` rests on ``page``, an address and the day."""
    if not isinstance(entry.model, Unproven):
        return text
    url, day = page
    sources = entry.model.sources or {}
    at = (*entry.prefix, "sources")
    key = next((name for name, source in sources.items() if source.url == url), "")
    if key:
        text = applied(text, [Editor(text).scalar((*at, key, "seen"), day.isoformat())])
    else:
        names = ("page", *(f"page-{n}" for n in range(2, 99)))
        key = next(name for name in names if name not in sources)
        said = f"{{url: {quoted_if_needed(url)}, seen: {day}}}"
        place, said = ((*at, key), said) if sources else (at, f"{{{key}: {said}}}")
        text = applied(text, [Editor(text).added(place, said)])
    return _told(text, entry, keys, key)


def _cited(text: str, path: str, part: Keys, key: str) -> str:
    """``text`` whose grounds at ``part`` are ``key``, or one more if they are a list."""
    document = read(path, text.encode())
    held: object = document.data if isinstance(document, Document) else {}
    for step in part:
        held = _child(held, step)
    if not isinstance(held, tuple):
        one = (*part, "key") if isinstance(held, dict) else part
        return applied(text, [Editor(text).value(one, key)])
    named = [one.get("key") if isinstance(one, dict) else one for one in held]
    return text if key in named else applied(text, [Editor(text).appended(part, key)])


def _told(text: str, entry: Entry, keys: Keys, key: str) -> str:
    """``text`` in which the part around ``keys`` names ``key``, or that source the fact."""
    editor = Editor(text)
    for size in range(len(keys) - 1, 0, -1):
        part = (*entry.prefix, *keys[:size], "source")
        if editor.holds(part):
            return _cited(text, entry.path, part, key)
    fact = next(
        (name for name, (field, _) in facts(type(entry.model)).items() if field == keys[0]), ""
    )
    place = (*entry.prefix, "sources", key, "supports")
    document = read(entry.path, text.encode())
    held: Any = document.data if isinstance(document, Document) else {}
    for step in place:
        held = held.get(step, ()) if isinstance(held, dict) else ()
    if not fact or fact in held:
        return text
    return applied(text, [editor.appended(place, fact)])


def _halves(said: str) -> tuple[str, str]:
    """What happened, and what to do, of a message that says both."""
    fault, _, cure = said.partition("; ")
    return fault, cure or "correct it in the issue"


_MAKERS: Mapping[str, Callable[[Filled, FormContext], Outcome]] = {
    "add": _added,
    "entry": _entry,
    "correct": _corrected,
}
