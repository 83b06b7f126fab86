"""A better value or key as a change of data, and the edits of the file that make it."""

import datetime
import json
from dataclasses import dataclass
from typing import Literal

from kb.findings import Edit
from kb.source.characters import LOST
from kb.source.layout import word
from kb.source.places import Places
from kb.source.reader import Keys
from kb.source.scalars import plain


class Typed(str):
    """A value as it is to be typed, such as a number with its exponent."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Mend:
    """What would be right at ``keys``.

    ``value``: write ``new`` in place of the value; ``key``: write it in place of the key;
    ``quote``: put the value, as it was typed, into quotation marks; ``indent``: put key and value
    two blanks to the right, below the key before it; ``outdent``: to the left; ``remove``: delete
    the line; ``swap``: exchange the two keys that ``new`` names;
    ``split``: write the items ``new`` in place of the one.
    """

    keys: Keys
    new: object = None
    how: Literal["value", "key", "quote", "indent", "outdent", "remove", "swap", "split"] = "value"

    def edits(self, places: Places, prefix: Keys = ()) -> tuple[Edit, ...]:
        """The edits of the file with these ``places``; none if there is nothing to edit.

        Nor if what is to be written holds a character that could not be read.
        """
        edits = self._edits(places, prefix + self.keys)
        return () if any(LOST in edit.text for edit in edits) else edits

    def _edits(self, places: Places, keys: Keys) -> tuple[Edit, ...]:
        match self.how:
            case "key":
                return places.renamed(keys, rendered(self.new))
            case "quote":
                return places.replaced(keys, json.dumps(places.written(keys), ensure_ascii=False))
            case "indent":
                return places.indented(keys, 2)
            case "outdent":
                return places.indented(keys, -2)
            case "remove":
                return places.removed(keys)
            case "split" if isinstance(self.new, tuple):
                _, column = places.at(keys)
                next_line = f"\n{' ' * (column - 3)}- "
                between = ", " if places.in_brackets(keys) else next_line
                return places.replaced(keys, between.join(map(str, self.new)))
            case "swap":
                one, other = self._both
                return places.renamed((*keys, one), other) + places.renamed((*keys, other), one)
        return places.replaced(keys, rendered(self.new, not places.in_brackets(keys)))

    @property
    def _both(self) -> tuple[str, str]:
        """The two keys of a swap."""
        one, other = self.new if isinstance(self.new, tuple) else ("", "")
        return str(one), str(other)

    def applied(self, data: object) -> object:
        """``data`` as it is with this mend."""
        return self._in(data, self.keys)

    def _in(self, data: object, keys: Keys) -> object:
        if isinstance(data, tuple) and keys and isinstance(at := keys[0], int) and at < len(data):
            inner = self._value(data[at]) if len(keys) == 1 else self._in(data[at], keys[1:])
            return (*data[:at], inner, *data[at + 1 :])
        if not isinstance(data, dict) or not keys or keys[0] not in data:
            return data
        if self.how == "outdent" and len(keys) == 2 and isinstance(data[keys[0]], dict):
            return data | {
                keys[0]: _without(data[keys[0]], keys[1]),
                keys[1]: data[keys[0]][keys[1]],
            }
        if len(keys) > 1:
            return data | {keys[0]: self._in(data[keys[0]], keys[1:])}
        return self._at(data, keys[0])

    def _at(self, data: dict[str | int, object], key: str | int) -> object:
        """``data`` with its ``key`` mended."""
        match self.how:
            case "key":
                new, _, typed = str(self.new).partition(": ")
                value = plain(typed) if typed else data[key]
                return dict((new, value) if one[0] == key else one for one in data.items())
            case "remove":
                return _without(data, key)
            case "indent":
                names = list(data)
                above = data[name := names[names.index(key) - 1]]
                below = above if isinstance(above, dict) else {}
                return _without(data, key) | {name: {**below, key: data[key]}}
        return data | {key: self._value(data[key])}

    def _value(self, old: object) -> object:
        if self.how == "quote":
            return str(old)
        if self.how == "swap" and isinstance(old, dict):
            one, other = self._both
            return old | {one: old.get(other), other: old.get(one)}
        if not isinstance(self.new, Typed):
            return self.new
        return self.new[1:-1] if self.new.startswith('"') else plain(self.new)


def _without(data: dict[str | int, object], key: str | int) -> dict[str | int, object]:
    return {k: value for k, value in data.items() if k != key}


def rendered(value: object, block: bool = True) -> str:
    """``value`` on one line of YAML; ``block``: it stands outside of brackets."""
    if isinstance(value, Typed):
        return value
    if isinstance(value, str):
        return word(value, block)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(rendered(item, False) for item in value)}]"
    if isinstance(value, dict):
        pairs = (f"{word(key, False)}: {rendered(item, False)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    return str(value)
