"""What is wrong with the shape of an entry, and the models and values that stand at its keys."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.schema.parts import Keyed, Part, Place, below
from kb.source.mends import Mend
from kb.source.reader import Keys


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with the shape of an entry, at ``keys`` of its data.

    ``mend`` is what was meant, if that is clear; ``instead`` the missing fields that it is;
    ``empty``: nothing stands there, or only a comment.
    """

    name: str
    keys: Keys
    message: str
    hint: str
    mend: Mend | None = None
    instead: tuple[Keys, ...] = ()
    empty: bool = False


def typed_at(data: object, keys: Keys) -> Keys:
    """``keys`` as far as they lead in ``data``: a number may stand for a range from it to it."""
    for length in range(1, len(keys)):
        if value_at(data, keys[:length]) is not None and not isinstance(
            value_at(data, keys[:length]), dict | tuple
        ):
            return keys[:length]
    return keys


def names_of(model: type[Part]) -> list[str]:
    """The fields of ``model`` as they are typed."""
    return [field.alias or name for name, field in model.model_fields.items()]


def model_at(model: type[Part], keys: Iterable[str | int]) -> type[Part] | None:
    """The model of what stands at ``keys`` of a ``model``, if it is one."""
    place: Place = model
    for key in keys:
        if isinstance(key, str):
            place = below(place, key)
    return None if isinstance(place, Keyed) else place


def value_at(data: object, keys: Keys) -> object:
    """What stands at ``keys`` of ``data``, None if nothing does."""
    for key in keys:
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, tuple) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            return None
    return data
