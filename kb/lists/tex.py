"""Addresses in LaTeX, without its comments and without the marks that TeX needs in addresses."""

import re
from dataclasses import replace

from kb.lists import prose
from kb.lists.mention import Found

_MARKS = [
    (re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}"), r" \1 "),
    (re.compile(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r" \1 \2 "),
    (re.compile(r"\\textasciitilde\b(?:\s*\{\}|\s+)?|\$\\sim\$|\\~(?:\{\})?"), "~"),
    (re.compile(r"\\textunderscore\b(?:\s*\{\}|\s+)?"), "_"),
    (re.compile(r"\\(?:allowbreak|linebreak|break)\b(?:\s*\{\}|\s+)?|\\[-/]"), ""),
    (re.compile(r"\\([_%&#$])"), r"\1"),
    (re.compile(r"\{([^{}\s])\}"), r"\1"),
]
_COMMENT = re.compile(r"(?:^|(?<=\s))%.*|(?<!\\)%\s*\Z")


def addresses(text: str) -> Found:
    """Each address in the LaTeX ``text``, in column 1: marks before it are taken off."""
    for number, line in enumerate(text.split("\n"), 1):
        if "/" in line:
            for found in prose.addresses(plain(_COMMENT.sub("", line)), number):
                yield replace(found, column=1)


def plain(text: str) -> str:
    """``text`` without the marks that TeX needs around and inside addresses."""
    for mark, without in _MARKS:
        text = mark.sub(without, text)
    return text
