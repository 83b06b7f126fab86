"""Fields: missing, unknown, called otherwise elsewhere, or indented too little or too much."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache

from kb import kinds, meant
from kb.explain.elsewhere import calls_id, elsewhere, in_full, says_the_same
from kb.explain.flaw import Flaw, model_at, names_of, value_at
from kb.near import Nearest, asked, is_slip, nearest
from kb.schema import Model
from kb.schema.marks import Relates
from kb.schema.parts import Part
from kb.source.mends import Mend, Typed
from kb.source.reader import Keys


def missing(keys: Keys, where: str) -> Flaw:
    """A required field, or a language of a text, that is not there."""
    if keys[-1] in ("en", "zh"):
        other = "Chinese (中文)" if keys[-1] == "zh" else "English"
        return Flaw(
            "missing-language", keys, f"`{where}` is missing", f"say the same in {other}, too"
        )
    return Flaw("missing-field", keys, f"required field `{where}` is missing", "add it")


def unknown(kind: type[Model], near: Nearest, keys: Keys, data: object) -> Flaw:
    """A key that is no field where it stands, and the field that was meant."""
    last, here = str(keys[-1]), model_at(kind, keys[:-1])
    names = names_of(here) if here else []
    holder = value_at(data, keys[:-1])
    taken: Collection[object] = holder if isinstance(holder, dict) else ()
    fault = Flaw("unknown-field", keys, f"unknown field `{last}`", _free(names, taken))
    if odd := meant.invisible(last):
        fault = replace(fault, message=f"unknown field `{last}` with the invisible {odd}")
    if found := meant.word(last, names):
        return _renamed(fault, found, taken, f"write `{found}`")
    if ":" in last:
        return _without_blank(fault, last)
    if moved := _misplaced(kind, keys, data):
        return replace(moved, message=f"{fault.message}, {moved.message}")
    return _another(fault, near, here, data) if here else fault


def _another(fault: Flaw, near: Nearest, here: type[Part], data: object) -> Flaw:
    """``fault``, of a key in a ``here``, with the field that is called otherwise or misspelt."""
    last, holder = str(fault.keys[-1]), value_at(data, fault.keys[:-1])
    names, taken = names_of(here), holder if isinstance(holder, dict) else {}
    if "id" in names and not issubclass(here, Model) and calls_id(last):
        return _renamed(fault, "id", taken, f"what is called `{last}` elsewhere is `id` here")
    if others := elsewhere(last, names):
        called = " or ".join(f"`{name}`" for name in others)
        hint = f"what is called `{last}` elsewhere is {called} here"
        sure = len(others) == 1 and says_the_same(last, others[0])
        return _renamed(fault, others[0], taken, hint, sure)
    if issubclass(here, Model) and (relations := _relations(last, here)):
        return replace(
            fault,
            message=f"unknown field `{last}`: it is a relation of another kind of entry",
            hint=f"here the relations are {', '.join(f'`{one}`' for one in relations)}",
        )
    if counted := _counted(fault, last, taken.get(last), names, taken):
        return counted
    if guess := near(last, here.__name__, names):
        sure = last not in _all_fields() and is_slip(last, guess)
        return _renamed(fault, guess, taken, asked(guess), sure)
    return fault


_MANY_FIELDS = 20
"""So many names of fields are said at most; more than that nobody reads in a message."""


def _free(names: Collection[str], taken: Collection[object]) -> str:
    """The hint that names the fields that can still be given."""
    if all(language in names and language in taken for language in ("en", "zh")):
        return "if it belongs to the text before it, put quotes around the whole text"
    of_all = Model.model_fields
    free = [name for name in names if name not in taken and name not in of_all]
    if names and not free:
        return "leave it out"
    if not 0 < len(free) <= _MANY_FIELDS:
        return "see the field reference"
    return f"leave it out, or use one of the fields that there are: {', '.join(free)}"


def _without_blank(fault: Flaw, typed: str) -> Flaw:
    """A key with its value, which stand in braces without a blank between them."""
    key, _, value = typed.partition(":")
    return replace(
        fault,
        message=f"no blank behind the colon of `{key}`",
        hint=f"write `{key}: {value}`",
        mend=Mend(fault.keys, Typed(f"{key}: {value}"), "key") if value else None,
    )


def _counted(
    fault: Flaw, word: str, value: object, names: Collection[str], taken: Collection[object]
) -> Flaw | None:
    """A number of a result: a count in thousands or more, or one that its metric has to name."""
    field, number = in_full(word, value)
    if field in names:
        return _renamed(fault, field, taken, f"write the count in full: `{field}: {number}`", False)
    if not {"metric", "value"} <= set(names) or not re.match(r"[-+]?\d", str(value)):
        return None
    lacking = [name for name in ("metric", "value") if name not in taken]
    if len(lacking) < 2:
        said = f"if it was measured, write a row of its own with `metric: {word}`"
        said += "; if it is a condition, say it in `note`"
        return None if nearest(word, names) else replace(fault, hint=said)
    hint = f"write `metric: {word}` and `value: {value}`"
    return replace(fault, hint=hint, instead=tuple((*fault.keys[:-1], one) for one in lacking))


def _renamed(
    fault: Flaw, name: str, taken: Collection[object], hint: str, sure: bool = True
) -> Flaw:
    """``fault``, of a key that should be ``name``, unless that stands there already."""
    if name in taken:
        said = f"`{name}` stands there already; move what this says into it, or leave it out"
        return replace(fault, hint=said)
    mend = Mend(fault.keys, name, "key") if sure else None
    return replace(fault, hint=hint, instead=((*fault.keys[:-1], name),), mend=mend)


def _relations(last: str, here: type[Model]) -> list[str]:
    """The relations of ``here``, if ``last`` is one of another kind of entry."""
    return [name for name, _ in kinds.marked(here, Relates)] if last in _known_relations() else []


@cache
def _known_relations() -> frozenset[str]:
    """The relations of every kind of entry."""
    models = kinds.models().values()
    return frozenset(name for model in models for name, _ in kinds.marked(model, Relates))


@cache
def _all_fields() -> frozenset[str]:
    """The fields of all entries and of their parts: none of these is another one, typed wrong."""
    return frozenset(name for part in kinds.parts() for name in names_of(part))


def _misplaced(kind: type[Model], keys: Keys, data: object) -> Flaw | None:
    """A field that was indented too little or too much."""
    last, holder = str(keys[-1]), value_at(data, keys[:-1])
    before = _before(holder, last)
    inner = model_at(kind, (*keys[:-1], before)) if before else None
    inside = holder.get(before) if isinstance(holder, dict) else None
    free = isinstance(inside, dict | None) and last not in (inside or {})
    if before and inner and last in names_of(inner) and free:
        return Flaw(
            "unknown-field",
            keys,
            f"which belongs below `{before}`",
            f"indent it by two spaces, so that it stands below `{before}`",
            Mend(keys, how="indent"),
            ((*keys[:-1], before, last),),
        )
    outer = model_at(kind, keys[:-2]) if len(keys) > 1 and isinstance(keys[-2], str) else None
    around = value_at(data, keys[:-2])
    if outer and last in names_of(outer) and isinstance(around, dict) and last not in around:
        return Flaw(
            "unknown-field",
            keys,
            f"which belongs beside `{keys[-2]}`",
            f"indent it as far as `{keys[-2]}`",
            Mend(keys, how="outdent"),
            ((*keys[:-2], last),),
        )
    return None


_MANY = 200
"""So many keys of one mapping nobody types; where one of them belongs is not looked for."""


def _before(holder: object, key: str) -> str:
    """The key that stands right before ``key``."""
    names = list(holder) if isinstance(holder, Mapping) and len(holder) < _MANY else []
    at = names.index(key) if key in names else 0
    return str(names[at - 1]) if at else ""
