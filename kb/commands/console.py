"""Standard output and error as commands need them: closed, full or narrow, no write is a crash."""

import codecs
import io
import json
import os
import sys
from typing import TYPE_CHECKING, TextIO

from kb.commands.exit import UsageError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_BACKSLASHES = "backslashreplace"
_JSON = "kb.json"
_ESCAPES = {
    "json": _JSON,
    "sarif": _JSON,
    "jsonl": _JSON,
    "csl-json": _JSON,
    "graphml": "xmlcharrefreplace",
}


def prepare() -> None:
    """Make standard output and standard error ones that escape what they cannot show.

    A reader that closes the pipe early is no fault: what is written from then on is dropped.
    Any other failure is raised once for standard output, as OSError with that as its file name;
    for standard error there is nobody left to tell.
    """
    _occupy_missing()
    sys.stdout = _opened(1, sys.stdout, "standard output")
    sys.stderr = _opened(2, sys.stderr, None)


def write(text: str, format: str) -> None:
    """Write ``text``, which is of ``format``, so that it stays valid whatever the encoding."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=_ESCAPES.get(format, _BACKSLASHES))
    stream.write(text)


def write_bytes(content: bytes) -> None:
    """Write ``content`` as it is. Raises UsageError for a terminal, which would show noise."""
    if sys.stdout.isatty():
        raise UsageError("this format is not text: write it to a file, `> FILE`")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _occupy_missing() -> None:
    """Put the null device where a standard stream is closed, so that no file takes its number."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < 3:
        pass
    os.close(descriptor)


def _opened(descriptor: int, stream: TextIO | None, name: str | None) -> TextIO:
    terminal = os.isatty(descriptor)
    return io.TextIOWrapper(
        io.BufferedWriter(_Raw(descriptor, name)),
        encoding=stream.encoding if stream else "utf-8",
        errors=_BACKSLASHES,
        line_buffering=terminal or name is None,
    )


class _Raw(io.FileIO):
    """A descriptor that is exchanged for the null device as soon as a write fails."""

    def __init__(self, descriptor: int, name: str | None) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self._name = name

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            self._drop()
        except OSError as error:
            self._drop()
            if self._name is not None:
                raise OSError(error.errno, error.strerror, self._name) from None
        return memoryview(data).nbytes

    def _drop(self) -> None:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, self.fileno())
        os.close(null)


def _as_json(error: UnicodeError) -> tuple[str, int]:
    """What cannot be encoded, as JSON escapes it inside a string."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error(_JSON, _as_json)
