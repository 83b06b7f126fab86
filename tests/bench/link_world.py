"""A world of links for the benchmark, in a process of its own: 40 addresses, good pages, and faults
mixed in. `python -m tests.bench.link_world` says its port.
"""

import asyncio
import re
import sys

from kb.ledger.look import Verdict
from tests.links.faults import to, with_cookie
from tests.links.world import (
    Reply,
    Request,
    World,
    after,
    bomb,
    by,
    closes,
    drips,
    http,
    page,
    resets,
    says,
)

HOSTS = tuple(f"127.0.2.{number}" for number in range(1, 41))
LINKS = 2_000
PROSE = (
    "Pruning removes weights that matter little, and what is left is trained again "
    "until the accuracy is back. "
) * 40
FLAKY = says(http(503), http(503), http(200, page("Up again", PROSE)))

FAULTS: dict[str, tuple[Reply, Verdict]] = {
    "missing": (says(http(404, page("Not found", "No such page."))), "gone"),
    "removed": (says(http(410)), "gone"),
    "soft404": (
        says(
            http(
                200, page("Page not found", "Sorry, the page you were looking for does not exist.")
            )
        ),
        "gone",
    ),
    "soft404zh": (
        says(http(200, page("页面不存在", "抱歉，您访问的页面不存在或已被删除。"))),
        "gone",
    ),
    "parked": (
        says(http(200, page("Domain for sale", "This domain is for sale. Buy this domain now."))),
        "gone",
    ),
    "loop": (by(lambda request: http(302, "", Location=request.path)), "gone"),
    "file": (to("file:///etc/passwd"), "gone"),
    "forbidden": (says(http(403, page("Forbidden", "No."))), "blocked"),
    "denied": (says(http(999)), "blocked"),
    "wall": (
        says(
            http(503, page("Just a moment...", "Checking your browser"), cf_mitigated="challenge")
        ),
        "blocked",
    ),
    "captcha": (says(http(200, page("安全验证", "请完成安全验证后继续访问"))), "blocked"),
    "members": (to("/login?next=1"), "blocked"),
    "broken": (says(http(500)), "unsure"),
    "limited": (says(http(429, Retry_After="1"), http(200, page("Patience", PROSE))), "alive"),
    "flaky": (FLAKY, "alive"),
    "home": (to("/"), "unsure"),
    "private": (to("http://10.255.255.1/"), "unsure"),
    "reset": (resets(), "unsure"),
    "empty": (closes(), "unsure"),
    "cut": (closes(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<p>Hello"), "unsure"),
    "drip": (drips(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>He"), "unsure"),
    "silent": (after(300, says(b"")), "unsure"),
    "bomb": (says(bomb(100 << 20)), "unsure"),
    "moved": (to("/good/moved", 301), "moved"),
    "cookie": (with_cookie("seen", page("Behind the wall", PROSE)), "alive"),
}
EACH = 8


def links(port: int, faulty: bool) -> list[str]:
    """2,000 addresses on 40 hosts; with faults, 200 of them are faulty."""
    urls = [f"http://{HOSTS[number % 40]}:{port}/good/{number}" for number in range(LINKS)]
    if faulty:
        for number, kind in enumerate(kind for kind in FAULTS for _ in range(EACH)):
            at = number * 10 + number // 4 % 10
            urls[at] = f"http://{HOSTS[at % 40]}:{port}/{kind}/{number}"
    return urls


def right(url: str) -> Verdict:
    """The right verdict."""
    return FAULTS.get(url.split("/")[3], (None, "alive"))[1]


class _World(World):
    """Good pages and faults by the first part of the path."""

    def reply(self, request: Request) -> Reply:
        kind, _, rest = request.path.lstrip("/").partition("/")
        if request.path == "/requests":
            return says(http(200, str(sum(self.hits.values()) - 1), kind="text/plain"))
        if kind == "good" and re.fullmatch(r"\d+|moved", rest):
            return says(http(200, page(f"Page {rest}", PROSE)))
        if kind in FAULTS and (
            kind in ("soft404", "soft404zh", "parked", "captcha") or rest.isdigit()
        ):
            return FAULTS[kind][0]
        return (
            says(http(200, page("Home", PROSE)))
            if request.path in ("/", "/login?next=1")
            else says(http(404, page("Not here", "Nothing.")))
        )


async def _serve() -> None:
    world = _World()
    first = await asyncio.start_server(world.visitor, HOSTS[0], 0, backlog=1024)
    port = first.sockets[0].getsockname()[1]
    await asyncio.start_server(world.visitor, HOSTS[1:], port, backlog=1024)
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(_serve()))
