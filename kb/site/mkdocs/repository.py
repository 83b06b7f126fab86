"""Where the repository can be seen on the web, from what Git says of its remote."""

import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

_SECURE_SHELL = re.compile(r"(?:ssh://)?git@(?P<host>[\w.-]+)(?::\d+/|[:/])(?P<path>[\w./~-]+)")
_STEP = re.compile(r"[\w.~-]+")


def address(remote: str) -> str:
    """The web page of a remote on a forge, over https; nothing if ``remote`` is not on a forge.

    A path of this machine, a local host and http are not. User names and tokens are dropped.
    """
    if found := _SECURE_SHELL.fullmatch(remote):
        return _page(found["host"], found["path"])
    try:
        parts = urlsplit(remote)
    except ValueError:
        return ""
    if parts.scheme != "https" or parts.port is not None or parts.query or parts.fragment:
        return ""
    return _page(parts.hostname or "", parts.path)


def of(folder: Path) -> str:
    """The web page of the remote `origin` of the repository around ``folder``, if it has one."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), "remote", "get-url", "origin"],
            capture_output=True,
            check=False,
        )
    except OSError:
        return ""
    return "" if done.returncode else address(done.stdout.decode(errors="replace").strip())


def _page(host: str, path: str) -> str:
    """The page of a repository: a host with a domain, an owner and a name."""
    steps = path.strip("/").removesuffix(".git").split("/")
    plain = len(steps) >= 2 and all(_STEP.fullmatch(step) and set(step) != {"."} for step in steps)
    named = "." in host and not re.fullmatch(r"[\d.:]+", host)
    return f"https://{host}/{'/'.join(steps)}" if plain and named else ""
