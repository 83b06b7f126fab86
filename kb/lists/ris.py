"""Addresses in RIS: those of its records, each with its title, and those of their DOIs."""

import re
from collections.abc import Iterator

from kb.lists import record
from kb.lists.mention import Found

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?\Z")
_KEYS = {"UR": "url", "L1": "url", "L2": "url", "TI": "title", "T1": "title", "DO": "doi"}


def addresses(text: str) -> Found:
    """Each address in the records of ``text``; `ER` ends one."""
    yield from record.addresses(_events(text))


def _events(text: str) -> Iterator[record.Event]:
    yield record.Mark.OPEN
    for number, line in enumerate(text.split("\n"), 1):
        found = _TAG.match(line.strip())
        if found and found[1] == "ER":
            yield record.Mark.CLOSE
            yield record.Mark.OPEN
        elif found:
            yield record.Scalar(found[2] or "", number, 1, _KEYS.get(found[1], ""))
        else:
            yield record.Scalar(line, number, 1)
    yield record.Mark.CLOSE
