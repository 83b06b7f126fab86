"""Writes files whole or not at all, and never through a symbolic link.

Every writer of the package goes through here, except those who write into a folder that was made
for it a moment ago and that nobody else knows: the build with its search index, the preview's
index, and scratch folders of snippets and of the runtime. The lab imports nothing of the package
and writes its weights itself.
"""

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

NEW = 0o644
"""The permissions of a file that was not there before, less what the umask takes away."""


class UnsafePath(OSError):
    """A path that is not written to because of what is there: a symbolic link, a device, a pipe."""


def write(path: Path, content: bytes, within: Path | None = None) -> None:
    """Put ``content`` at ``path``; a kill at any moment leaves the old file or the new one.

    The file keeps its permissions. Folders on the way from ``within`` to the file must not be
    symbolic links, and those that are missing are made; without ``within`` these are all folders of
    a relative path and none of an absolute one, and none is made. Raises OSError with ``path`` as
    its file name, or the folder that cannot be made; what was there is unchanged then.
    """
    _refuse_links(path, Path() if within is None else within)
    mode = _mode(path)
    if within is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    with _named(path), _temporary(path.parent) as new:
        descriptor, beside = new
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            beside.chmod(mode)
            os.fsync(descriptor)
        beside.replace(path)


def appending(path: Path) -> BinaryIO:
    """``path`` opened to append bytes, made if it is not there. Raises OSError.

    A symbolic link is not followed, and only a regular file is opened.
    """
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
    _refuse_links(path, path.parent)
    stream = os.fdopen(os.open(path, flags, NEW), "ab")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise _not_regular(path)
    return stream


def _refuse_links(path: Path, within: Path) -> None:
    below = path.relative_to(within) if path.is_relative_to(within) else Path(path.name)
    start = within if path.is_relative_to(within) else path.parent
    for count in range(1, len(below.parts) + 1):
        one = start.joinpath(*below.parts[:count])
        if one.is_symlink():
            raise UnsafePath(
                errno.ELOOP,
                "it is a symbolic link, and nothing is written through links",
                str(one),
            )


def _mode(path: Path) -> int:
    """The permissions that the file has, or will have. Raises UnsafePath if it is no file."""
    try:
        found = path.lstat().st_mode
    except FileNotFoundError:
        return NEW & ~_umask()
    if stat.S_ISDIR(found):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found):
        raise _not_regular(path)
    return stat.S_IMODE(found)


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    found = os.umask(0o077)
    os.umask(found)
    return found


def _not_regular(path: Path) -> UnsafePath:
    return UnsafePath(errno.EINVAL, "it is not a regular file", str(path))


@contextlib.contextmanager
def _temporary(folder: Path) -> Iterator[tuple[int, Path]]:
    """A new file in ``folder``, gone again if the block fails."""
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".new")
    try:
        yield descriptor, Path(name)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Whatever fails inside fails for ``path``, not for a temporary name or for none."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
