"""What went wrong in the code of a snippet, as its author wants to read it: from their own first line on. Standard library only; travels to the page."""

import traceback


def problem(error: BaseException, name: str) -> str:
    """The traceback from the first line of file ``name`` on, as Python prints it."""
    known = traceback.TracebackException.from_exception(error)
    inside = [number for number, frame in enumerate(known.stack) if frame.filename == name]
    known.stack = traceback.StackSummary.from_list(list(known.stack)[inside[0]:] if inside else [])
    return "".join(known.format(chain=False)).strip()


def line(error: BaseException, name: str) -> int | None:
    """The last line of file ``name`` that was running."""
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno
    return next((frame.lineno for frame in reversed(traceback.extract_tb(error.__traceback__)) if frame.filename == name), None)
