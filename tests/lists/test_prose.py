"""Addresses out of prose."""

import pytest

from kb.lists.mention import MalformedAddress, Mention
from kb.lists.prose import addresses as found_in

# text, addresses
TEXTS = {
    "a plain list": (
        "https://a.example/1\nhttp://b.example/2\n",
        ["https://a.example/1", "http://b.example/2"],
    ),
    "a line is taken letter by letter": ("https://a.example/a_(b).", ["https://a.example/a_(b)."]),
    "a mark that parts lines of a list": (
        (
            "https://a.example/1,\n  https://a.example/2;\nhttps://github.com/a/b.git)\n"
            "https://a.example/c[d]]\u200b\nhttps://a.example/(e)."
        ),
        [
            "https://a.example/1",
            "https://a.example/2",
            "https://github.com/a/b.git",
            "https://a.example/c[d]",
            "https://a.example/(e).",
        ],
    ),
    "a bracket right behind the host": (
        "https://a.example(官网)\nhttps://b.example:8080[1] 见(https://c.example(here))",
        ["https://a.example", "https://b.example:8080", "https://c.example"],
    ),
    "the text of the next link": (
        "https://a.example/x[code](https://a.example/y) https://a.example/z![](https://a.example/i)",
        [f"https://a.example/{one}" for one in "xyzi"],
    ),
    "twice is once": ("https://a.example/\nhttps://a.example/", ["https://a.example/"]),
    "Markdown": (
        "see [one](https://a.example/x), **https://a.example/y**, <https://a.example/z>!",
        ["https://a.example/x", "https://a.example/y", "https://a.example/z"],
    ),
    "Markdown, side by side": (
        "[a](https://a.example/x)[b](https://a.example/y_(z))![c](https://a.example/i)",
        ["https://a.example/x", "https://a.example/y_(z)", "https://a.example/i"],
    ),
    "closed in full width": (
        (
            "［https://a.example/1］｛https://a.example/2｝〔https://a.example/3〕"
            "＜https://a.example/4＞ «https://a.example/5»"
        ),
        [f"https://a.example/{number}" for number in range(1, 6)],
    ),
    "half of a character": ("x https://a.example/1\ud83d", ["https://a.example/1"]),
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
    "in brackets of half width": (
        (
            '代码(https://a.example/1)已开源，[https://a.example/2]也是，"https://a.example/3"有，'
            "<https://a.example/4>有，'https://a.example/5'有，**https://a.example/6**有"
        ),
        [f"https://a.example/{number}" for number in range(1, 7)],
    ),
    "in brackets, with brackets of its own": (
        "见(https://a.example/A_(b))的 [https://a.example/c[d]]の",
        ["https://a.example/A_(b)", "https://a.example/c[d]"],
    ),
    "a bracket that closes at the start of a line": (
        "https://a.example/1)已开源",
        ["https://a.example/1"],
    ),
    "two in brackets": (
        "(https://a.example/1)和(https://a.example/2)都有",
        ["https://a.example/1", "https://a.example/2"],
    ),
    "an address in an address": (
        "见 https://a.example/web/2024/https://b.example/x 和 https://a.example/?u=https://b.example",
        [
            "https://a.example/web/2024/https://b.example/x",
            "https://a.example/?u=https://b.example",
        ],
    ),
    "the end of a sentence": (
        "It is at https://a.example/a. Or at https://a.example/b?",
        ["https://a.example/a", "https://a.example/b"],
    ),
    "other schemes": ("file:///etc/passwd ftp://a.example javascript:alert(1) https://", []),
    "capitals": ("HTTPS://A.EXAMPLE/X", ["HTTPS://A.EXAMPLE/X"]),
}


# prose, each address and the other way to read it
JOINED = {
    "by a word": (
        "代码在https://a.example/1和https://b.example/2两处",
        [
            ("https://a.example/1和", "https://a.example/1"),
            ("https://b.example/2两处", "https://b.example/2"),
        ],
    ),
    "at the start of a line": (
        "https://a.example/1或https://b.example/2",
        [("https://a.example/1或", "https://a.example/1"), ("https://b.example/2", "")],
    ),
    "three, with marks": (
        "见https://a.example/1与:https://b.example/2と(http://c.example/3)です",
        [
            ("https://a.example/1与", "https://a.example/1"),
            ("https://b.example/2と", "https://b.example/2"),
            ("http://c.example/3", ""),
        ],
    ),
}
# prose, the other way to read its address
RUNS_ON = {
    "a sentence without a blank": ("参考https://a.example/a这篇文章", "https://a.example/a"),
    "an encyclopedia": ("https://a.example/wiki/C语言 有", "https://a.example/wiki/C"),
    "behind a stroke": ("请访问https://a.example/下载安装包", "https://a.example/"),
    "behind a folder": ("见https://a.example/docs/查看", "https://a.example/docs/"),
    "behind a host": ("见https://a.example这里", "https://a.example"),
    "behind a comma": ("见https://a.example/x,另见", "https://a.example/x"),
    "a page of an encyclopedia": ("见https://a.example/wiki/剪枝，", ""),
    "an entry of an encyclopedia": ("见https://a.example/item/量化", ""),
    "a file": ("见https://a.example/剪枝.pdf", ""),
    "a host in Chinese": ("见https://例子.example/ 或 x", ""),
    "a domain in Chinese": ("见https://a.中国", ""),
    "a dash": ("见https://a.example/x——作者", "https://a.example/x"),
    "a wave": ("见https://a.example/x～谢谢", "https://a.example/x"),
    "a space of no width": ("见https://a.example/x\u200b看", "https://a.example/x"),
    "a space of no width at the end": ("see https://a.example/x\u200b and", ""),
    "Japanese": ("見https://a.example/xをご覧", "https://a.example/x"),
    "Korean": ("여기 https://a.example/x에서", "https://a.example/x"),
    "a picture": ("see https://a.example/x🎉", "https://a.example/x"),
    "a dash of English": ("see https://a.example/Hodgkin–Huxley", ""),
    "behind a sign": ("见https://a.example/q?k=剪枝", ""),
    "in a bracket": ("https://a.example/x(官方)", "https://a.example/x"),
    "in a bracket behind a stroke": ("见https://a.example/x/(中文版)。", "https://a.example/x/"),
    "in a bracket that is not closed": (
        "官网地址：https://a.example/x.html(需要到官网下载…)",
        "https://a.example/x.html",
    ),
    "Latin in a bracket": ("see https://a.example/x(official).", "https://a.example/x"),
    "Latin in a bracket, with a blank": (
        "https://a.example/abs/2001.00001(ICLR 2020)",
        "https://a.example/abs/2001.00001",
    ),
    "brackets in a row": ("https://a.example/x(ours)(TF/Keras)[1]", "https://a.example/x"),
    "a number in brackets": ("https://a.example/x[12]", "https://a.example/x"),
    "a bracket of its own": ("https://a.example/wiki/A_(b)", ""),
    "brackets in the middle": ("https://a.example/0893-6080(88)90014-7", ""),
    "a mark at the end of a line": ("https://a.example/Inc.", "https://a.example/Inc"),
    "marks at the end of a line": ("https://a.example/x?!!", "https://a.example/x"),
    "Latin only": ("https://a.example/a", ""),
}
# prose, (column, message)
SLIPS = {
    "a scheme twice": (
        "见https://https://a.example/x，",
        [(2, "`https://https://a.example/x` has its scheme twice")],
    ),
    "a letter missing": (
        "at htps://a.example/x. And",
        [(4, "`htps://a.example/x` has a misspelt scheme")],
    ),
    "a stroke missing": ("http:/a.example/x", [(1, "`http:/a.example/x` has a misspelt scheme")]),
    "no colon": (
        "见https//a.example/x。",
        [(2, "`https//a.example/x` has a misspelt scheme")],
    ),
    "no such host": ("https://a..example/", [(1, "`a..example` cannot be a host")]),
    "strokes of full width": (
        "见 https:／／a.example/x，或 http：//b.example",
        [
            (3, "`https:／／a.example/x` has a misspelt scheme"),
            (25, "`http：//b.example` has a misspelt scheme"),
        ],
    ),
    "a password": (
        "see https://me:secret@a.example/x and http://token@b.example/",
        [
            (5, "the address at `a.example` has a user name or password"),
            (39, "the address at `b.example` has a user name or password"),
        ],
    ),
    "beside sound addresses": (
        "https://a.example/1 or htps://a.example/2, https://a.example/3",
        [(24, "`htps://a.example/2` has a misspelt scheme")],
    ),
    "port 0": ("https://a.example:0/", [(1, "`a.example:0` cannot be a host")]),
    "a letter too many": (
        "hhttps://a.example/1 or xhttp://a.example/2",
        [
            (1, "`hhttps://a.example/1` has a misspelt scheme"),
            (25, "`xhttp://a.example/2` has a misspelt scheme"),
        ],
    ),
    "a scheme twice, without strokes": (
        "见https:https://a.example 和 http:/http://b.example",
        [
            (2, "`https:https://a.example` has its scheme twice"),
            (28, "`http:/http://b.example` has its scheme twice"),
        ],
    ),
    "a blank behind the scheme": (
        "see (http:// a.example) or https://  b.example/x",
        [
            (6, "`http:// a.example` has a blank in it"),
            (28, "`https://  b.example/x` has a blank in it"),
        ],
    ),
    "a blank in the scheme": (
        "见 http s://a.example/x，ht tp://b.example https ://c.example/y or http: //d.example.",
        [
            (3, "`http s://a.example/x` has a blank in its scheme"),
            (24, "`ht tp://b.example` has a blank in its scheme"),
            (42, "`https ://c.example/y` has a blank in its scheme"),
            (66, "`http: //d.example` has a blank in its scheme"),
        ],
    ),
    "another mark than a colon": (
        "https.//a.example/x http,//b.example https.://c.example",
        [
            (1, "`https.//a.example/x` has a misspelt scheme"),
            (21, "`http,//b.example` has a misspelt scheme"),
            (38, "`https.://c.example` has a misspelt scheme"),
        ],
    ),
    "marks before strokes": ("etc.//x.y and (see http).//b.c, https ://", []),
    "no strokes": ("见 http:a.example/x", [(3, "`http:a.example/x` has a misspelt scheme")]),
    "letters of full width": (
        "ｈｔｔｐｓ：／／a.example/x，ｈｔｔｐ://ｂ．example/y",
        [
            (1, "`ｈｔｔｐｓ：／／a.example/x` has a misspelt scheme"),
            (21, "`ｈｔｔｐ://ｂ．example/y` has a misspelt scheme"),
        ],
    ),
    "glued": (
        "see https://a.example/xhttps://b.example/y",
        [(5, "`https://a.example/xhttps://b.example/y` is two addresses run together")],
    ),
    "other programs' schemes": ("git+https://a.example/x view-source:https://a.example/y", []),
    "other schemes": ("ftp://a.example/ sftp://a.example/ git://a.example/ and/or//x", []),
    "an at sign in a path": ("https://a.example/@me/x:y@z https://a.example/?u=a@b.example", []),
    "talk of schemes": ("from http:// to https:// and http/2", []),
}


@pytest.mark.parametrize("case", TEXTS)
def test_addresses_are_found(case):
    text, addresses = TEXTS[case]
    picked = [one.url for one in found_in(text) if isinstance(one, Mention)]
    assert list(dict.fromkeys(picked)) == addresses


def test_each_comes_with_its_place():
    text = "x\nhttps://a.example/\nsee https://a.example/ https://b.example/\n"
    assert [(one.line, one.column) for one in found_in(text)] == [(2, 1), (3, 5), (3, 24)]


@pytest.mark.parametrize("case", RUNS_ON)
def test_a_sentence_may_have_run_into_an_address(case):
    text, shorter = RUNS_ON[case]
    (found,) = found_in(text)
    assert found.shorter == shorter


@pytest.mark.parametrize("case", JOINED)
def test_a_sentence_may_lead_from_one_address_to_the_next(case):
    text, told = JOINED[case]
    assert [(one.url, one.shorter) for one in found_in(text)] == told


def test_the_address_to_write_has_the_usual_letters():
    text = (
        "http:\\\\a.example\\x ｈｔｔｐｓ：／／ｂ．example／y see http:// c.example "
        "http：／／d．example／43／剪枝 https:／／e.example／"
    )
    assert [one.hint for one in found_in(text)] == [
        "write http://a.example/x",
        "write https://b.example/y",
        "write http://d.example/43/剪枝",
        "write https://e.example/",
        "write http://c.example",
    ]


@pytest.mark.parametrize("case", SLIPS)
def test_slips_are_told(case):
    text, told = SLIPS[case]
    found = [one for one in found_in(text) if isinstance(one, MalformedAddress)]
    assert [(one.column, one.message) for one in found] == told
