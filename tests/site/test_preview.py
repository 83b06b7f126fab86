"""`kb serve`: each page as the build writes it, right after an edit; nothing for strangers."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.request import urlopen

import pytest

from kb.commands.main import main
from kb.site.mkdocs.preview import Preview
from kb.site.mkdocs.server import Server
from tests.bench.generate import write

pytestmark = pytest.mark.site

SCRIPT = re.compile(r'<script src="/_preview/reload.js" data-stamp="(\w+)" defer></script>')


class Client:
    """Asks a preview as a browser would."""

    def __init__(self, port: int, said: list[str]) -> None:
        self.port, self.said = port, said

    def ask(self, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, body

    def page(self, path):
        return SCRIPT.sub("", self.ask(path)[1])


@pytest.fixture
def preview(project):
    """A preview of the project, really served."""
    server = Server(0)
    said: list[str] = []
    server.show(Preview(None, said.append))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Client(server.server_port, said)
    server.shutdown()
    thread.join()
    server.server_close()
    server.preview.search.kept.cleanup()


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_preview_answers_what_the_build_writes(project, preview):
    assert main(["build"]) == 0
    site = project / "site"
    differ = []
    for file in sorted(site.rglob("*.html")):
        place = file.relative_to(site).as_posix().removesuffix("index.html")
        text = file.read_text("utf-8")
        if place.startswith("search/") or 'http-equiv="refresh"' in text:
            continue
        if preview.page(f"/{place}") != text:
            differ.append(place)
    others = (
        "exports/catalog.jsonl",
        "exports/links.jsonl",
        "exports/SHA256SUMS",
        "llms.txt",
        "techniques/toy-pruning/figure.svg",
        "techniques/toy-pruning/index.txt",
        "sitemap.xml",
    )
    differ += [
        place for place in others if preview.page(f"/{place}") != (site / place).read_text("utf-8")
    ]
    assert differ == []


ARTICLE = "catalog/articles/toys-explained.yaml"
BROKEN = {
    "address without a scheme": ("url: https://", "url: ", "KB503"),
    "unknown topic": ("[cutting]", "[cuttin]", "did you mean `cutting`?"),
    "not YAML": ("title:", "title: [", "yaml-syntax"),
    "unknown field": ("language:", "langage:", "did you mean `language`?"),
    "markup": ("title:", "<script>: x\ntitle:", "&lt;script&gt;"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_entry_is_shown_as_its_findings_at_its_place(case, project, preview):
    old, new, said = BROKEN[case]
    whole = (project / ARTICLE).read_text(encoding="utf-8")
    edit(project / ARTICLE, old, new)
    status, page = preview.ask("/articles/toys-explained/")
    assert status == 200 and said in page and "<script>: x" not in page
    assert "articles/toys-explained.yaml:" in preview.page("/")
    (project / ARTICLE).write_text(whole, encoding="utf-8")
    assert "kb-findings" not in preview.page("/articles/toys-explained/")


SNIPPET = "catalog/techniques/toy-pruning/snippet.py"


def a_pipe(path):
    path.unlink()
    os.mkfifo(path)


FAULTY = {
    "a snippet that is a pipe": (SNIPPET, a_pipe, "KB018"),
    "a snippet of bytes": (SNIPPET, lambda path: path.write_bytes(b"# \xff\n"), "KB026"),
    "a snippet that is no Python": (SNIPPET, lambda path: path.write_text("# A\ndef ("), "KB025"),
    "a snippet that is a folder": (
        SNIPPET,
        lambda path: (path.unlink(), path.mkdir(), (path / "x").write_text("")),
        "KB014",
    ),
    "a figure with a script": (
        SNIPPET.replace("snippet.py", "figure.svg"),
        lambda path: path.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        "KB026",
    ),
}


@pytest.mark.parametrize("case", FAULTY)
def test_what_is_wrong_beside_a_technique_is_shown_on_its_page(case, project, preview):
    name, spoil, code = FAULTY[case]
    assert "kb-findings" not in preview.page("/techniques/toy-pruning/")
    kept = (project / name).read_bytes()
    spoil(project / name)
    status, page = preview.ask("/techniques/toy-pruning/")
    assert status == 200 and f"{name}" in page and code in page
    assert f"{name}" in preview.page("/")
    assert "kb-findings" not in preview.page("/techniques/toy-rounding/")
    if (project / name).is_dir():
        shutil.rmtree(project / name)
    else:
        (project / name).unlink()
    (project / name).write_bytes(kept)
    assert "kb-findings" not in preview.page("/techniques/toy-pruning/")


def test_a_catalogue_that_is_moved_away_is_a_sentence_until_it_is_back(project, preview):
    before = preview.page("/articles/toys-explained/")
    preview.said.clear()
    (project / "catalog").rename(project / "away")
    for _ in range(2):
        status, page = preview.ask("/zh/articles/toys-explained/")
        assert status == 503 and "本页会自动重新显示" in page and "/_preview/reload.js" in page
        status, page = preview.ask("/")
        assert status == 503 and "cannot be read" in page
    assert len(preview.said) == 1 and "Traceback" not in preview.said[0]
    changed = "/_preview/changed?page=/articles/toys-explained/&stamp=lost"
    (project / "away").rename(project / "catalog")
    assert json.loads(preview.ask(changed)[1]) == {"changed": True}
    assert preview.page("/articles/toys-explained/") == before


def test_what_is_added_edited_and_deleted_shows_at_once(project, preview):
    new = project / "catalog" / "articles" / "toys-again.yaml"
    assert preview.ask("/articles/toys-again/")[0] == 404
    text = (project / ARTICLE).read_text(encoding="utf-8")
    new.write_text(text.replace("/s/aaa", "/s/ccc"), encoding="utf-8")
    assert preview.ask("/articles/toys-again/")[0] == 200
    new.unlink()
    assert preview.ask("/articles/toys-again/")[0] == 404
    edit(project / "docs" / "facts.md", "# ", "# Fresh ")
    assert "Fresh" in preview.page("/facts/")
    edit(project / "kb/site/theme/main.html", '<meta charset="utf-8">', '<meta name="fresh">')
    assert '<meta name="fresh">' in preview.page("/facts/")
    edit(project / "mkdocs.yml", "site_name: Small", "site_name: Fresh small")
    assert "Fresh small" in preview.page("/facts/")
    (project / "docs" / "added.md").write_text("# Added\n", encoding="utf-8")
    assert preview.ask("/added/")[0] == 200


def test_a_page_learns_that_it_changed_and_others_do_not(project, preview):
    stamp = SCRIPT.search(preview.ask("/articles/toys-explained/")[1])[1]
    threading.Timer(0.5, lambda: edit(project / ARTICLE, "title_en: ", "title_en: Fresh ")).start()
    asked = f"/_preview/changed?page=/articles/toys-explained/&stamp={stamp}"
    assert json.loads(preview.ask(asked)[1]) == {"changed": True}


REFUSED = {
    "another host": ("/", {"Host": "evil.example"}, 403),
    "the port of another": ("/", {"Host": "127.0.0.1:1"}, 403),
    "a name that was rebound": ("/", {"Host": "127.0.0.1.evil.example:80"}, 403),
    "a folder above": ("/../mkdocs.yml", {}, 400),
    "a folder above, encoded": ("/%2e%2e/mkdocs.yml", {}, 400),
    "a folder above, with backslash": ("/..%5cmkdocs.yml", {}, 400),
    "an absolute path": ("//etc/passwd", {}, 404),
    "an absolute path, encoded": ("/%2fetc/passwd", {}, 400),
    "another origin": ("http://evil.example/", {}, 403),
    "a null": ("/%00", {}, 400),
    "a folder above the search": ("/search/%2e%2e/x", {}, 400),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_belong_to_the_site_is_refused(case, preview):
    path, headers, status = REFUSED[case]
    assert preview.ask(path, **headers)[0] == status


def test_a_busy_port_is_one_sentence_and_exit_2(project, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(f"kb: port {port} cannot be used: ")
    assert "--port 0" in err and err.count("\n") == 1


@pytest.mark.parametrize("port", ["-1", "65536", "http", "１"])
def test_a_port_that_is_none_is_a_usage_error(port, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["serve", f"--port={port}"])
    assert stopped.value.code == 2 and "expected 0 to 65535" in capsys.readouterr().err


def test_ctrl_c_ends_it_cleanly(project):
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "kb", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    first = next(line for line in process.stdout if line.startswith("preview: "))
    with urlopen(first.split()[1]) as answer:  # an interrupt inside of its print shows it twice
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    rest = process.communicate(timeout=60)[0]
    assert re.match(r"preview: http://127\.0\.0\.1:\d+/ ", first)
    assert (process.returncode, rest) == (0, "preview: ended\n")


def test_200_entries_are_shown_soon_after_the_write(project):
    """The aim is half a second on a quiet machine; a busy one gets four times as long."""
    shutil.rmtree(project / "catalog")
    write(project / "catalog", 200)
    shown = Preview(None, lambda message: None)
    path = project / "catalog" / "articles" / "article5.yaml"
    times = []
    for number in range(5):
        edit(path, "title_en: ", f"title_en: Fresh{number} ")
        start = time.perf_counter()
        assert f"Fresh{number}" in shown.answer("/articles/article5/").body.decode()
        times.append(time.perf_counter() - start)
    shown.search.kept.cleanup()
    assert min(times) < 0.5 and sorted(times)[2] < 2.0, times


def test_who_asks_for_an_old_address_is_sent_to_the_new_one(project, preview):
    assert preview.ask("/articles/toys-explained/")[0] == 200
    assert main(["rename", "toys-explained", "toys-told"]) == 0
    assert preview.ask("/articles/toys-explained/")[0] == 302
    assert preview.ask("/articles/toys-told/")[0] == 200
    assert main(["rename", "toys-told", "toys-explained"]) == 0
    assert preview.ask("/articles/toys-explained/")[0] == 200
    assert preview.ask("/articles/toys-told")[0] == 302
