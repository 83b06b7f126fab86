"""Characters that JSON and XML readers refuse, or take for the end of a line, made visible."""

import re

_NOT_IN_JSON = re.compile(r"[\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def in_json(document: str) -> str:
    """A JSON ``document`` without lone surrogates, which only file names can hold, and of which
    `str.splitlines` makes as many lines as it has line feeds."""
    document = _NOT_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", document)
    return _SURROGATE.sub(lambda match: f"\\\\u{ord(match[0]):04x}", document)


def in_xml(text: str) -> str:
    """``text`` with everything that XML 1.0 cannot hold, and every odd line end, as its escape."""
    return _NOT_IN_XML.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def on_one_line(text: str) -> str:
    """``text`` as `in_xml` has it, with blanks for the ends of lines."""
    return " ".join(in_xml(text).splitlines())
