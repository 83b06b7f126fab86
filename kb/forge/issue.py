"""From a filled form to the one file of the catalogue that it adds or changes. Pure.

An entry that a form makes is its YAML alone: no form writes code.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from kb.catalog import Catalog
from kb.forge.correction import corrected
from kb.forge.form import (
    CHINESE,
    ENGLISH,
    ENTRY_ID,
    KIND,
    NEW_ID,
    STRANGE,
    TIES,
    TOPICS,
    WORK,
    YAML,
    Filled,
    MalformedForm,
)
from kb.forge.outcome import FormContext, Outcome
from kb.importers import bibtex
from kb.importers.add import added, imported
from kb.importers.draft import Draft, Duplicate, Wishes
from kb.importers.gather import Refusal
from kb.importers.recognize import Unrecognized, is_bibtex, recognize
from kb.importers.record import NoRecord, WorkRecord
from kb.kinds import KINDS, marked
from kb.near import suggest
from kb.rename import LONGEST
from kb.rules.called import Called
from kb.schema import Paper
from kb.schema.marks import Relates
from kb.source.files import RawFile
from kb.source.format import Formatted, formatted
from kb.source.reader import Document, read
from kb.source.write import written

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TIE = re.compile(r"[-*]?\s*`?([a-z_]+)`?\s*[::]\s*`?([a-z0-9-]+)`?\s*(?:[,,]\s*(.*))?")
_MOST_TIES = 20
_INSTEAD = (
    "close this issue, and correct that entry with the form *Correct a fact*; if it is another "
    "work, say so below the issue"
)


def outcome(form: Filled, known: FormContext) -> Outcome:
    """What ``form`` leads to. Raises MalformedForm."""
    return _MAKERS[form.form.name](form, known)


def _added(form: Filled, known: FormContext) -> Outcome:
    """A new entry from an identifier, an address or BibTeX."""
    wishes = Wishes(known.today, _id(form, NEW_ID) if form[NEW_ID] else "")
    try:
        made = _drafted(form[WORK], known, wishes)
    except Unrecognized as error:
        raise MalformedForm(WORK, *_halves(str(error))) from None
    except Duplicate as error:
        raise MalformedForm(WORK, _halves(str(error))[0], _INSTEAD) from None
    except (Refusal, NoRecord) as error:
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
    known = [one.id for one in catalog.of_kind("topic")]
    called = Called(catalog.of_kind("topic"))
    found: list[str] = []
    for part in re.split(r"[\n,;\uff0c\u3001\uff1b`*]+", typed):
        whole = called(part, ["topic"]) if part.strip("- ") else ""
        for one in [whole] if whole else part.split():
            id = called(one, ["topic"]) if one.strip("-") else ""
            if not id and one.strip("-"):
                cure = suggest(one, known) or f"the topics are {', '.join(known)}"
                raise MalformedForm(TOPICS, f"`{one}` is no topic", cure)
            found += [id] if id else []
    return list(dict.fromkeys(found))


def _ties(typed: str, data: Mapping[str, Any], catalog: Catalog) -> dict[str, list[dict[str, str]]]:
    """What is said of other entries, by relation."""
    relations = [name for name, _ in marked(Paper, Relates) if name != "topics"]
    found: dict[str, list[dict[str, str]]] = {}
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > _MOST_TIES:
        raise MalformedForm(TIES, f"has {len(lines)} lines", f"give at most {_MOST_TIES}")
    for line in lines:
        if line.startswith("#"):
            raise MalformedForm(line.strip("# "), *STRANGE)
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
    """``file``, whose id must be free. Raises MalformedForm."""
    former = (entry for entry in known.catalog.entries.values() if file.id in entry.model.formerly)
    if taken := known.catalog.known(file.id) or next(former, None):
        fault = f"`{file.id}` is the id of `{taken.path}`"
        raise MalformedForm(label, fault, "give another id, or correct that entry")
    return file


def _halves(said: str) -> tuple[str, str]:
    """What happened, and what to do, of a message that says both."""
    fault, _, cure = said.partition("; ")
    return fault, cure or "correct it in the issue"


_MAKERS: Mapping[str, Callable[[Filled, FormContext], Outcome]] = {
    "add": _added,
    "entry": _entry,
    "correct": corrected,
}
