"""Addresses in BibTeX: those in the fields of its records, with macros filled in and TeX's marks
taken off; those of a `doi` and of an `eprint` on arXiv. What stands between records is a comment.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    Entry,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)

from kb.lists import prose, value
from kb.lists.identifiers import address_of, archive_of
from kb.lists.mention import Found, Mention, Unreadable

_NAME = re.compile(r"[^\s#{\"]+")
_TEX = [
    (re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}"), r" \1 "),
    (re.compile(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r" \1 \2 "),
    (re.compile(r"\\textasciitilde\b(?:\s*\{\}|\s+)?|\$\\sim\$|\\~(?:\{\})?"), "~"),
    (re.compile(r"\\textunderscore\b(?:\s*\{\}|\s+)?"), "_"),
    (re.compile(r"\\(?:allowbreak|linebreak|break)\b(?:\s*\{\}|\s+)?|\\[-/]"), ""),
    (re.compile(r"\\([_%&#$])"), r"\1"),
    (re.compile(r"\{([^{}\s])\}"), r"\1"),
]
_COMMAND = re.compile(r"\\[a-zA-Z]+\s*|[{}]")
_LONGEST_LINE = 1 << 17
_ADDRESS_FIELDS = ("url", "link", "ee", "pdf")

Macros = Mapping[str, str]

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def addresses(text: str) -> Found:
    """Each address in the records of the BibTeX ``text``. Raises Unreadable."""
    if len(max(text.split("\n"), key=len)) > _LONGEST_LINE:
        raise Unreadable(
            f"it has a line of more than {_LONGEST_LINE:,} characters; break it, or add `--as text`"
        )
    macros: dict[str, str] = {}
    broken = False
    for block in _blocks(text):
        match block:
            case String():
                macros[block.key.lower()] = _value(block.value, macros)
            case Entry():
                yield from _of_record(block, macros)
            case ParsingFailedBlock():
                yield from _of_prose(_plain(block.raw or ""), (block.start_line or 0) + 1)
            case ImplicitComment() if broken:  # the rest of that record
                yield from _of_prose(_plain(block.comment), (block.start_line or 0) + 1)
        broken = isinstance(block, ParsingFailedBlock)


def _blocks(text: str) -> Iterator[Block]:
    """The blocks in their order; a key that stands twice is as good as another."""
    for block in parse_string(text, parse_stack=[]).blocks:
        inner = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else None
        yield inner or block


def _of_record(record: Entry, macros: Macros) -> Found:
    values = [_value(str(one.value), macros) for one in record.fields]
    named = [(_name(one), text) for one, text in zip(record.fields, values, strict=True)]
    titles, archive = [text for name, text in named if name == "title"], archive_of(named)
    title = " ".join(_COMMAND.sub("", titles[0] if titles else "").split())
    for one, text in zip(record.fields, values, strict=True):
        line, shown = (one.start_line or 0) + 1, _plain(text)
        if url := address_of(_name(one), shown.strip().strip("{}"), archive):
            yield Mention(url, line, 1, title)
        elif _name(one) in _ADDRESS_FIELDS:
            for found in value.addresses(shown.strip().strip("{}"), line, 1):
                yield replace(found, title=title) if isinstance(found, Mention) else found
        else:
            yield from _of_prose(shown, line)


def _name(field: Field) -> str:
    return field.key.lower()


def _of_prose(text: str, line: int) -> Found:
    """Columns are those of ``text``, not of the file, so they are left out."""
    for found in prose.addresses(text, line):
        yield replace(found, column=1)


def _plain(text: str) -> str:
    """``text`` without the marks that TeX needs around and inside addresses."""
    for mark, plain in _TEX:
        text = mark.sub(plain, text)
    return text


def _value(raw: str, macros: Macros) -> str:
    """``raw`` without its quotes or braces, its macros filled in, its parts joined.

    Parts without `#` between them lack a comma, so a blank keeps them apart.
    """
    return "".join(_pieces(raw.strip(), macros))


def _pieces(raw: str, macros: Macros) -> Iterator[str]:
    at = 0
    while at < len(raw):
        if raw[at] in '{"':
            end = _closing(raw, at)
            yield raw[at + 1 : end]
            at = end + 1
            yield "" if raw[at:].lstrip()[:1] in ("", "#") else " "
        elif found := _NAME.match(raw, at):
            yield macros.get(found[0].lower(), "")
            at = found.end()
        else:
            at += 1


def _closing(raw: str, start: int) -> int:
    """Where the brace or quote at ``start`` is closed; the end if it is not."""
    quoted, depth = raw[start] == '"', 0
    for at in range(start + (1 if quoted else 0), len(raw)):
        depth += (raw[at] == "{") - (raw[at] == "}")
        if depth == 0 and (raw[at] == '"' if quoted else raw[at] == "}"):
            return at
    return len(raw)
