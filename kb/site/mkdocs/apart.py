"""Calls a function in a process of its own, beside this one."""

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


class EndedEarly(Exception):
    """The process ended without an answer: the system killed it, perhaps because memory ran out."""


@contextlib.contextmanager
def apart(
    function: Callable[P, T], *arguments: P.args, **named: P.kwargs
) -> Iterator[Callable[[], T]]:
    """Start ``function`` in a new process; gives what waits for its result.

    The result, or what the function raises, must be picklable. On leaving, the process is ended.
    Waiting raises what the function raised, or EndedEarly.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(there, function, arguments, named), daemon=True)
    process.start()
    there.close()
    try:
        yield lambda: cast(T, _result(here))
    finally:
        process.terminate()
        process.join()
        here.close()


def _answer(
    there: Connection,
    function: Callable[..., object],
    arguments: tuple[object, ...],
    named: dict[str, object],
) -> None:
    """Send what ``function`` returns or raises. Ctrl-C is for the first process, which ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answer: tuple[object, Exception | None] = (function(*arguments, **named), None)
    except Exception as error:  # noqa: BLE001  raised again by the process that waits
        answer = (None, error)
    there.send(answer)


def _result(here: Connection) -> object:
    try:
        value, error = cast(tuple[object, Exception | None], here.recv())
    except EOFError:
        raise EndedEarly("the process of the second language ended early; try again") from None
    if error is not None:
        raise error
    return value
