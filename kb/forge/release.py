"""A release of the data: every export, the schema, notes, citation and checksums. Pure.

The same catalogue, version and day give the same bytes.
"""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from kb import kinds
from kb.catalog import Entry
from kb.change import Difference
from kb.export import FORMATS, content
from kb.graph import Graph
from kb.kinds import KINDS, models, tables
from kb.report.change import escaped
from kb.schema import VERSION
from kb.schema.json_schema import files as schemas

PREFIX = "data-"
"""How the tags of such releases begin."""
SUMS, NOTES, CITATION = "SHA256SUMS", "NOTES.md", "CITATION.cff"
TITLE = "Small and fast neural networks: a knowledge base"


def version(day: datetime.date, tags: Iterable[str]) -> str:
    """The version of a release on ``day``: `2026.11.27`, then `2026.11.27.1` on the same day."""
    usual = f"{day:%Y.%m.%d}"
    taken = {tag.removeprefix(PREFIX) for tag in tags if tag.startswith(PREFIX)}
    if usual not in taken:
        return usual
    return next(name for n in range(1, 1_000) if (name := f"{usual}.{n}") not in taken)


def latest(tags: Iterable[str]) -> str:
    """The newest of ``tags`` that names a release; nothing if there is none."""
    found = {}
    for tag in tags:
        parts = tag.removeprefix(PREFIX).split(".")
        if tag.startswith(PREFIX) and len(parts) in (3, 4) and all(map(str.isdecimal, parts)):
            found[tag] = [int(part) for part in parts]
    return max(found, key=lambda tag: found[tag], default="")


def release(
    graph: Graph, name: str, day: datetime.date, change: Difference | None
) -> dict[str, bytes]:
    """The files of release ``name``, all in one folder.

    ``change`` is what is new since the release before, if there is one.
    """
    made = {
        file.rpartition("/")[2]: content(format, graph) for format, (file, _) in FORMATS.items()
    }
    schema = schemas(models(), tables())
    made |= {
        f"{file.removesuffix('.json')}.schema.json": text.encode() for file, text in schema.items()
    }
    made[NOTES] = notes(graph, name, change).encode()
    made[CITATION] = citation(name, day).encode()
    made[SUMS] = sums(made).encode()
    return made


def sums(files: Mapping[str, bytes]) -> str:
    """One line a file, as `sha256sum --check` reads them."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def citation(name: str, day: datetime.date) -> str:
    """How to cite the release, in the Citation File Format."""
    return (
        "cff-version: 1.2.0\n"
        "message: If you use this data, please cite it as below.\n"
        f'title: "{TITLE}"\n'
        "type: dataset\n"
        "authors:\n"
        "  - name: The contributors\n"
        f'version: "{name}"\n'
        f"date-released: {day.isoformat()}\n"
        "license: MIT\n"
    )


def notes(graph: Graph, name: str, change: Difference | None) -> str:
    """What the release holds, and what is new in it, as Markdown."""
    counts = Counter(entry.kind for entry in graph.catalog.entries.values())
    held = ", ".join(f"{counts[kind]} {kind}{'s' * (counts[kind] != 1)}" for kind in KINDS)
    parts = [f"# {name}", f"{held}. Schema {VERSION}."]
    if change is None:
        parts.append("The first release of the data.")
    else:
        parts += _changed(change)
    return "\n\n".join(parts) + "\n"


def _changed(change: Difference) -> list[str]:
    after, before = change.after.entries, change.before.entries
    touched = Counter(
        one.id
        for one in change.claims
        if one.id in after
        and one.id not in change.added
        and (one.restated or not one.before or not one.after)
    )
    lists = {
        "New": [_line(after[id]) for id in change.added if id in after],
        "Removed": [_line(before[id]) for id in change.removed if id in before],
        "Renamed": [f"`{old}` → `{new}`" for old, new in change.renamed.items()],
        "Changed": [
            f"{_line(after[id])}: {count} claim{'s' * (count != 1)}"
            for id, count in sorted(touched.items())
        ],
        "New numbers of our code": [f"`{id}`" for id in change.numbers],
    }
    said = [
        f"## {title} ({len(lines)})\n\n" + "\n".join(f"- {line}" for line in lines)
        for title, lines in lists.items()
        if lines
    ]
    return said or ["Nothing differs from the release before."]


def _line(entry: Entry) -> str:
    return f"`{entry.id}` {escaped(kinds.name(entry.model).en)}"
