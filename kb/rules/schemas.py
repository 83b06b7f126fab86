"""Rules on the line with which an editor finds the schema of a file."""

import re
from collections.abc import Iterator

from kb.kinds import KINDS
from kb.rules.rule import Knowledge, Trouble

_SCHEMA = re.compile(r"# yaml-language-server: \$schema=\S*?/([a-z]+)\.json")


def foreign_schema(knowledge: Knowledge) -> Iterator[Trouble]:
    """The first line names the schema of another kind of entry.

    Why it matters: editors that complete and check while typing ask for the wrong fields.

    Example:

        # yaml-language-server: $schema=../../docs/schema/article.json in a paper

    Instead: the name of its own kind: …/docs/schema/paper.json
    """
    seen = set()
    for entry in knowledge.catalog.entries.values():  # a broken one may be of that kind
        if entry.path in seen:
            continue
        seen.add(entry.path)
        found = _SCHEMA.match(entry.text) if entry.text.startswith("# yaml") else None
        kind = KINDS.get(entry.kind)
        if found and kind and found[1] not in (kind.name, kind.file):
            yield Trouble(
                entry,
                (),
                f"the first line names the schema of another kind: `{found[1]}`",
                f"write `{kind.file if kind.form == 'keys' else kind.name}.json` there",
            )
