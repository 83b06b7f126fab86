"""The catalogue: every entry that could be read, and every finding about those that could not."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kb.findings import Finding, Kind
from kb.schema import KINDS, Topic
from kb.schema import Model
from kb.source.files import RawFile
from kb.source.reader import Document, Keys, place, read

_SHAPES = {
    "unknown-field": (
        "KB101",
        "A field that this kind of entry does not have.",
        "It would be ignored, and its author would believe that it says something.",
        "titel: A",
        "Use the field that is meant; the message names the nearest one.",
    ),
    "missing-field": (
        "KB102",
        "A required field is missing.",
        "Pages, exports and rules count on it.",
        "a paper without authors",
        "Add the field.",
    ),
    "missing-language": (
        "KB103",
        "A text is given in one language only.",
        "Chinese and English readers are served alike.",
        "summary: {en: …}",
        "Add the other language.",
    ),
    "wrong-type": (
        "KB104",
        "A value has the wrong type.",
        "`1905.11946` without quotes is a number and loses its zeros; a date is not a text.",
        "arxiv: 1905.11946",
        "Quote text that looks like a number or a date; write lists with dashes or brackets.",
    ),
    "unknown-word": (
        "KB105",
        "A value that is not in the closed vocabulary.",
        "Filters and pages know the listed words only.",
        "form: blogpost",
        "Use one of the listed words.",
    ),
    "malformed-value": (
        "KB106",
        "A value that does not have the form of its field.",
        "An id that cannot be right leads nowhere.",
        'arxiv: "abs/1905.11946"',
        "Write it in the form that the message shows.",
    ),
}
SHAPES = {name: Kind(code, name, *page) for name, (code, *page) in _SHAPES.items()}
_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "date_type": "a date such as 2026-11-23",
    "tuple_type": "a list",
    "model_type": "`key: value` pairs",
    "model_attributes_type": "`key: value` pairs",
    "dict_type": "`key: value` pairs",
}


_FORMS = {
    "arxiv": "an arXiv id such as 1905.11946, in quotes and without version",
    "doi": "a DOI such as 10.1109/5.771073, without any prefix",
    "id": "an id: a-z, 0-9 and single hyphens",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what was typed (``model``) and where it stands (``path``, ``text``, ``prefix`` of its keys)."""

    kind: str
    id: str
    model: Any
    path: str
    text: str = field(repr=False)
    prefix: Keys = ()

    def place(self, keys: Keys) -> tuple[int, int]:
        """Line and column, from 1, of the value at ``keys``."""
        return place(self.text, self.prefix + keys)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All entries, by id, and the findings of reading them. A second entry with a taken id is in ``shadowed``."""

    entries: dict[str, Entry]
    findings: tuple[Finding, ...] = ()
    shadowed: tuple[Entry, ...] = ()

    def of_kind(self, kind: str) -> list[Entry]:
        """The entries of one kind, sorted by id."""
        return [entry for entry in self.entries.values() if entry.kind == kind]


def assemble(files: Iterable[RawFile], findings: Iterable[Finding] = ()) -> Catalog:
    """The catalogue that ``files`` make up. Every file is read; one bad file hides no other."""
    found = list(findings)
    entries: dict[str, Entry] = {}
    shadowed: list[Entry] = []
    for file in files:
        document = read(file.path, file.content)
        if not isinstance(document, Document):
            found += document
            continue
        for entry in _entries(file, document, found):
            if entry.id in entries:
                shadowed.append(entry)
            else:
                entries[entry.id] = entry
    return Catalog(dict(sorted(entries.items())), tuple(sorted(found)), tuple(shadowed))


def _entries(file: RawFile, document: Document, found: list[Finding]) -> list[Entry]:
    if file.kind != "topics":
        model = _validate(KINDS[file.kind], document, document.data, (), found)
        return [Entry(file.kind, file.id, model, file.path, document.text)] if model else []
    topics = []
    for key, data in document.data.items():
        model = _validate(Topic, document, data, (key,), found)
        if model:
            topics.append(Entry("topic", key, model, file.path, document.text, (key,)))
    return topics


def _validate(
    kind: type[Model], document: Document, data: Any, prefix: Keys, found: list[Finding]
) -> Model | None:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        found += [
            _shape_finding(kind, document, prefix, detail)
            for detail in error.errors(include_url=False)
        ]
        return None


def _shape_finding(
    kind: type[Model], document: Document, prefix: Keys, detail: ErrorDetails
) -> Finding:
    keys = prefix + tuple(detail["loc"])
    name, message, hint = _explain(kind, detail)
    return SHAPES[name].at(document.path, place(document.text, keys), message, hint)


def _explain(kind: type[Model], detail: ErrorDetails) -> tuple[str, str, str]:
    last, trouble, context = (
        detail["loc"][-1] if detail["loc"] else "",
        detail["type"],
        detail.get("ctx", {}),
    )
    where = ".".join(str(key) for key in detail["loc"])
    match trouble:
        case "extra_forbidden":
            return (
                "unknown-field",
                f"unknown field `{last}`",
                suggest(str(last), fields(kind)) or "see the field reference",
            )
        case "missing" if last in ("en", "zh"):
            return "missing-language", f"`{where}` is missing", "say the same in both languages"
        case "missing":
            return "missing-field", f"required field `{where}` is missing", "add it"
        case "literal_error":
            words = [
                word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")
            ]
            return (
                "unknown-word",
                f"`{detail['input']}` is not a word of `{where}`",
                suggest(str(detail["input"]), words) or f"one of: {', '.join(words)}",
            )
        case _ if trouble in _TYPES:
            return (
                "wrong-type",
                f"`{where}` is {_named(detail['input'])}, expected {_TYPES[trouble]}",
                _quote_hint(trouble, detail["input"]),
            )
        case "string_pattern_mismatch":
            return (
                "malformed-value",
                f"`{where}` is `{detail['input']}`, expected {_FORMS.get(str(last), _FORMS['id'])}",
                "write it in that form",
            )
    return "malformed-value", f"`{where}`: {_lower(detail['msg'])}", "write it in that form"


def _named(value: Any) -> str:
    names = {
        str: "text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        tuple: "a list",
        dict: "a mapping",
        type(None): "empty",
    }
    return names.get(type(value), "a date")


def _quote_hint(trouble: str, value: Any) -> str:
    if trouble == "string_type" and not isinstance(value, tuple | dict) and value is not None:
        return f'quote it: "{value}" (if digits were lost, write them out)'
    return "see the field reference"


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


@lru_cache(maxsize=None)
def fields(kind: type[Model]) -> tuple[str, ...]:
    """All field names that occur anywhere in ``kind``."""
    schema = kind.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return tuple(sorted({name for part in parts for name in part.get("properties", {})}))


def suggest(word: str, known: Iterable[str]) -> str:
    """A hint with the known word nearest to ``word``, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else ""
