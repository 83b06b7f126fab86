"""From the bytes of a file to its text."""

import codecs
import re

from kb.lists.mention import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_MARK = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_DECLARED = re.compile(rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_HEAD = 4096


def text_of(data: bytes, declares: bool = False) -> str:
    """The text of ``data`` with plain line ends: UTF-8, or what its first bytes say.

    With ``declares`` it may be HTML that names its own encoding. Raises Unreadable.
    """
    text = _decoded(data, declares)
    if found := _NO_TEXT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise Unreadable(f"it is not text: line {line} has the byte {ord(found[0]):#04x}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declares: bool) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name)
    if b"\0" in data[:_HEAD]:
        return _wide(data)
    declared = _DECLARED.search(data[:_HEAD]) if declares else None
    try:
        return data.decode()
    except UnicodeDecodeError:
        if declared:
            return _strictly(data, declared[1].decode())
        return _strictly(data, "utf-8")


def _wide(data: bytes) -> str:
    """The text of ``data`` if it is UTF-16 or UTF-32 that forgot to say so."""
    for name in _WITHOUT_MARK:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text) and ("\n" in text or "://" in text):
            return text
    raise Unreadable("it is not text; give Markdown, HTML, BibTeX, YAML, JSON or plain text")


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"line {line} is not {name.upper()} at byte {data[error.start]:#04x}; save it as UTF-8"
        ) from None
    except LookupError:
        raise Unreadable(
            f"there is no encoding `{name}`, which it names; save it as UTF-8"
        ) from None
