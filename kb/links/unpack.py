"""Turns the bytes of an answer into text: inflated up to a limit, and read by character set."""

import codecs
import re
import zlib

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_META = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{2,20})", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w-]{2,20})", re.I)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A closed table: Python also has codecs that unpack archives or run in quadratic time, and the name
# comes from a stranger.
_CHARSETS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb-2312", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252"), "cp1252"),
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "koi8-r": "koi8_r",
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in (2, 5, 7, 9, 15)},
    **{f"windows-125{part}": f"cp125{part}" for part in (0, 1, 3, 4, 7)},
}


def inflated(body: bytes, encoding: str, limit: int) -> bytes:
    """``body`` without its content encodings, at most ``limit`` bytes; empty if it can't be read.

    A body that was cut off gives what it holds up to there.
    """
    codings = [
        coding.strip().lower()
        for coding in encoding.split(",")
        if coding.strip().lower() not in ("", "identity")
    ]
    if len(codings) > 2 or not set(codings) <= {"gzip", "x-gzip", "deflate"}:
        return b""
    for coding in reversed(codings):
        body = _unzipped(body, coding, limit)
    return body[:limit]


def _unzipped(body: bytes, coding: str, limit: int) -> bytes:
    bare = coding == "deflate" and not _has_zlib_head(body)
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS if bare else _GZIP_OR_ZLIB).decompress(
            body, limit
        )
    except zlib.error:
        return b""


def _has_zlib_head(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0


def text_of(body: bytes, content_type: str) -> str:
    """``body`` as text.

    Its character set is told by the byte order mark, the header, or a `meta` near its head; failing
    these it is UTF-8 or GB 18030, whichever fits better.
    """
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    named = _HEADER.search(content_type)
    meta = None if named else _META.search(body[:4096])
    name = named[1] if named else meta[1].decode("ascii") if meta else ""
    if known := _CHARSETS.get(name.lower()):
        return body.decode(known, "replace")
    return _guessed(body)


def _guessed(body: bytes) -> str:
    """A body cut in the middle of a character is still UTF-8."""
    text = body.decode("utf-8", "replace")
    if text.count("\ufffd") <= 2:
        return text
    other = body.decode("gb18030", "replace")
    return other if other.count("\ufffd") < text.count("\ufffd") else text
