"""Reading pages: titles, visible text, articles, character sets, packing; none makes it slow."""

import gzip
import time
import zlib

import pytest

from kb.links.page import read, refresh
from kb.links.prints import print_of, same
from kb.links.unpack import inflated, text_of

PAGE = """<!DOCTYPE html><html><head><title> A &amp; B\n page</title>\
<meta property="og:title" content="A &quot;B&quot;"/>
<style>p { color: red } </style><script>var x = "<p>not text</p>";</script></head>
<body><!-- <p>hidden</p> --><h1>Head<b>ing</b></h1><svg><text>drawn</text></svg>\
<p class="a b">One&nbsp;two</p><template>spare</template>
<div id='text'><div>in<div>ner</div></div> rest</div><p>after</p>\
<img src=a.png><INPUT TYPE=password></body></html>"""


def test_a_page_is_read_as_people_see_it():
    page = read(PAGE, ["text"])
    assert (page.title, page.og_title, page.headings) == ("A & B page", 'A "B"', ("Head ing",))
    assert page.text == "Head ing One two in ner rest after"
    assert (page.article, page.password, page.scripts, page.images) == ("in ner rest", True, 1, 1)


ODD = {
    "nothing": ("", ""),
    "no tags": ("just words", "just words"),
    "an open tag at the end": ("words <p", "words <p"),
    "a script without end": ("a<script>b", "a"),
    "a comment without end": ("a<!-- b <p>c", "a"),
    "less and more": ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    "an svg that closes itself": ("a<svg/>b", "a b"),
    "a closing tag in capitals": ("<SCRIPT>x</Script>y", "y"),
    "broken entities": ("&amp &#xfffffff; &nosuch;", "& \ufffd &nosuch;"),
}


@pytest.mark.parametrize(("source", "text"), ODD.values(), ids=ODD.keys())
def test_odd_pages_are_read(source, text):
    assert read(source).text == text


# content of a refresh, seconds and address
REFRESHES = {
    "the usual": ("0; url=/new", (0, "/new")),
    "capitals and spaces": (" 3 ;  URL  =  /new ", (3, "/new")),
    "single quotes": ("0;url='/a b'", (0, "/a b")),
    "double quotes and a rest": ('0;url="/new" or so', (0, "/new")),
    "a comma": ("0,url=/new", (0, "/new")),
    "a space": ("0 /new", (0, "/new")),
    "no url=": ("0;/new", (0, "/new")),
    "a fraction": ("2.9;url=/new", (2, "/new")),
    "less than a second": (".5;url=/new", (0, "/new")),
    "the page itself": ("5", None),
    "no time": ("url=/new", None),
    "no address": ("0;url=", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize("case", REFRESHES)
def test_a_refresh_is_read_in_all_its_spellings(case):
    content, found = REFRESHES[case]
    assert refresh(content) == found


METAS = {
    "no quotes": "<meta http-equiv=refresh content=0;url=/new>",
    "capitals": "<META HTTP-EQUIV='Refresh' CONTENT='0; URL=/new'>",
    "attributes the other way round": '<meta content="0; url=/new" http-equiv="refresh" />',
    "entities": "<meta http-equiv=refresh content='0; url=&#47;new'>",
    "the first of two": (
        "<meta http-equiv=refresh content='0;url=/new'><meta http-equiv=refresh content='0;url=/b'>"
    ),
}
NO_METAS = {
    "a comment": "<!-- <meta http-equiv=refresh content='0;url=/new'> -->",
    "a script": "<script>'<meta http-equiv=refresh content=0;url=/new>'</script>",
    "for browsers without scripts": (
        "<noscript><meta http-equiv=refresh content=0;url=/new></noscript>"
    ),
    "another meta": "<meta name=refresh content='0;url=/new'>",
}


@pytest.mark.parametrize("case", [*METAS, *NO_METAS])
def test_a_page_says_where_it_sends_browsers_on(case):
    source = METAS.get(case) or NO_METAS[case]
    assert read(source).refresh == ((0, "/new") if case in METAS else None)


HOSTILE = {
    "refreshes": "<meta http-equiv=refresh content='0" * 7_000,
    "seconds of a refresh": "<meta http-equiv=refresh content='" + "9" * 262_000 + "'>",
    "spaces of a refresh": "<meta http-equiv=refresh content='0" + " " * 262_000 + "'>",
    "open tags": "<a " * 90_000,
    "one name without end": "<" + "a" * 262_144,
    "attributes without values": "<input " + "a" * 262_000 + ">",
    "many names": "<meta og:title " + "a " * 130_000,
    "open comments": "<!--" * 65_000,
    "open scripts": "<script>" * 32_000,
    "blanks": " " * 262_144,
    "less": "<" * 262_144,
    "entities": "&" * 262_144,
    "digits": "&#" + "9" * 262_000,
    "equals": "<input " + "a=" * 130_000 + ">",
    "quotes": "<input " + 'a="' * 87_000 + ">",
    "titles": "<title>" * 37_000,
    "headings": "<h1>" * 65_000,
    "articles": "<div id=x>" * 26_000,
    "closed articles": "<div id=x></div>" * 16_000,
    "page not found": "page " * 52_000,
    "dashes": "<title>" + " - " * 87_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_page_takes_long(source):
    from kb.links.judge import judge
    from kb.links.model import Seen

    start = time.process_time()
    read(source, ["x"])
    judge(
        Seen(
            "http://a.example/x",
            "http://a.example/x",
            status=200,
            headers={"content-type": "text/html"},
            text=source,
        )
    )
    assert time.process_time() - start < 2.0


CHARSETS = {
    "header": ("剪枝".encode("gbk"), "text/html; charset=gb2312", "剪枝"),
    "header in capitals": ("剪枝".encode("gb18030"), 'text/html; Charset="GBK"', "剪枝"),
    "meta": (b"<meta charset=gbk>" + "剪枝".encode("gbk"), "text/html", "<meta charset=gbk>剪枝"),
    "old meta": (
        b'<META http-equiv="Content-Type" content="text/html; charset=gb2312">'
        + "剪枝".encode("gbk"),
        "",
        None,
    ),
    "none, UTF-8": ("剪枝".encode(), "text/html", "剪枝"),
    "none, GBK": (("剪枝网络" * 9).encode("gbk"), "text/html", "剪枝网络" * 9),
    "mark": ("\ufeff剪枝".encode(), "text/html; charset=gbk", "剪枝"),
    "mark of UTF-16": ("\ufeff剪枝".encode("utf-16-le"), "", "剪枝"),
    "a codec that unpacks": (b"plain", "text/html; charset=zlib", "plain"),
    "a slow codec": (b"plain", "text/html; charset=punycode", "plain"),
    "cut in a letter": ("剪枝".encode()[:-1], "text/html; charset=utf-8", "剪\ufffd"),
    "Big5": ("模型".encode("big5"), "text/html; charset=big5", "模型"),
}


@pytest.mark.parametrize(("body", "kind", "text"), CHARSETS.values(), ids=CHARSETS.keys())
def test_bytes_become_text(body, kind, text):
    found = text_of(body, kind)
    assert found == text if text is not None else "剪枝" in found


RAW = zlib.compressobj(wbits=-15)
DEFLATED = RAW.compress(b"hello") + RAW.flush()
PACKED = {
    "gzip": (gzip.compress(b"hello"), "gzip", b"hello"),
    "deflate": (zlib.compress(b"hello"), "deflate", b"hello"),
    "bare deflate": (DEFLATED, "Deflate", b"hello"),
    "twice": (gzip.compress(gzip.compress(b"hello")), "gzip, gzip", b"hello"),
    "not at all": (b"hello", "identity", b"hello"),
    "not said": (b"hello", "", b"hello"),
    "cut": (gzip.compress(b"hello" * 10_000)[:60], "gzip", None),
    "noise": (b"\xff" * 99, "gzip", b""),
    "brotli": (b"hello", "br", b""),
    "three times": (b"x", "gzip,gzip,gzip", b""),
    "more than the limit": (gzip.compress(b"x" * 9_000_000), "gzip", b"x" * 1000),
}


@pytest.mark.parametrize(("body", "coding", "expected"), PACKED.values(), ids=PACKED.keys())
def test_packed_bytes_are_unpacked_up_to_the_limit(body, coding, expected):
    found = inflated(body, coding, 1000)
    assert found == expected if expected is not None else found.startswith(b"hello")


SITE = "http://a.example/posts/"
TWINS = {
    "the same words": (("On pruning", "some words here"), ("On pruning", "some words here"), True),
    "other numbers": (
        ("Error", "request 4711 failed at 10:35"),
        ("Error", "request 4712 failed at 10:36"),
        True,
    ),
    "its own address": (
        ("Lost", "there is no /posts/first-post here"),
        ("Lost", "there is no /posts/kb-links-abc here"),
        True,
    ),
    "its own address, unquoted": (
        ("Lost", "there is no 剪枝综述大全 here"),
        ("Lost", "there is no kb-links-abc here"),
        True,
    ),
    "other words": (("On pruning", "weights go"), ("Not found", "no such page"), False),
    "another title": (("On pruning", "some words here"), ("Not here", "some words here"), False),
    "nothing and nothing": (("", ""), ("", ""), True),
}


@pytest.mark.parametrize(("page", "sibling", "alike"), TWINS.values(), ids=TWINS.keys())
def test_pages_are_told_apart_by_their_words(page, sibling, alike):
    first = (
        f"{SITE}%E5%89%AA%E6%9E%9D%E7%BB%BC%E8%BF%B0%E5%A4%A7%E5%85%A8"
        if "剪枝" in page[1]
        else f"{SITE}first-post"
    )
    prints = [
        print_of(read(f"<title>{title}</title>{text}"), url, url)
        for (title, text), url in ((page, first), (sibling, f"{SITE}kb-links-abc"))
    ]
    assert same(*prints, first) == alike
