"""What went wrong in the code of a snippet, told from its author's own first line on.

Standard library only; travels to the page.
"""

import traceback

FRAMES = 2_000
"""How many calls of a traceback are shown; Python's own limit of recursion is 1,000."""


def problem(error: BaseException, name: str) -> str:
    """The traceback from the first line of file ``name`` on, as Python prints it."""
    known = traceback.TracebackException.from_exception(error, limit=FRAMES)
    inside = [number for number, frame in enumerate(known.stack) if frame.filename == name]
    known.stack = traceback.StackSummary.from_list(list(known.stack)[inside[0] :] if inside else [])
    return "".join(known.format(chain=False)).strip()


def line(error: BaseException, name: str) -> int | None:
    """The last line of file ``name`` that was running."""
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno
    lines = [
        number
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == name
    ]
    return lines[-1] if lines else None
