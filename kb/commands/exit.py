"""How a command ends: its exit codes, and the one sentence for what could not be done."""

import errno

CLEAN, FINDINGS, UNDONE, INTERRUPTED = 0, 1, 2, 130

_ADVICE = {
    errno.ENOSPC: "free some space, then run the command again",
    errno.EDQUOT: "free some space, then run the command again",
    errno.EFBIG: "raise the limit on file sizes, then run the command again",
    errno.EROFS: "give a path that can be written to",
    errno.EACCES: "change its permissions, or give another path",
    errno.EPERM: "change its permissions, or give another path",
    errno.ENOENT: "create it, or give another path",
    errno.ENOTDIR: "give a path whose folders are folders",
    errno.EEXIST: "move it away, or give another path",
    errno.EISDIR: "move it away, or give another path",
    errno.EINVAL: "give the path of a file",
    errno.ELOOP: "replace the link with what it points to, or give another path",
    errno.EADDRINUSE: "stop what uses it, or give another one with `--port`",
}


class UsageError(Exception):
    """The command was called with something that it cannot do; the message says what to do."""


def refusal(error: OSError) -> str:
    """What the operating system refused and what to do, as one line."""
    if error.strerror is None:
        return plain(str(error))
    reason = error.strerror[:1].lower() + error.strerror[1:]
    place = "" if error.filename is None else f"`{error.filename}`: "
    advice = _ADVICE.get(error.errno or 0, "")
    return plain(f"{place}{reason}{'; ' if advice else ''}{advice}")


def plain(text: str) -> str:
    """``text`` on one line, whatever names are quoted in it."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)
