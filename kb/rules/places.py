"""Where texts and addresses stand in an entry."""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from kb.catalog import Entry
from kb.source.reader import Keys

_LINK = re.compile(r"\]\(([^)\s]*)(\)?)")


def strings(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text in a model with the keys that lead to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield from strings(getattr(value, name), (*keys, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from strings(item, (*keys, number))


def addresses(entry: Entry) -> Iterator[tuple[Keys, str]]:
    """Every address in ``entry``: the fields that hold one, and links inside texts."""
    has_links = "](" in entry.text or "\\" in entry.text
    model = entry.model
    if isinstance(getattr(model, "url", None), str):
        yield ("url",), model.url
    for field in ("links", "evidence", "copies"):
        for number, part in enumerate(getattr(model, field, ())):
            yield (field, number, "url"), part.url
    for number, about in enumerate(getattr(model, "about", ())):
        if about.source:
            yield ("about", number, "source"), about.source
    if has_links:
        for keys, text in strings(model):
            yield from ((keys, url) for url, end in _LINK.findall(without_code(text)) if end)


def without_code(text: str) -> str:
    """A text without what is shown letter by letter: code and formulas."""
    return re.sub(r"`[^`]*`|\$[^$]*\$", "", text)
