"""The one client of the forge's interface: JSON in and out, pages, bounded downloads."""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

URL = os.environ.get("GITHUB_API_URL", "https://api.github.com")
TIMEOUT, PAGE = 30, 100


class Failed(Exception):
    """The forge refused, or is not there; ``status`` is that of its answer, 0 for none."""

    def __init__(self, status: int, said: str) -> None:
        self.status = status
        super().__init__(said)


def call(method: str, path: str, body: object = None) -> Any:
    """The answer to a request, as data. Raises Failed."""
    content = None if body is None else json.dumps(body).encode()
    return json.loads(_sent(method, URL + path, content, 20_000_000) or b"null")


def pages(path: str, most: int = 30) -> Iterator[Any]:
    """The items of a list, page by page. Raises Failed."""
    mark = "&" if "?" in path else "?"
    for number in range(1, most + 1):
        found = call("GET", f"{path}{mark}per_page={PAGE}&page={number}")
        yield from found
        if len(found) < PAGE:
            return


def download(url: str, most: int) -> bytes:
    """At most ``most`` + 1 bytes of what is at ``url``. Raises Failed."""
    return _sent("GET", url, None, most + 1)


def _sent(method: str, url: str, content: bytes | None, most: int) -> bytes:
    request = urllib.request.Request(url, content, method=method)  # noqa: S310  the forge's own
    request.add_header("Accept", "application/vnd.github+json")
    request.add_header("Content-Type", "application/json")
    # Not sent again where a download is redirected to.
    request.add_unredirected_header("Authorization", f"Bearer {os.environ['GH_TOKEN']}")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            found: bytes = answer.read(most)
            return found
    except urllib.error.HTTPError as error:
        said = " ".join(error.read(500).decode(errors="replace").split())
        raise Failed(error.code, f"{method} {url.removeprefix(URL)}: {error.code} {said}") from None
    except OSError as error:
        raise Failed(0, f"{method} {url.removeprefix(URL)}: {error}") from None
