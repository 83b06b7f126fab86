"""Entries in every broken state: pages, exports and search use whatever still validates."""

import copy
import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from kb import rules
from kb.code import Shelf
from kb.export import FORMATS
from kb.graph import Graph
from kb.site.pages import Pages
from kb.site.search import records
from tests.catalogs import TOY, toy_ledger, toy_with

pytestmark = pytest.mark.site

FILES = sorted(path.relative_to(TOY).as_posix() for path in TOY.rglob("*.yaml"))
VALUES = {
    "absent": ...,
    "empty": None,
    "no text": "",
    "space": " ",
    "number": 7,
    "true": True,
    "list": [],
    "mapping": {},
    "unknown id": "no-such-entry",
    "own id": "toy-pruning",
    "other kind": "cutting",
    "no scheme": "example.org/post",
    "no host": "https://",
    "open bracket": "http://[::1",
    "port": "https://example.org:port/",
    "script": "javascript:alert(1)",
    "markup": "</p><script>{{ x }}</script> [a](b) $x^{$ `",
    "right to left": "a\u202eb\u2028c",
    "long": "a" * 5_000,
}


def places(value: Any, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in the data of an entry, from the outside in."""
    if keys:
        yield keys
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*keys, key))


def mutant(data: Any, keys: tuple[str | int, ...], value: Any) -> bytes:
    """The entry with ``value`` at ``keys``, or with nothing there."""
    data = copy.deepcopy(data)
    inner = data
    for key in keys[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[keys[-1]]
    else:
        inner[keys[-1]] = value
    return yaml.safe_dump(data, allow_unicode=True).encode()


def everything(path: str, content: bytes) -> None:
    """Make all that the site makes of the toy catalogue with one file replaced."""
    graph = Graph(toy_with({path: content}))
    pages = Pages(graph, rules.all_kinds()[:1], {}, Shelf(), toy_ledger())
    for page in pages.sources:
        pages.markdown(page)
    for _, export in FORMATS.values():
        export(graph)
    records(graph)


def crashes(path: str, share: float) -> list[str]:
    """What crashed for a ``share`` of all fields and values, the same ones each time."""
    data = yaml.safe_load((TOY / path).read_text(encoding="utf-8"))
    found = []
    luck = random.Random(path)
    for keys, name in itertools.product(places(data), VALUES):
        if luck.random() > share:
            continue
        try:
            everything(path, mutant(data, keys, VALUES[name]))
        except Exception as error:  # noqa: BLE001  any crash is what this looks for
            found.append(f"{'.'.join(map(str, keys))}: {name}: {error!r}")
    return found


@pytest.mark.parametrize("share", [0.006, pytest.param(0.03, marks=pytest.mark.lab)])
@pytest.mark.parametrize("path", FILES)
def test_no_broken_field_keeps_anything_from_being_made(path, share):
    assert crashes(path, share) == []


@pytest.mark.parametrize("url", ["example.org/post", "https://", "http://[::1", "mailto:a"])
@pytest.mark.parametrize("path", ["articles/toys-explained.yaml", "resources/toybox.yaml"])
def test_an_address_that_is_none_keeps_nothing_from_being_made(path, url):
    data = yaml.safe_load((TOY / path).read_text(encoding="utf-8"))
    everything(path, mutant(data, ("url",), url))
