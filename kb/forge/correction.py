"""From a form that corrects one value to the file with it, and with the page that says so. Pure."""

import datetime
import re
from typing import Any

from kb import meant
from kb.catalog import Catalog, Entry
from kb.forge.form import (
    FIELD,
    NOW,
    PAGE,
    READ,
    RIGHT,
    WRONG,
    Filled,
    MalformedForm,
)
from kb.forge.outcome import FormContext, Outcome
from kb.kinds import facts
from kb.near import suggest
from kb.schema import Unproven
from kb.source.edit import Editor, applied, canonical_if
from kb.source.files import RawFile
from kb.source.layout import quoted_if_needed
from kb.source.reader import Document, Keys, read
from kb.source.scalars import plain


def corrected(form: Filled, known: FormContext) -> Outcome:
    """An entry in which one value changes, and the page that says so is named."""
    entry, keys = _named(form, known.catalog), _keys(form[FIELD])
    file = next(one for one in known.files if one.path == entry.path)
    text = file.content.decode()
    now = _value_now(entry, text, keys)
    shown = str(now).lower() if isinstance(now, bool) else str(now)
    unit = _unit(entry, text, keys)
    if not _same(_said(form[NOW]), now, shown, unit):
        cure = "if it was corrected meanwhile, close the issue; if not, write that value here"
        raise MalformedForm(NOW, f"`{form[FIELD]}` is `{shown}` today", cure)
    if _same(_said(form[RIGHT]), now, shown, unit):
        cure = "write what the page says instead, or close the issue"
        raise MalformedForm(RIGHT, f"`{shown}` stands there already", cure)
    page = _page(form[PAGE]), _day(form[READ], known.today)
    try:
        splice = Editor(text).scalar((*entry.prefix, *keys), _typed(now, _said(form[RIGHT])))
        text = _grounded(applied(text, [splice]), entry, keys, page)
    except KeyError:
        raise MalformedForm(FIELD, f"`{form[FIELD]}` is not one value", "name one value") from None
    file = RawFile(file.path, file.kind, file.id, canonical_if(file, text))
    return Outcome(file, _read_since(entry, *page))


def _same(typed: str, now: object, shown: str, unit: str) -> bool:
    """Whether ``typed`` is the value ``now``, which is ``shown`` so, however it is written.

    A number may have its ``unit`` behind it, a power of ten such as `M`, and commas at thousands.
    """
    if typed == _said(shown):
        return True
    if isinstance(now, bool) or not isinstance(now, int | float):
        return False
    number, behind = meant.number(typed, unit)
    return bool(number) and behind in ("", unit) and float(number) == now


def _unit(entry: Entry, text: str, keys: Keys) -> str:
    """The unit beside the value at ``keys``, or nothing."""
    document = read(entry.path, text.encode())
    held: object = document.data if isinstance(document, Document) else {}
    for key in (*entry.prefix, *keys[:-1]):
        held = _child(held, key)
    unit = _child(held, "unit")
    return unit if isinstance(unit, str) else ""


def _read_since(entry: Entry, url: str, day: datetime.date) -> tuple[str, ...]:
    """What to say if somebody read the page after ``day``, so that its own day stays."""
    key, seen = _source_at(entry, url)
    if not seen or seen <= day:
        return ()
    stays = f"`{key}` was read on {seen}, after {day}, so its day stays"
    return (f"{stays}; read the page again if it can say something else now",)


def _source_at(entry: Entry, url: str) -> tuple[str, datetime.date | None]:
    """The key of the source at ``url`` and the day on which it was read last, if there is one."""
    sources = (entry.model.sources or {}) if isinstance(entry.model, Unproven) else {}
    found = ((key, source.seen) for key, source in sources.items() if source.url == url)
    return next(found, ("", None))


def _named(form: Filled, catalog: Catalog) -> Entry:
    id = _last(form[WRONG].strip().strip("`<>"))
    if id in catalog.broken:
        place = catalog.broken[id].path
        raise MalformedForm(WRONG, f"`{place}` has findings", "correct that file in a pull request")
    if id not in catalog.entries:
        cure = suggest(id, catalog.entries) or "the last part of the page's address is the id"
        raise MalformedForm(WRONG, f"there is no entry `{id}`", cure)
    return catalog.entries[id]


def _last(typed: str) -> str:
    """The id in the address of a page, or ``typed`` itself."""
    return re.split(r"[?#]", typed)[0].rstrip("/").rpartition("/")[2]


def _keys(typed: str) -> Keys:
    """The keys of a value: `year`, `venue.pages`, `results.0.value` or `results[0].value`."""
    steps = re.sub(r"\[(\d+)\]", r".\1", typed.strip("` ")).split(".")
    return tuple(int(one) if re.fullmatch(r"\d{1,6}", one) else one for one in steps)


def _value_now(entry: Entry, text: str, keys: Keys) -> object:
    """The scalar at ``keys`` as it stands in the file. Raises MalformedForm."""
    document = read(entry.path, text.encode())
    value: object = document.data if isinstance(document, Document) else {}
    for key in (*entry.prefix, *keys):
        names = [str(name) for name in value] if isinstance(value, dict) else []
        value = _child(value, key)
        if value is None:
            cure = suggest(str(key), names) or "name it as `kb check` does: `results.0.value`"
            raise MalformedForm(FIELD, f"`{entry.id}` has no `{key}` there", cure)
    if isinstance(value, dict | tuple):
        name = ".".join(map(str, keys))
        inside = value if isinstance(value, dict) else range(len(value))
        cure = "name one: " + ", ".join(f"`{name}.{one}`" for one in list(inside)[:8])
        raise MalformedForm(FIELD, f"`{name}` holds several values", cure)
    return value


def _child(value: object, key: str | int) -> object:
    """What stands at ``key`` of a mapping or a list; None for nothing."""
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, tuple) and isinstance(key, int) and key < len(value):
        found: object = value[key]
        return found
    return None


def _said(typed: str) -> str:
    return " ".join(typed.strip().strip("`").split())


def _typed(was: object, new: str) -> str:
    """``new`` as YAML: in the place of a number or a day it is one, else it is text.

    Raises MalformedForm for what is no number in the place of one.
    """
    if isinstance(was, int | float) and not isinstance(was, bool):
        number, unit = meant.number(new)
        if not number or unit:
            said = f"`{new}` is not a number alone"
            raise MalformedForm(RIGHT, said, f"write it as `{number or '84.4'}`, without a unit")
        return number
    same = type(was) is type(plain(new)) and not isinstance(was, str)
    return new if same else quoted_if_needed(new)


def _page(typed: str) -> str:
    url = typed.strip().strip("<>`")
    if not re.fullmatch(r"https?://[^\s<>\"'\\]+", url):
        raise MalformedForm(PAGE, f"`{url}` is no address of a page", "give one with `https://`")
    return url


def _day(typed: str, today: datetime.date) -> datetime.date:
    found = meant.days(typed)
    if len(found) > 1:
        those = " or ".join(f"`{day}`" for day in found)
        raise MalformedForm(READ, f"`{typed}` can be two days", f"write {those}")
    if not found:
        raise MalformedForm(READ, f"`{typed}` is no day", "write it as `2026-11-27`")
    [day] = found
    if day > today:
        raise MalformedForm(
            READ, f"`{typed}` has not come yet", "give the day on which you read it"
        )
    return day


def _grounded(text: str, entry: Entry, keys: Keys, page: tuple[str, datetime.date]) -> str:
    """``text`` in which the value at ``keys`` rests on ``page``, an address and the day."""
    if not isinstance(entry.model, Unproven):
        return text
    url, day = page
    sources = entry.model.sources or {}
    at = (*entry.prefix, "sources")
    key, seen = _source_at(entry, url)
    if seen and seen < day:
        text = applied(text, [Editor(text).scalar((*at, key, "seen"), day.isoformat())])
    if not key:
        names = ("page", *(f"page-{n}" for n in range(2, 99)))
        key = next(name for name in names if name not in sources)
        said = f"{{url: {quoted_if_needed(url)}, seen: {day}}}"
        place, said = ((*at, key), said) if sources else (at, f"{{{key}: {said}}}")
        text = applied(text, [Editor(text).added(place, said)])
    return _told(text, entry, keys, key)


def _cited(text: str, path: str, part: Keys, key: str) -> str:
    """``text`` whose grounds at ``part`` are ``key``, or one more if they are a list."""
    document = read(path, text.encode())
    held: object = document.data if isinstance(document, Document) else {}
    for step in part:
        held = _child(held, step)
    if not isinstance(held, tuple):
        one = (*part, "key") if isinstance(held, dict) else part
        return applied(text, [Editor(text).value(one, key)])
    named = [one.get("key") if isinstance(one, dict) else one for one in held]
    return text if key in named else applied(text, [Editor(text).appended(part, key)])


def _told(text: str, entry: Entry, keys: Keys, key: str) -> str:
    """``text`` in which the part around ``keys`` names ``key``, or that source the fact."""
    editor = Editor(text)
    for size in range(len(keys) - 1, 0, -1):
        part = (*entry.prefix, *keys[:size], "source")
        if editor.holds(part):
            return _cited(text, entry.path, part, key)
    fact = next(
        (name for name, (field, _) in facts(type(entry.model)).items() if field == keys[0]), ""
    )
    place = (*entry.prefix, "sources", key, "supports")
    document = read(entry.path, text.encode())
    held: Any = document.data if isinstance(document, Document) else {}
    for step in place:
        held = held.get(step, ()) if isinstance(held, dict) else ()
    if not fact or fact in held:
        return text
    return applied(text, [editor.appended(place, fact)])
