"""Lists by their grammar: what is an address there, where it stands and what it is called."""

import codecs

import pytest

from kb.lists.grammar import GRAMMARS, grammar_of, read
from kb.lists.mention import MalformedAddress, Mention, Unreadable

# Markdown, addresses
MARKDOWN = {
    "side by side": ("[a](https://a.example/u)[b](https://a.example/v)", ["u", "v"]),
    "marks at the end": (
        (
            "[a](https://a.example/Yahoo!) [b](https://a.example/x_) [c](https://a.example/Inc.) "
            "[d](https://a.example/a?) [e](https://a.example/*)"
        ),
        ["Yahoo!", "x_", "Inc.", "a?", "*"],
    ),
    "escaped": (r"[a](https://a.example/a\_b) and https://a.example/c\_d", ["a_b", "c_d"]),
    "an entity": (
        "[a](https://a.example/?a=1&amp;b=2) https://a.example/?c=3&amp;d=4",
        ["?a=1&b=2", "?c=3&d=4"],
    ),
    "brackets of full width": ("[a](https://a.example/剪枝（上）)", ["剪枝（上）"]),
    "balanced brackets": ("[a](https://a.example/A_(b)_(c))", ["A_(b)_(c)"]),
    "blanks in angle brackets": ("[a](<https://a.example/a b>)", ["a%20b"]),
    "a title of its own": ('[a](https://a.example/x "https://a.example/no")', ["x"]),
    "a reference": ("[a][1], [1] and [1][]\n\n[1]: https://a.example/r 'T'", ["r"]),
    "a definition that nobody uses": ("[1]: https://a.example/r", []),
    "an image in a link": (
        "[![x](https://a.example/i.svg)](https://a.example/l)",
        ["i.svg", "l"],
    ),
    "angle brackets": ("<https://a.example/x_y>", ["x_y"]),
    "code": (
        (
            "`https://a.example/1` ``[a](https://a.example/2)``\n\n    https://a.example/3\n\n"
            "```\n[a](https://a.example/4)\n```\n\n~~~~\nhttps://a.example/5\n~~~~\n"
        ),
        [],
    ),
    "HTML among words": ('see <a href="https://a.example/h?a&amp;b">it</a>', ["h?a&b"]),
    "a block of HTML": (
        '<p align="center">\n<a href="https://a.example/b"><img src="https://a.example/i"></a>\n</p>',
        ["b", "i"],
    ),
    "a comment": ("<!-- [a](https://a.example/c) -->\n\nx <!-- https://a.example/d --> y", []),
    "a table": (
        "| a | b |\n|---|---|\n| [t](https://a.example/1) | https://a.example/2 |",
        ["1", "2"],
    ),
    "marks of emphasis in a bare address": (
        "**https://a.example/x** _https://a.example/y_ https://a.example/_a_*b*c",
        ["x", "y", "_a_*b*c"],
    ),
    "bare in Chinese": ("见https://a.example/剪枝，以及（https://a.example/b）。", ["剪枝", "b"]),
    "an address as the text of a link": (
        "[https://a.example/no](https://a.example/yes)",
        ["yes"],
    ),
    "an escaped bracket is no link": (r"\[a] (https://a.example/x)", ["x"]),
    "an escaped bracket before a link": (r"\[a](https://a.example/x)", ["x"]),
    "escaped brackets": (r"[b] \[a \[c]](https://a.example/x).", ["x"]),
    "a stroke in a table": (
        "| a |\n|---|\n| https://a.example/v\\|w |\n| [t](https://a.example/x\\|y) |",
        ["v|w", "x|y"],
    ),
    "a quotation and a list": (
        "> - [a](https://a.example/1)\n>   https://a.example/2\n> 1. https://a.example/3",
        ["1", "2", "3"],
    ),
    "25 lists in each other": (
        "\n".join(f"{'  ' * n}- [a](https://a.example/{n})" for n in range(25)),
        [str(n) for n in range(25)],
    ),
    "40 numbered lists in each other": (
        "\n".join(f"{'   ' * n}1. <https://a.example/{n}>" for n in range(40)),
        [str(n) for n in range(40)],
    ),
    "25 quotations in each other": ("> " * 25 + "[a](https://a.example/q)", ["q"]),
    "lists in quotations in lists": ("- > " * 30 + "https://a.example/deep", ["deep"]),
    "brackets that stay open": ("[" * 20 + "[a](https://a.example/b)", ["b"]),
    "other destinations": ("[a](b.md) [c](#d) [e](mailto:f@a.example) [g](/h) ![i](j.png)", []),
    "at the end of a line with a break": ("https://a.example/x\\\nmore", ["x"]),
}
HTML = {
    "an entity": ('<a href="https://a.example/?a=1&amp;b=2">x</a>', ["?a=1&b=2"]),
    "what only looks like an entity": (
        '<a href="https://a.example/?a=1&copy=2&lt=3">x</a>',
        ["?a=1&copy=2&lt=3"],
    ),
    "quotes": (
        "<a href='https://a.example/1'></a><A HREF=https://a.example/2>x</A>",
        ["1", "2"],
    ),
    "blanks and line breaks": ('<a href=" https://a.example/a b\n/c ">x</a>', ["a%20b/c"]),
    "scripts, styles, comments": (
        (
            "<script>var a='<a href=\"https://a.example/1\">';</script><style>a{b:url("
            "https://a.example/2)}</style><!-- <a href=https://a.example/3>x</a> -->"
        ),
        [],
    ),
    "images and frames": (
        (
            '<img src="https://a.example/1" '
            'srcset="https://a.example/2 1x, https://a.example/3 2x">'
            '<iframe src="https://a.example/4"></iframe>'
        ),
        ["1", "2", "3", "4"],
    ),
    "a base": (
        '<base href="https://a.example/d/"><a href="x">x</a> <a href="/y">y</a>',
        ["d/x", "y"],
    ),
    "code": ("<pre>https://a.example/1</pre><code>https://a.example/2</code>", []),
    "bare": ("<p>见https://a.example/1，<b>https://a.example/2</b>.</p>", ["1", "2"]),
    "never closed": ('<p><a href="https://a.example/1">x<p><a href="https://a.example/2', ["1"]),
    "hints to browsers": ('<link rel="preconnect" href="https://a.example/">', []),
}
BIBTEX = {
    "braces and quotes": (
        '@misc{a, url = {https://a.example/1}, note = "see https://a.example/2."}',
        ["1", "2"],
    ),
    "macros": (
        (
            '@string{base = "https://a.example/"}\n@STRING(Dir = base # {d/})\n'
            '@misc{a, url = BASE # "1"}\n@misc{b, url = dir # {2} # ".pdf"}'
        ),
        ["1", "d/2.pdf"],
    ),
    "TeX": (
        (
            r"@misc{a, url = {https://a.example/\~{}m/a\_b\%20c\&d{\_}e\#f}, "
            r"howpublished = {\url{https://a.example/g_h(i)}}, "
            r"note = {\href{https://a.example/$\sim$j}{text}}}"
        ),
        ["~m/a_b%20c&d_e#f", "g_h(i)", "~j"],
    ),
    "comments": (
        (
            "https://a.example/1 @comment{https://a.example/2}\n% https://a.example/3\n"
            "@misc{a, url={https://a.example/4}}"
        ),
        ["4"],
    ),
    "a key twice": (
        "@misc{a, url={https://a.example/1}}\n@misc{a, url={https://a.example/2}}",
        ["1", "2"],
    ),
    "a record that is never closed": (
        "@misc{a, url={https://a.example/1},\n@misc{b, url={https://a.example/2}}",
        ["1", "2"],
    ),
    "a comma that is missing": (
        (
            "@misc{a title={T}\n url={https://a.example/1}}\n"
            "@misc{b, title={T} url={https://a.example/2}}\n@misc{url={https://a.example/3}}"
        ),
        ["1", "2", "3"],
    ),
    "no address": ("@misc{a, url={}, doi={10.1/x}, month=jan}", []),
}
YAML = {
    "plain and quoted": (
        "- https://a.example/1#x\n- 'https://a.example/2'\n- \"https://a.example/\\u526a\"",
        ["1#x", "2", "剪"],
    ),
    "comments": ("a: 1 # https://a.example/1\n# https://a.example/2", []),
    "in a flow": ("{url: https://a.example/?a=1&b=2, b: [https://a.example/2]}", ["?a=1&b=2", "2"]),
    "an alias": ("a: &x https://a.example/1\nb: *x", ["1"]),
    "several documents": ("https://a.example/1\n---\nhttps://a.example/2", ["1", "2"]),
    "prose": ("a: 见https://a.example/1，以及 https://a.example/2。", ["1", "2"]),
    "a key": ("https://a.example/1: x", ["1"]),
    "tags of other programs": ("!!python/object:os.system\na: !x https://a.example/1", ["1"]),
}
JSON = {
    "escaped": ('["https:\\/\\/a.example\\/\\u526a", {"a": "https://a.example/2"}]', ["剪", "2"]),
    "a key, twice": ('{"https://a.example/1": 1, "a": "https://a.example/2", "a": 3}', ["1", "2"]),
    "prose": ('"see https://a.example/1, (https://a.example/2)"', ["1", "2"]),
    "a field": (
        (
            '{"url": "https://a.example/剪枝（上）", "codeUrl": "see https://a.example/2.", '
            '"link": "#a b", "title": "T"}'
        ),
        ["剪枝（上）", "2"],
    ),
    "HTML in a string": (
        '{"html": "<p><a href=\\"https://a.example/?x=1&amp;y=2\\">a</a> https://a.example/3</p>"}',
        ["?x=1&y=2", "3"],
    ),
    "numbers": ('{"a": [1, 2.5e3, null, true], "b": "https://a.example/1"}', ["1"]),
}
NOTEBOOK = {
    "Markdown": (
        (
            '{"cells": [{"cell_type": "markdown", "source": ["[e](https://a.example/a?q=x\\\\_y) `https://'
            'a.example/no`\\n", "<a href=\\"https://a.example/b?x=1&amp;y=2\\">b</a>"]}]}'
        ),
        ["a?q=x_y", "b?x=1&y=2"],
    ),
    "code and what it printed": (
        (
            '{"cells": [{"cell_type": "code", "source": "f\\"https://n/{x}/y\\"", "outputs": '
            '[{"text": ["https://a.example/1"]}]}, {"cell_type": "raw", "source": '
            '"see https://a.example/2."}], "metadata": {"url": "https://a.example/3"}}'
        ),
        ["2"],
    ),
    "of the third format": (
        '{"worksheets": [{"cells": [{"source": "<https://a.example/1>","cell_type":"heading"}]}]}',
        ["1"],
    ),
}
TABLE = {
    "commas": ("A,https://a.example/9,desc\nB,https://a.example/8,", ["9", "8"]),
    "semicolons": ('A;https://a.example/10;"a; b, c"', ["10"]),
    "tabs": ("A\thttps://a.example/1,2\tx, y", ["1,2"]),
    "strokes": ("A|https://a.example/3|x", ["3"]),
    "prose in a cell": (
        'a,b\nx,"see https://a.example/4,\nand https://a.example/5."',
        ["4", "5"],
    ),
}
XML = {
    "a map of a site": (
        (
            '<?xml version="1.0" encoding="gb2312"?><urlset xmlns="http://www.sitemaps.org/x">'
            "<url><loc>https://a.example/剪枝?a=1&amp;b=2</loc></url></urlset>"
        ),
        ["剪枝?a=1&b=2"],
    ),
    "attributes": (
        (
            "<opml xmlns:x='https://no.example'><!-- https://no.example --><outline text='T' "
            "htmlUrl='https://a.example/o/'/><x:a x:href='https://a.example/2'/></opml>"
        ),
        ["o/", "2"],
    ),
    "HTML in a feed": (
        "<d>&lt;a href='https://a.example/?x=1&amp;amp;y=2'&gt;D&lt;/a&gt;</d>",
        ["?x=1&y=2"],
    ),
    "among elements": ("<p>see <b>x</b> https://a.example/7, and <![CDATA[it]]></p>", ["7"]),
    "an entity of its own": (
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a; https://a.example/1</x>",
        ["1"],
    ),
}
LISTS = [
    pytest.param(grammar, *case, id=f"{grammar}: {name}")
    for grammar, cases in (
        ("markdown", MARKDOWN),
        ("html", HTML),
        ("bibtex", BIBTEX),
        ("yaml", YAML),
        ("json", JSON),
        ("notebook", NOTEBOOK),
        ("table", TABLE),
        ("xml", XML),
    )
    for name, case in cases.items()
]

# grammar, text, (address, line, title)
IDENTIFIERS = {
    "BibTeX": (
        "bibtex",
        (
            "@article{a,\n title={One {Two}},\n doi={10.1145/3007787.3001163},\n"
            " eprint={1602.01528v2},\n archivePrefix={arXiv}}"
        ),
        [
            ("https://doi.org/10.1145/3007787.3001163", 3, "One Two"),
            ("https://arxiv.org/abs/1602.01528", 4, "One Two"),
        ],
    ),
    "BibTeX's other forms": (
        "bibtex",
        (
            '@article{a,\n DOI = "doi:10.1007/978-3-030-01234-2\\_48"}\n'
            "@misc{b,\n eprint={arXiv:cs/0112017}}\n"
            "@misc{c,\n eprinttype = {arxiv},\n eprint={1905.11946}}\n"
            "@misc{d, doi={10.1002/(SICI)1099<1::AID-A>3.0.CO;2-W}}"
        ),
        [
            ("https://doi.org/10.1007/978-3-030-01234-2_48", 2, ""),
            ("https://arxiv.org/abs/cs/0112017", 4, ""),
            ("https://arxiv.org/abs/1905.11946", 7, ""),
            ("https://doi.org/10.1002/(SICI)1099%3C1::AID-A%3E3.0.CO;2-W", 8, ""),
        ],
    ),
    "an address stays": (
        "bibtex",
        "@misc{a, doi={https://doi.org/10.1145/1},\n eprint={https://arxiv.org/abs/1905.11946v2}}",
        [("https://doi.org/10.1145/1", 1, ""), ("https://arxiv.org/abs/1905.11946v2", 2, "")],
    ),
    "of another archive, or none": (
        "bibtex",
        (
            "@misc{a, eprint={1905.11946}, eprinttype={jstor}}\n@misc{b, eprint={12345}}\n"
            "@misc{c, doi={unknown}}\n@misc{d, note={10.1145/3007787.3001163}}"
        ),
        [],
    ),
    "CSL-JSON": (
        "json",
        '[{"type": "article",\n "DOI": "10.1145/3007787.3001163",\n "title": "One"}]',
        [("https://doi.org/10.1145/3007787.3001163", 2, "One")],
    ),
    "JSON Lines": (
        "jsonl",
        '{"title": "One", "arxiv_id": "1602.01528"}\n{"doi": null, "arxiv": ["1602.01529"]}',
        [("https://arxiv.org/abs/1602.01528", 1, "One")],
    ),
    "YAML": (
        "yaml",
        "- title: One\n  doi: 10.1145/3007787.3001163\n  arxiv: 1602.01528\n- doi: soon",
        [
            ("https://doi.org/10.1145/3007787.3001163", 2, "One"),
            ("https://arxiv.org/abs/1602.01528", 3, "One"),
        ],
    ),
}

# grammar, text, (line, title) of each address
PLACES = {
    "Markdown": (
        "markdown",
        (
            "# [One *two* `three`](https://a.example)\n\n- x\n  y [z\n  z](https://a.example)\n\n"
            "| a |\n|---|\n| [t](https://a.example) |\n\n<div>\n\n"
            "<a href='https://a.example'>in *a* b</a>"
        ),
        [(1, "One two three"), (4, "z z"), (9, "t"), (13, "in a b")],
    ),
    "HTML": (
        "html",
        "<p>\n<a href='https://a.example'>One\n <b>two</b></a>\nhttps://a.example\n</p>",
        [(2, "One two"), (4, "")],
    ),
    "BibTeX": (
        "bibtex",
        (
            "\n@misc{a,\n title={{One} \\emph{two}\n three},\n url={https://a.example},\n"
            " note={a\n https://a.example}}"
        ),
        [(5, "One two three"), (7, "")],
    ),
    "YAML": (
        "yaml",
        (
            "- title: One\n  url: https://a.example\n- url: https://a.example\n  name: Two\n"
            "- {a: {url: https://a.example}, title: no}\n- |\n  x\n  https://a.example"
        ),
        [(2, "One"), (3, "Two"), (5, ""), (8, "")],
    ),
    "JSON": (
        "json",
        '{"title": "One",\n "url": "https://a.example", "b": [\n{"link": "https://a.example"}]}',
        [(2, "One"), (3, "")],
    ),
    "notebook": (
        "notebook",
        (
            '{"cells": [\n{"cell_type": "markdown", "source": [\n"# [One](https://a.example)\\n",\n'
            '"\\n",\n"[Two\\n",\n"more](https://a.example) x",\n" https://a.example"]},\n'
            '{"cell_type": "markdown", "source": "\\n\\n[Three](https://a.example)"}]}'
        ),
        [(3, "One"), (5, "Two more"), (7, ""), (8, "Three")],
    ),
    "table": (
        "table",
        (
            'Title,URL,note\nOne,https://a.example,"a\nb"\n\nTwo,https://a.example,\n'
            ",,https://a.example\n"
        ),
        [(2, "One"), (5, "Two"), (6, "")],
    ),
    "XML": (
        "xml",
        (
            "<rss><channel>\n<item><title>One</title>\n<link>https://a.example</link></item>\n"
            "<item>x <i>y\n</i>\nhttps://a.example</item></channel></rss>"
        ),
        [(3, "One"), (5, "")],
    ),
    "JSON Lines": (
        "jsonl",
        '{"url": "https://a.example", "title": "One"}\n\n["https://a.example"]\n',
        [(1, "One"), (3, "")],
    ),
}

# Markdown, (line, column) of each slip in its text
COLUMNS = {
    "behind a link": ("[a](https://a.example/1) and htps://a.example/2", [(1, 30)]),
    "between links": (
        "- x\n- [a](https://a.example/1), hhtp://a.example/2 <https://a.example/3>",
        [(2, 29)],
    ),
    "two, on two lines": (
        "**a** htps://a.example/x\nb `c` ttps://a.example/x",
        [(1, 7), (2, 7)],
    ),
    "behind the same in code": ("`htps://a.example` htps://a.example", [(1, 20)]),
    "twice": ("htps://a.example htps://a.example", [(1, 1), (1, 18)]),
    "full width": ("见 [a](https://a.example)，https:／／b.example", [(1, 26)]),
    "in a table": (
        "| a | b |\n|---|---|\n| [x](https://a.example) | htps://b.example |",
        [(3, 28)],
    ),
}

# grammar, text, (line, message) of each slip
SLIPS = {
    "nothing": (
        "markdown",
        "x\n[a]() ![b](<>) [c][1]\n\n[1]: <>",
        [(2, "the link has no address")] * 3,
    ),
    "a scheme twice": (
        "markdown",
        "[a](https://https://a.example/x)\nhttp://http//a.example\n[b](http:https://a.example)",
        [
            (1, "`https://https://a.example/x` has its scheme twice"),
            (2, "`http://http//a.example` has its scheme twice"),
            (3, "`http:https://a.example` has its scheme twice"),
        ],
    ),
    "a misspelt scheme": (
        "markdown",
        "[a](htps://a.example) [b](http:/a.example)\n\nsee hhtp://a.example.",
        [
            (1, "`htps://a.example` has a misspelt scheme"),
            (1, "`http:/a.example` has a misspelt scheme"),
            (3, "`hhtp://a.example` has a misspelt scheme"),
        ],
    ),
    "a letter too many, a scheme twice": (
        "markdown",
        "见 hhttps://a.example/x\n*https:https://b.example/y*\n[g](http:// c.example)",
        [
            (1, "`hhttps://a.example/x` has a misspelt scheme"),
            (2, "`https:https://b.example/y` has its scheme twice"),
            (3, "`http:// c.example` has a blank in it"),
        ],
    ),
    "two run together": (
        "markdown",
        "x\n[a](https://a.example/xhttps://b.example/y)",
        [(2, "`https://a.example/xhttps://b.example/y` is two addresses run together")],
    ),
    "a blank behind the scheme in HTML": (
        "html",
        "\n<a href='http:// a.example/x'>x</a>",
        [(2, "`http:// a.example/x` has a blank in it")],
    ),
    "a misspelt scheme in the text of its link": (
        "markdown",
        "x\n<htps://a.example> [htps://b.example](htps://b.example)",
        [
            (2, "`htps://a.example` has a misspelt scheme"),
            (2, "`htps://b.example` has a misspelt scheme"),
        ],
    ),
    "strokes of full width": (
        "markdown",
        "[a](https:／／a.example) https：／／b.example\n<https：//c.example>",
        [
            (1, "`https:／／a.example` has a misspelt scheme"),
            (1, "`https：／／b.example` has a misspelt scheme"),
            (2, "`https：//c.example` has a misspelt scheme"),
        ],
    ),
    "a password": (
        "markdown",
        "[a](https://user:pw@a.example/x) <http://user@b.example> https://:@c.example/",
        [
            (1, "the address at `a.example` has a user name or password"),
            (1, "the address at `b.example` has a user name or password"),
            (1, "the address at `c.example` has a user name or password"),
        ],
    ),
    "a password in YAML": (
        "yaml",
        "url: https://user:pw@a.example/x",
        [(1, "the address at `a.example` has a user name or password")],
    ),
    "strokes of full width in JSON": (
        "json",
        '["见 https:／／a.example"]',
        [(1, "`https:／／a.example` has a misspelt scheme")],
    ),
    "a blank": (
        "markdown",
        "\n[a](https://a.example/a b.pdf)",
        [
            (
                2,
                "the link to `https://a.example/a` is not closed, or has blanks in its address",
            )
        ],
    ),
    "a blank in a field of YAML": (
        "yaml",
        "- {url: https://a.example/a x.pdf}\n- homepage: |\n    https://a.example/b\n    c",
        [
            (1, "`https://a.example/a x.pdf` has a blank in it"),
            (3, "`https://a.example/b c` has a blank in it"),
        ],
    ),
    "a blank in a field of JSON": (
        "json",
        (
            '{"url": "https://a.example/a b.pdf",\n"paper_url": "https://a.example/c (2020)",\n'
            '"pdfLink": "https://a.example/d\\te",\n"url_code": "http:// a.example/f"}'
        ),
        [
            (1, "`https://a.example/a b.pdf` has a blank in it"),
            (2, "`https://a.example/c (2020)` has a blank in it"),
            (3, "`https://a.example/d e` has a blank in it"),
            (4, "`http:// a.example/f` has a blank in it"),
        ],
    ),
    "a blank in a field of BibTeX": (
        "bibtex",
        "@misc{a,\n url={https://b.example/a b.pdf},\n ee={https://b.example/c\n d}}",
        [
            (2, "`https://b.example/a b.pdf` has a blank in it"),
            (3, "`https://b.example/c d` has a blank in it"),
        ],
    ),
    "two in a field": (
        "json",
        '{"url": "https://a.example/1, https://b.example/2"}',
        [(1, "`https://a.example/1, https://b.example/2` is two addresses run together")],
    ),
    "no scheme": (
        "markdown",
        (
            "[a](www.a.example/x) [b](github.com/a/b)\n[c](huggingface.co/x) [d](zhihu.cn/p) "
            "[e](kaggle.com)"
        ),
        [
            (1, "`www.a.example/x` has no scheme, so it is a path"),
            (1, "`github.com/a/b` has no scheme, so it is a path"),
            (2, "`huggingface.co/x` has no scheme, so it is a path"),
            (2, "`zhihu.cn/p` has no scheme, so it is a path"),
            (2, "`kaggle.com` has no scheme, so it is a path"),
        ],
    ),
    "paths": (
        "markdown",
        "[a](docs/readme.io/x) [b](file.io) [c](notes.org) [d](../a.com/x) [e](node.js/x) [f](v1/)",
        [],
    ),
    "quotes": (
        "markdown",
        '[a]("https://a.example/1") [b](“https://b.example/2”)',
        [
            (1, '`"https://a.example/1"` has quotes around it'),
            (1, "`“https://b.example/2”` has quotes around it"),
        ],
    ),
    "a blank in the scheme": (
        "markdown",
        "[t](http s://a.example/t)\n[u](<https ://b.example>)\n[v](https.//c.example)",
        [
            (1, "`http s://a.example/t` has a blank in its scheme"),
            (2, "`https ://b.example` has a blank in its scheme"),
            (3, "`https.//c.example` has a misspelt scheme"),
        ],
    ),
    "a blank in the scheme in HTML": (
        "html",
        "<a href='https ://a.example/sp'>x</a>",
        [(1, "`https ://a.example/sp` has a blank in its scheme")],
    ),
    "HTML": (
        "html",
        "\n<a href='htpps://a.example'>x</a>",
        [(2, "`htpps://a.example` has a misspelt scheme")],
    ),
    "a notebook": (
        "notebook",
        '{"cells": [\n{"cell_type": "markdown", "source": [\n"x\\n",\n"[bad]()"]}]}',
        [(4, "the link has no address")],
    ),
    "BibTeX": (
        "bibtex",
        "@misc{a,\n url={https://https://a.example}}",
        [(2, "`https://https://a.example` has its scheme twice")],
    ),
    "YAML": (
        "yaml",
        "a:\n  url: https//a.example",
        [(2, "`https//a.example` has a misspelt scheme")],
    ),
    "JSON": (
        "json",
        '{\n"b": "see ttps://a.example"}',
        [(2, "`ttps://a.example` has a misspelt scheme")],
    ),
}

SEE = "见 https://a.example/剪枝，\r\n"
# bytes that hold one address, whatever wrote them
ENCODED = {
    "UTF-8": SEE.encode(),
    "UTF-8 with a mark": codecs.BOM_UTF8 + SEE.encode(),
    "UTF-16": SEE.encode("utf-16"),
    "UTF-16, the other end first": codecs.BOM_UTF16_BE + SEE.encode("utf-16-be"),
    "UTF-16 without a mark": SEE.encode("utf-16-le"),
    "UTF-32": SEE.encode("utf-32"),
}
# grammar, bytes, message
REFUSED = {
    "a picture": ("text", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is not text; give Markdown"),
    "noise": ("markdown", bytes(range(256)), "it is not text; give Markdown"),
    "another encoding": ("text", "x\n剪枝".encode("gbk"), "line 2 is not UTF-8 at byte 0xbc; save"),
    "half of UTF-16": ("text", codecs.BOM_UTF16_LE + b"a", "line 1 is not UTF-16-LE at byte 0x61"),
    "an unknown encoding": (
        "html",
        b'<meta charset="klingon">\xff',
        "there is no encoding `klingon`, which it names; save it as UTF-8",
    ),
    "no YAML": ("yaml", b"a: [\nb", "is not YAML: "),
    "no JSON": ("json", b'{"a": 1,\n}', "line 2 is not JSON: expecting property name"),
    "no JSON on a line": ("jsonl", b"1\n\n{", "line 3 is not JSON: expecting property name"),
    "too deep": ("json", b"[" * 100_000, "it is nested too deeply; give a flatter file"),
    "too deep in YAML": ("yaml", b"[" * 100_000, "it is nested too deeply; give a flatter file"),
    "too deep in HTML": (
        "html",
        b"<div>" * 5_000 + b'<a href="https://a.example/1">x</a>',
        "it is nested too deeply; give a flatter file",
    ),
    "too many lists in each other": (
        "markdown",
        b"x\n\n" + b"- " * 150 + b"[a](https://a.example/1)",
        "line 3 is deeper than 200 levels of lists and quotations; give a flatter file",
    ),
    "too many quotations in each other": (
        "markdown",
        b"> " * 201 + b"https://a.example/1",
        "line 1 is deeper than 200 levels of lists and quotations; give a flatter file",
    ),
    "a line without end": (
        "bibtex",
        b"@misc{" * 100_000,
        "it has a line of more than 131,072 char",
    ),
    "brackets without end": (
        "markdown",
        b"x\n\n" + b"[" * 200_000,
        "the paragraph of line 3 has more than 10,000 brackets; part it",
    ),
    "tags without end": ("markdown", b"<a " * 300_000, "the paragraph of line 1 has more than"),
    "links without end": ("markdown", b"[a](" * 200_000, "the paragraph of line 1 has more than"),
    "a cell that is refused": (
        "notebook",
        b'{"cells": [\n{"cell_type": "markdown", "source": "' + b"[" * 20_000 + b'"}]}',
        "the cell at line 2: the paragraph of line 1 has more than 10,000 brackets; part it",
    ),
    "no XML": ("xml", b"<a>\n<b>&nbsp;</a>", "line 2 is not XML: "),
    "too deep in XML": ("xml", b"<a>" * 100_000, "line 1 is not XML: "),
    "a cell without end": ("table", b'a,b\n"' + b"x" * 200_000, "line 2 is not a row of a table: "),
    "too long a number": ("json", b"1" * 10_000, "it has a number of too many digits; shorten it"),
}

# how each grammar writes a sentence
SENTENCES = {
    "markdown": "{}",
    "text": "{}",
    "html": "<p>{}</p>",
    "yaml": "a: '{}'",
    "json": '["{}"]',
    "bibtex": "@misc{{a, note = {{{}}}}}",
}


def of(grammar, text):
    return read(text.encode(), grammar)


@pytest.mark.parametrize(("grammar", "text", "paths"), LISTS)
def test_addresses_are_those_of_the_grammar(grammar, text, paths):
    found = of(grammar, text)
    assert not [one for one in found if isinstance(one, MalformedAddress)]
    assert {one.url for one in found} == {f"https://a.example/{path}" for path in paths}


@pytest.mark.parametrize("grammar", SENTENCES)
def test_a_sentence_in_chinese_goes_on_behind_a_bracket(grammar):
    sentence = "代码(https://a.example/1)在https://a.example/2_(x)和https://a.example/3两处"
    found = of(grammar, SENTENCES[grammar].format(sentence))
    assert [(one.shorter or one.url).removeprefix("https://a.example/") for one in found] == [
        "1",
        "2_(x)",
        "3",
    ]


@pytest.mark.parametrize("case", PLACES)
def test_each_has_its_line_and_its_title(case):
    grammar, text, places = PLACES[case]
    assert [(one.line, one.title) for one in of(grammar, text)] == places


@pytest.mark.parametrize("case", IDENTIFIERS)
def test_identifiers_lead_to_their_pages(case):
    grammar, text, told = IDENTIFIERS[case]
    assert [(one.url, one.line, one.title) for one in of(grammar, text)] == told


@pytest.mark.parametrize("case", SLIPS)
def test_slips_are_told_with_their_lines(case):
    grammar, text, slips = SLIPS[case]
    assert [(one.line, one.message) for one in of(grammar, text)] == slips


@pytest.mark.parametrize("case", COLUMNS)
def test_slips_stand_where_they_are_written(case):
    text, places = COLUMNS[case]
    found = [one for one in of("markdown", text) if isinstance(one, MalformedAddress)]
    assert [(one.line, one.column) for one in found] == places


@pytest.mark.parametrize("case", ENCODED)
def test_whatever_wrote_the_bytes_the_address_is_the_same(case):
    (found,) = read(ENCODED[case], "text")
    assert isinstance(found, Mention) and found.url == "https://a.example/剪枝"


def test_a_page_may_name_its_encoding():
    page = '<meta charset="gb2312"><p>见https://a.example/剪枝，</p>'
    (found,) = read(page.encode("gbk"), "html")
    assert found.url == "https://a.example/剪枝"


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_list_is_refused_in_a_sentence(case):
    grammar, content, message = REFUSED[case]
    with pytest.raises(Unreadable) as refused:
        read(content, grammar)
    assert message in str(refused.value)


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_what_is_too_long_is_refused(grammar):
    with pytest.raises(Unreadable, match="it is too long: "):
        read(b" " * (GRAMMARS[grammar].most + 1), grammar)


@pytest.mark.parametrize(
    ("name", "grammar"),
    [
        ("README.md", "markdown"),
        ("a/B.HTML", "html"),
        ("refs.bib", "bibtex"),
        ("a.yml", "yaml"),
        ("a.json", "json"),
        ("a.jsonl", "jsonl"),
        ("a.ipynb", "notebook"),
        ("a.csv", "table"),
        ("a.TSV", "table"),
        ("feed.rss", "xml"),
        ("urls.txt", "text"),
        ("-", "text"),
        ("README", "text"),
    ],
)
def test_the_name_says_the_grammar(name, grammar):
    assert grammar_of(name) == grammar
