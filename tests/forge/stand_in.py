"""A forge on loopback, as unkind as the real one: permissions, sizes, lines outside a diff, forks.

Its state is plain data that a test may spoil; ``calls`` are what it was asked, ``refused`` how
often it said no.
"""

import contextlib
import html
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from tests.forge import workflows

LONGEST_BODY = 65_536
TOKEN = "Bearer secret"
BOT = {"login": "github-actions[bot]"}


MOST_ANNOTATIONS = 10


def annotations(log):
    """What the forge shows of the ``log`` of one step: (kind, text), ten of a kind at most."""
    found, stopped = [], None
    for line in log.splitlines():
        if not (command := re.match(r"\s*::([\w-]+)( [^:]*)?::(.*)", line)):
            continue
        kind, _, text = command.groups()
        if stopped or kind == "stop-commands":
            stopped = None if kind == stopped else stopped or text
        elif [one for one, _ in found].count(kind) < MOST_ANNOTATIONS:
            found.append((kind, text))
    return found


_ACTS = (
    r"(?<![\w/])@[a-z0-9]",  # a mention
    r"(?<!\w)#\d",  # an issue
    r"(?<!\w)gh-\d",  # an issue, too
    r"[\w.+-]+@[\w-]+\.\w",  # a mail address
)


def acts(body):
    """What Markdown of ``body`` does on the forge: addresses that link, people who are called.

    It looks for bare addresses in the source, and for the rest in the finished page.
    """
    source = re.sub(r"`[^`\n]*`|\]\([^)\n]*\)", "", body)
    found = re.findall(r"(?i)(?<![\\w])(?:www\.|https?://|ftp://|mailto:|xmpp:)\S+", source)
    page = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", source))
    return found + [match[0] for one in _ACTS for match in re.finditer(one, page, re.I)]


class No(Exception):
    """A refusal: the status and what the forge says."""


class Forge:
    """One repository, `us/kb`, with its pull requests by number."""

    def __init__(self):
        self.pulls, self.files = {}, {}
        self.comments, self.reviews, self.artifacts = {}, {}, {}
        self.labels = ["catalogue", "size: small"]
        self.may = {"comment", "review", "label", "open", "start", "issue"}
        self.runs, self.enabled, self.issues = [], [], {}
        self.calls, self.leaked = [], []

    @property
    def started(self):
        """The branches on which the tests were started."""
        return [branch for name, branch, _ in self.runs if name == "check.yml"]

    def unreported(self, branch):
        """The required jobs that never report on ``branch``: what a token pushes starts none."""
        runs = [(name, inputs) for name, on, inputs in self.runs if on == branch]
        return workflows.unreported(runs)

    def pull(self, number, head, files, fork="stranger/kb"):
        """A new pull request from a fork's branch `patch`; ``files`` are patches by name."""
        repo = {"full_name": fork} if fork else None
        self.pulls[number] = {
            "number": number,
            "state": "open",
            "labels": [],
            "head": {"sha": head, "ref": "patch", "repo": repo},
            "base": {"repo": {"full_name": "Us/kb", "homepage": "", "has_pages": True}},
        }
        self.files[number] = [
            {"filename": name, "status": "modified", "patch": patch, "changes": patch.count("\n+")}
            for name, patch in files.items()
        ]
        self.comments[number], self.reviews[number] = [], []

    def answer(self, method, path, query, body):
        """The answer to one request. Raises No."""
        if path.startswith("/repos/us/kb/actions/"):
            return self.of_actions(path.removeprefix("/repos/us/kb/actions/"), body)
        if path == "/repos/us/kb/issues":
            return self.of_issues(method, query, body)
        if method == "PATCH" and (found := re.fullmatch(r"/repos/us/kb/issues/(\d+)", path)):
            self.allowed("issue")
            too_long(body)
            self.issues[int(found[1])] |= body
            return {}
        if path == "/repos/us/kb/pulls":
            return self.listed(query) if method == "GET" else self.opened(body)
        if path == "/repos/us/kb/labels":
            return paged([{"name": name} for name in self.labels], query)
        if method == "PATCH" and (
            found := re.fullmatch(r"/repos/us/kb/issues/comments/(\d+)", path)
        ):
            return self.written(int(found[1]), body)
        found = re.fullmatch(r"/repos/us/kb/(pulls|issues)/(\d+)(?:/(\w+))?(?:/(.+))?", path)
        if not found or int(found[2]) not in self.comments:
            raise No(404, "Not Found")
        return self.of_pull(method, (found[3] or "", found[4]), int(found[2]), query, body)

    def of_actions(self, path, body):
        if found := re.fullmatch(r"runs/(\d+)/artifacts", path):
            size, packed = self.artifacts.get(int(found[1]), (0, None))
            one = {"name": "change", "size_in_bytes": size}
            one["archive_download_url"] = f"{self.url}/zip/{found[1]}"
            return {"artifacts": [one] if packed is not None else []}
        found = re.fullmatch(r"workflows/([\w.]+)/(enable|dispatches)", path)
        if not found:
            raise No(404, "Not Found")
        self.allowed("start")
        if found[2] == "enable":
            self.enabled.append(found[1])
        else:
            self.dispatched(found[1], body["ref"], body.get("inputs", {}))
        return None

    def dispatched(self, name, branch, inputs):
        """Start a workflow on a branch; it must know the event and its inputs."""
        if branch not in self.branches().split():
            raise No(422, f"No ref found for: {branch}")
        try:
            workflows.dispatched(name, inputs)
        except workflows.Unfit as unfit:
            raise No(422, str(unfit)) from None
        self.runs.append((name, branch, inputs))

    def issue(self, number):
        """A new issue."""
        self.comments[number] = []

    def of_issues(self, method, query, body):
        if method == "GET":
            login = query["creator"][0]
            open_ones = [one for one in self.issues.values() if one["user"]["login"] == login]
            return paged([one for one in open_ones if one["state"] == "open"], query)
        self.allowed("issue")
        too_long(body)
        number = max(self.comments, default=0) + 1
        self.issue(number)
        self.issues[number] = {"number": number, "state": "open", "user": BOT, **body}
        return self.issues[number]

    def listed(self, query):
        """Open pull requests from a branch, whose owner is named before it."""
        owner, _, branch = query["head"][0].partition(":")
        return [
            one
            for one in self.pulls.values()
            if one["state"] == "open"
            and one["head"]["ref"] == branch
            and one["head"]["repo"]["full_name"].split("/")[0] == owner
        ]

    def opened(self, body):
        if "open" not in self.may:
            raise No(403, "GitHub Actions is not permitted to create or approve pull requests.")
        too_long(body)
        if body["head"] not in self.branches():
            raise No(422, "Validation Failed: head is invalid")
        number = max(self.comments, default=0) + 1
        self.pull(number, "c" * 40, {}, fork="us/kb")
        self.pulls[number]["head"]["ref"] = body["head"]
        self.pulls[number] |= {"title": body["title"], "body": body["body"]}
        return self.pulls[number]

    def of_pull(self, method, what, number, query, body):
        match method, what:
            case "GET", ("", None) if number in self.pulls:
                return self.pulls[number]
            case "PATCH", ("", None) if number in self.pulls:
                too_long(body)
                self.pulls[number] |= body
                return self.pulls[number]
            case "GET", ("files", None):
                return paged(self.files[number], query)
            case "GET", ("comments", None) if "/issues/" in self.calls[-1]:
                return paged(self.comments[number], query)
            case "POST", ("comments", None):
                return self.commented(number, body)
            case "GET", ("comments", None):
                return paged([one for review in self.reviews[number] for one in review], query)
            case "POST", ("reviews", None):
                return self.reviewed(number, body)
            case _, ("labels", name):
                return self.labelled(method, self.pulls[number]["labels"], name, body)
        raise No(404, "Not Found")

    def labelled(self, method, has, name, body):
        self.allowed("label")
        if method == "POST":
            if strange := sorted(set(body["labels"]) - set(self.labels)):
                raise No(422, f"Validation Failed: labels that nobody made: {strange}")
            has += [{"name": name} for name in body["labels"]]
        elif {"name": unquote(name)} in has:
            has.remove({"name": unquote(name)})
        else:
            raise No(404, "Label does not exist")

    def allowed(self, act):
        if act not in self.may:
            raise No(403, "Resource not accessible by integration")

    def commented(self, number, body):
        self.allowed("comment")
        too_long(body)
        count = 1 + sum(map(len, self.comments.values()))
        self.comments[number].append({"id": count, "user": BOT, "body": body["body"]})
        return {}

    def written(self, id, body):
        self.allowed("comment")
        too_long(body)
        for one in (one for rows in self.comments.values() for one in rows):
            if one["id"] == id:
                if one["user"] != BOT:
                    raise No(403, "Must have admin rights to Repository.")
                one["body"] = body["body"]
                return {}
        raise No(404, "Not Found")

    def reviewed(self, number, body):
        self.allowed("review")
        if body["commit_id"] != self.pulls[number]["head"]["sha"]:
            raise No(422, "Unprocessable: commit_id is not part of the pull request")
        patches = {one["filename"]: in_diff(one.get("patch", "")) for one in self.files[number]}
        for one in body["comments"]:
            too_long(one)
            span = range(one.get("start_line", one["line"]), one["line"] + 1)
            if not set(span) <= patches.get(one["path"], set()):
                raise No(422, "Pull request review thread line must be part of the diff")
            if one.get("start_line") == one["line"]:
                raise No(422, "start_line must precede the end line")
        self.reviews[number].append([{**one, "user": BOT} for one in body["comments"]])
        return {}

    @contextlib.contextmanager
    def serving(self):
        """Answer on loopback; the address is in ``url``."""
        forge = self

        class Handler(BaseHTTPRequestHandler):
            def _do(self):
                parts = urlsplit(self.path)
                forge.calls.append(f"{self.command} {parts.path}")
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                try:
                    if parts.path.startswith(("/zip/", "/blob/")):
                        self._download(parts.path)
                        return
                    if self.headers.get("Authorization") != TOKEN:
                        raise No(401, "Bad credentials")
                    said = forge.answer(self.command, parts.path, parse_qs(parts.query), body)
                    self._say(200, json.dumps(said).encode())
                except No as no:
                    status, why = no.args
                    self._say(status, json.dumps({"message": why}).encode())

            def _download(self, path):
                """As the real one: the archive lies elsewhere, where no token may come."""
                if path.startswith("/zip/"):
                    self.send_response(302)
                    self.send_header("Location", f"{forge.url}/blob/{path[5:]}")
                    self.end_headers()
                    return
                if self.headers.get("Authorization"):
                    forge.leaked.append(path)
                self._say(200, forge.artifacts[int(path[6:])][1])

            def _say(self, status, content):
                with contextlib.suppress(ConnectionError):
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)

            do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _do  # noqa: N815  the server's names

            def log_message(self, format, *words): ...

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def paged(rows, query):
    size, number = int(query.get("per_page", ["30"])[0]), int(query.get("page", ["1"])[0])
    return rows[(number - 1) * min(size, 100) : number * min(size, 100)]


def too_long(body):
    if len(body["body"].encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_BODY:
        raise No(422, "Validation Failed: body is too long (maximum is 65536 characters)")


def in_diff(patch):
    """The numbers of the lines of the new file that a patch shows."""
    found, at = set(), 0
    for line in patch.split("\n"):
        if line.startswith("@@"):
            at = int(re.search(r"\+(\d+)", line)[1])
        elif line[:1] in ("+", " "):
            found.add(at)
            at += 1
    return found
