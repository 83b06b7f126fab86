"""Says what is wrong with a value that its model refuses, and what was meant, to who typed it."""

from collections.abc import Callable

from pydantic_core import ErrorDetails

from kb import meant
from kb.explain.fields import missing, unknown
from kb.explain.flaw import Flaw, typed_at
from kb.explain.types import TYPES, of_another_type
from kb.explain.words import FORMS, malformed, unknown_word
from kb.near import Nearest
from kb.schema import Model
from kb.source.reader import Keys

_LIMITS: dict[str, Callable[[dict[str, object]], tuple[str, str]]] = {
    "string_too_long": lambda c: (f"has more than {c['max_length']} characters", "shorten it"),
    "string_too_short": lambda c: (
        "is empty" if c["min_length"] == 1 else f"has fewer than {c['min_length']} characters",
        "write it out, or delete the line",
    ),
    "too_short": lambda c: ("has no items", "name at least one"),
    "too_long": lambda c: (f"has more than {c['max_length']} items", "shorten the list"),
    "greater_than": lambda c: (f"must be more than {c['gt']:g}", "correct the number"),
    "greater_than_equal": lambda c: (f"must be at least {c['ge']}", "correct the number"),
    "less_than": lambda c: (f"must be less than {c['lt']:g}", "correct the number"),
    "less_than_equal": lambda c: (f"must be at most {c['le']}", "correct the number"),
}


def lost_its_items(detail: ErrorDetails) -> bool:
    """Whether a list is too short only because its items are wrong, which is said of each."""
    if detail["type"] != "too_short" or not isinstance(detail["input"], tuple | list):
        return False
    return len(detail["input"]) >= int(detail["ctx"]["min_length"])


def explained(kind: type[Model], near: Nearest, detail: ErrorDetails, data: object) -> Flaw:
    """What ``detail`` means to who typed ``data``, which should be a ``kind``."""
    keys = typed_at(data, tuple(detail["loc"]))
    fault = _explain(kind, near, detail, data, keys)
    if keys and keys[-1] == "[key]":
        slug = meant.slug(str(keys[-2]))
        form = FORMS["key"]
        said = f"the key `{keys[-2]}` of `{keys[0]}` does not have the form of a key: {form}"
        return Flaw("malformed-value", keys[:-1], said, f"write `{slug}`" if slug else "rename it")
    return fault


def _explain(
    kind: type[Model], near: Nearest, detail: ErrorDetails, data: object, keys: Keys
) -> Flaw:
    trouble, typed = detail["type"], detail["input"]
    where = ".".join(map(str, keys))
    if trouble == "extra_forbidden":
        return unknown(kind, near, keys, data)
    if trouble == "missing":
        return missing(keys, where)
    if trouble == "literal_error":
        return unknown_word(near, detail, keys, where)
    if trouble in TYPES:
        return of_another_type(kind, detail, data, keys, where)
    if trouble == "string_pattern_mismatch":
        return malformed(keys, where, str(typed))
    if trouble in _LIMITS:
        message, hint = _LIMITS[trouble](detail.get("ctx", {}))
        return Flaw("malformed-value", keys, f"`{where}` {message}", hint)
    return Flaw(
        "malformed-value",
        keys,
        f"`{where}` does not have the form of its field",
        "see the field reference",
    )
