"""The preview's own server: on loopback only, one thread a request, for users of this machine."""

import gc
import json
import os
import shutil
import signal
import sys
import threading
import time
import traceback
from email.utils import formatdate
from http.server import (  # noqa: TID251  the preview is a server
    BaseHTTPRequestHandler,
    ThreadingHTTPServer,
)
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from kb.site.mkdocs.preview import OWN, Preview, Response
from kb.site.mkdocs.settings import CannotStart

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
WAIT = 25.0
"""How many seconds a page waits for a change before it asks again."""
_LOOK = 0.3


class Server(ThreadingHTTPServer):
    """Serves ``preview`` on 127.0.0.1:``port`` (0: any free one).

    Raises OSError if the port cannot be had.
    """

    daemon_threads = True
    allow_reuse_address = os.name != "nt"
    preview: Preview

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), Handler)

    def show(self, preview: Preview) -> None:
        """Answer with ``preview`` from now on; check in the background what it leaves unchecked."""
        self.preview = preview
        gc.freeze()  # what is held now stays: no answer waits for a search through it for garbage
        threading.Thread(target=self._check, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the site is shown."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no error; anything else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            traceback.print_exc()

    def _check(self) -> None:
        while True:
            self.preview.entries.check_rest()


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD; refuses whatever a page of another site could send here."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Send what is asked for."""
        if refused := self._refused():
            self._send(Response(refused[1].encode(), status=refused[0]))
            return
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        if path == f"/{OWN}/changed":
            self._send(self._changed(parse_qs(parts.query)))
        else:
            self._send(self._answer(path))

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing about requests that are answered."""

    def _refused(self) -> tuple[int, str] | None:
        """The status and the reason, if the request is not one for a page of this site."""
        host = self.headers.get("Host", "")
        known = {f"{name}:{self.server.server_port}" for name in NAMES}
        if host not in known | (set(NAMES) if self.server.server_port == 80 else set()):
            return 403, f"this preview answers at {self.server.address} only"
        path = unquote(urlsplit(self.path).path) if self.path.startswith("/") else ""
        if not path or self.path.startswith("//") or "//" in path:
            return 400, "expected a path of this site"
        if "\\" in path or "\0" in path or {"..", "."} & set(path.split("/")):
            return 400, "a path must not lead out of the site"
        return None

    def _answer(self, path: str) -> Response:
        try:
            return self.server.preview.answer(path)
        except CannotStart as error:
            return Response(f"{error}\n".encode(), status=500)
        except Exception:  # noqa: BLE001  one bad page must not end the preview
            self.server.preview.say(traceback.format_exc())
            return Response(b"this page could not be made; the terminal says why\n", status=500)

    def _changed(self, asked: dict[str, list[str]]) -> Response:
        """Wait until a page would be answered differently, at most `WAIT` seconds."""
        page, stamp = asked.get("page", ["/"])[0], asked.get("stamp", [""])[0]
        end = time.monotonic() + WAIT
        changed = False
        while not changed and time.monotonic() < end:
            start = time.monotonic()
            changed = self._answer(unquote(page)).stamp not in ("", stamp)
            took = time.monotonic() - start
            if not changed:
                time.sleep(max(_LOOK, 5 * took))
        return Response(json.dumps({"changed": changed}).encode(), "application/json")

    def _send(self, answer: Response) -> None:
        if answer.file is not None:
            self._send_file(answer.file, answer.type)
            return
        text = answer.type.startswith("text/")
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type + ("; charset=utf-8" if text else ""))
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        if answer.to:
            self.send_header("Location", answer.to)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _send_file(self, path: Path, type: str) -> None:
        """Send a file, or only that the browser has it already."""
        try:
            stream = path.open("rb")
        except OSError as error:
            reason = f"{path.name}: {error.strerror}\n"
            self._send(Response(reason.encode(), status=404))
            return
        with stream:
            found = os.fstat(stream.fileno())
            tag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
            known = self.headers.get("If-None-Match") == tag
            self.send_response(304 if known else 200)
            self.send_header("ETag", tag)
            self.send_header("Cache-Control", "no-cache")
            self.send_header("Last-Modified", formatdate(found.st_mtime, usegmt=True))
            if not known:
                self.send_header("Content-Type", type)
                self.send_header("Content-Length", str(found.st_size))
            self.end_headers()
            if not known and self.command != "HEAD":
                shutil.copyfileobj(stream, self.wfile)


def serve(root: Path | None = None, port: int = 8000) -> int:
    """Show the site of the project in the working directory until Ctrl-C; the exit code.

    Prints the address once it answers. Exit 2 if there is nothing to show or the port cannot be
    had.
    """
    try:
        server = Server(port)
    except OSError as error:
        return _failed(f"port {port} cannot be used: {error.strerror}; try `kb serve --port 0`")
    try:
        server.show(Preview(root, _say))
        return _serve(server)
    except CannotStart as error:
        return _failed(str(error))
    except KeyboardInterrupt:
        _say("preview: ended")
        return 0
    finally:
        server.server_close()


def _serve(server: Server) -> int:
    preview = server.preview
    for one in (signal.SIGINT, signal.SIGTERM):  # a shell starts what runs behind it deaf to Ctrl-C
        signal.signal(one, signal.default_int_handler)
    _say(f"preview: {server.address} (Ctrl-C ends it)")
    if found := len(preview.entries.state.findings):
        _say(f"{found} finding{'s' * (found > 1)}: the home page lists them, `kb check` too")
    with preview.search.kept:
        server.serve_forever()
    return 0


def _say(message: str) -> None:
    print(message, flush=True)


def _failed(message: str) -> int:
    print(f"kb: {message}", file=sys.stderr)
    return 2
