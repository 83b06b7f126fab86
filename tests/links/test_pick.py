"""Addresses out of any text."""

import pytest

from kb.links.pick import pick

# text, addresses
TEXTS = {
    "a plain list": (
        "https://a.example/1\nhttp://b.example/2\n",
        ["https://a.example/1", "http://b.example/2"],
    ),
    "a line is taken letter by letter": ("https://a.example/a_(b).", ["https://a.example/a_(b)."]),
    "twice is once": ("https://a.example/\nhttps://a.example/", ["https://a.example/"]),
    "Markdown": (
        "see [one](https://a.example/x), **https://a.example/y**, <https://a.example/z>!",
        ["https://a.example/x", "https://a.example/y", "https://a.example/z"],
    ),
    "Markdown with brackets": (
        "[w](https://a.example/wiki/A_(b)) and (https://a.example/c)",
        ["https://a.example/wiki/A_(b)", "https://a.example/c"],
    ),
    "an image in a link": (
        "[![x](https://a.example/i.svg)](https://a.example/)",
        ["https://a.example/i.svg", "https://a.example/"],
    ),
    "an address as its own text": (
        "[https://a.example/t](https://a.example/u)",
        ["https://a.example/t", "https://a.example/u"],
    ),
    "YAML": (
        '  - {url: "https://a.example/q?x=1&y=2", supports: [title]}',
        ["https://a.example/q?x=1&y=2"],
    ),
    "YAML without quotes": ("url: https://a.example/q#part\n", ["https://a.example/q#part"]),
    "HTML": ("<a href='https://a.example/h'>x</a>", ["https://a.example/h"]),
    "Chinese": (
        "见https://a.example/剪枝，以及「https://a.example/b」。",
        ["https://a.example/剪枝", "https://a.example/b"],
    ),
    "the end of a sentence": (
        "It is at https://a.example/a. Or at https://a.example/b?",
        ["https://a.example/a", "https://a.example/b"],
    ),
    "other schemes": ("file:///etc/passwd ftp://a.example javascript:alert(1) https://", []),
    "capitals": ("HTTPS://A.EXAMPLE/X", ["HTTPS://A.EXAMPLE/X"]),
}


@pytest.mark.parametrize("case", TEXTS)
def test_addresses_are_found(case):
    text, addresses = TEXTS[case]
    assert [url for _, url in pick(text.splitlines(keepends=True))] == addresses


def test_each_comes_with_the_line_where_it_stands_first():
    assert list(
        pick(["x\n", "https://a.example/\n", "https://a.example/ https://b.example/\n"])
    ) == [(2, "https://a.example/"), (3, "https://b.example/")]
