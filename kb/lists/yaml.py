"""Addresses in YAML: those in its scalars, with the titles beside them. Comments say nothing.

Reads events, so aliases are never followed and nothing is built.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from kb.lists import record
from kb.lists.mention import Found, Unreadable

_DEEPEST = 200
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def addresses(text: str) -> Found:
    """Each address in the scalars of the YAML ``text``. Raises Unreadable."""
    yield from record.addresses(_events(text))


def _events(text: str) -> Iterator[record.Event]:
    try:
        yield from _keyed(yaml.parse(text, _LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}" if mark else "it"
        raise Unreadable(
            f"{line} is not YAML: {error.problem or error.context}; correct it, or add `--as text`"
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise Unreadable("it is not YAML; correct it, or add `--as text`") from None


def _keyed(events: "Iterator[yaml.Event]") -> Iterator[record.Event]:
    """``events`` with the key of each scalar of a mapping."""
    open_ones = [_Collection(False)]
    for event in events:
        around = open_ones[-1]
        match event:
            case ScalarEvent():
                yield _scalar(event, around.key)
                around.had(event.value)
            case AliasEvent():
                around.had("")
            case MappingStartEvent() | SequenceStartEvent():
                yield record.Mark.OPEN
                if len(open_ones) > _DEEPEST:
                    raise Unreadable("it is nested too deeply; give a flatter file")
                open_ones.append(_Collection(isinstance(event, MappingStartEvent)))
            case CollectionEndEvent():
                yield record.Mark.CLOSE
                open_ones.pop()
                open_ones[-1].had("")


@dataclass(slots=True)
class _Collection:
    """A mapping, whose nodes are keys and values in turn, or a list."""

    is_mapping: bool
    key: str = ""
    at_value: bool = False

    def had(self, text: str) -> None:
        """A node of it has ended; a scalar with this ``text``."""
        if self.is_mapping:
            self.key = "" if self.at_value else text
            self.at_value = not self.at_value


def _scalar(event: ScalarEvent, key: str) -> record.Scalar:
    mark = event.start_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if event.style == "|":
        return record.Scalar(event.value, line + 1, 1, key, spread=True)
    return record.Scalar(event.value, line, column, key)
