"""`kb links` over real sockets: what it prints, writes and remembers, and its exit codes."""

import argparse
import contextlib
import dataclasses
import datetime
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from kb.commands import links as cli_links
from kb.commands.main import main
from kb.ledger.file import load, save
from kb.ledger.look import ArchivedCopy, Look
from kb.ledger.merge import after
from kb.links.model import Settings
from tests.catalogs import ROOT, TOY

TODAY = datetime.date.today()
TITLES = {"/toybox": "Toybox", "/first": "First", "/wrong": "Something about quarks and leptons"}


class _Toys(BaseHTTPRequestHandler):
    """Pages with a title; /slow never ends, /walled lets nobody in, anything else is not found."""

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path.startswith(("/web/http", "/save/")):
            day = "0101" if "web" in self.path else "0606"
            self._led_to(f"/web/2020{day}000000/{self.path.split('/', 2)[2]}")
            return
        if self.path == "/slow":
            self.server.ended.wait(20)
        status = (
            200
            if self.path in TITLES or self.path.startswith("/web/2020")
            else 403
            if self.path == "/walled"
            else 404
        )
        body = (
            f"<html><head><title>{TITLES.get(self.path, 'No')}</title></head>"
            f"<body>{'Words of a page. ' * 20}{self.path}</body></html>"
        ).encode()
        with contextlib.suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def _led_to(self, address):
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


@pytest.fixture
def server():
    """A server on loopback; ``asked`` are the paths that it was asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Toys)
    server.daemon_threads, server.block_on_close, server.asked, server.ended = (
        True,
        False,
        [],
        threading.Event(),
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.ended.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def options(server):
    """The options that let a run reach the server as a.example and b.example."""
    port = str(server.server_port)
    names = [word for host in "ab" for word in ("--resolve", f"{host}.example:{port}:127.0.0.1")]
    return ["--allow-network", "127.0.0.0/8", "--allow-port", port, *names]


@pytest.fixture
def at(server):
    """The address of a path on a host of the server."""
    return lambda path, host="a": f"http://{host}.example:{server.server_port}{path}"


@pytest.fixture
def root(tmp_path, at):
    """A catalogue of its own: the toys, their pages on the server."""
    root = shutil.copytree(TOY, tmp_path / "catalog")
    (root / "links.jsonl").unlink()
    for path in root.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for host in ("https://example.org", "https://toys.museum"):
            text = text.replace(host, at(""))
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def kb(capsys, tmp_path, monkeypatch):
    """Runs `kb links`, less patient with its hosts than a user; gives exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    polite = cli_links._settings
    monkeypatch.setattr(
        cli_links,
        "_settings",
        lambda arguments: dataclasses.replace(polite(arguments), spacing=0.02),
    )

    def run(*words, root=None):
        code = main([*(("--root", str(root)) if root else ()), "links", *words])
        return (code, *capsys.readouterr())

    return run


def listed(tmp_path, *urls):
    path = tmp_path / "urls.txt"
    path.write_text("\n".join(urls) + "\n")
    return str(path)


def test_a_file_of_addresses_gives_verdicts_without_ledger(kb, options, at, tmp_path):
    urls = [at("/toybox"), at("/none"), at("/walled", "b")]
    code, out, _ = kb("check", "--from", listed(tmp_path, *urls), "--json", "out.json", *options)
    found = json.loads((tmp_path / "out.json").read_text())
    assert [(url, one["verdict"], one["status"]) for url, one in found.items()] == [
        (urls[0], "alive", 200),
        (urls[1], "gone", 404),
        (urls[2], "blocked", 403),
    ]
    assert (
        set(found[urls[0]])
        == {"verdict", "reason", "status", "final_url", "title", "tries", "seconds"}
        and found[urls[0]]["title"] == "Toybox"
    )
    assert code == 1 and f"urls.txt:2:1: KB701 link-gone: `{urls[1]}` is gone: " in out
    assert out.splitlines()[-2].startswith(f"blocked  {urls[2]}  answers 403 Forbidden")
    assert (
        out.splitlines()[-1] == "looked at 3 of 3 links: 1 alive, 1 blocked, 1 gone"
        and out.count(urls[1]) == 1
    )
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.json", "urls.txt"]


def test_blocked_fails_a_strict_run_only(kb, options, at, tmp_path):
    words = ("check", "--from", listed(tmp_path, at("/walled")), *options)
    assert kb(*words)[0] == 0
    code, out, _ = kb(*words, "--strict")
    assert code == 1 and "KB703 link-blocked" in out


def test_the_catalogue_is_looked_at_remembered_and_reported_at_its_lines(kb, options, root, at):
    code, out, _ = kb("check", "--only", "a.example", *options, root=root)
    ledger, broken = load(root / "links.jsonl")
    assert broken == [] and {url.rsplit("/", 1)[1]: one.state for url, one in ledger.items()} == {
        "a": "unknown",
        "copy": "unknown",
        "first": "alive",
        "slides": "unknown",
        "third": "unknown",
        "toybox": "alive",
        "toys": "unknown",
    }
    assert (
        code == 1
        and f"catalog/papers/third2019more.yaml:9:20: KB701 link-gone: `{at('/slides')}` is gone"
        in out
    )
    assert (
        out.count("KB701") == 6
        and out.splitlines()[-1] == "looked at 7 of 7 links: 2 alive, 5 gone"
    )


def test_a_link_that_was_alive_once_is_gone_only_when_the_ledger_says_so(kb, options, root, at):
    url = at("/third")
    known = {url: after(None, Look(url, "alive", "there"), TODAY - datetime.timedelta(60))}
    for days in (40, 20):
        save(root / "links.jsonl", known)
        code, out, _ = kb("check", "--only", "a.example", *options, "--format", "json", root=root)
        assert code == 1 and url not in out
        known[url] = after(known[url], Look(url, "gone", "404"), TODAY - datetime.timedelta(days))
    save(root / "links.jsonl", known)
    code, out, err = kb("check", "--only", "a.example", *options, "--format", "json", root=root)
    assert code == 1 and [one["message"] for one in json.loads(out) if url in one["message"]] == [
        f"`{url}` is gone since {TODAY - datetime.timedelta(40)}: answers 404 Not Found, twice",
    ]
    assert err.splitlines()[-1] == "looked at 7 of 7 links: 2 alive, 5 gone"


def test_a_page_that_calls_itself_something_else_is_the_wrong_target(kb, options, root, at):
    path = root / "resources" / "toybox.yaml"
    path.write_text(
        path.read_text()
        .replace("title: Toybox", "title: Wooden blocks to play with")
        .replace(f"url: {at('/toybox')}", f"url: {at('/wrong')}")
    )
    code, out, _ = kb("check", "--only", "toybox", *options, root=root)
    assert (
        code == 1
        and (
            f"catalog/resources/toybox.yaml:3:1: KB702 wrong-target: `{at('/wrong')}` has "
            f"the title `{TITLES['/wrong']}`, expected `Wooden blocks to play with`"
        )
        in out
    )


def test_what_was_found_good_of_late_is_left_alone_failures_are_not(kb, options, root, server):
    words = ("check", "--only", "a.example", "--max-age", "7", *options)
    kb(*words, root=root)
    del server.asked[:]
    assert "looked at 5 of 7 links: 5 gone" in kb(*words, root=root)[1]
    assert "/toybox" not in server.asked and "/third" in server.asked


def test_only_what_a_branch_changes_is_looked_at(kb, options, root, at, tmp_path):
    for words in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "toys"],
    ):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    path = root / "resources" / "toybox.yaml"
    path.write_text(path.read_text().replace(f"url: {at('/toybox')}", f"url: {at('/new')}"))
    code, out, err = kb(
        "check", "--changed-since", "HEAD", "--format", "github", *options, root=root
    )
    assert (
        code == 1
        and out.startswith(
            "::error file=catalog/resources/toybox.yaml,line=3,col=1,title=KB701 link-gone::"
        )
        and len(out.splitlines()) == 1
    )
    assert err.splitlines()[-1] == "looked at 1 of 1 links: 1 gone"


def test_copies_of_what_is_gone_are_found_and_of_what_is_alive_asked_for(
    options, at, server, tmp_path, capsys
):
    parser = argparse.ArgumentParser()
    cli_links.add(parser.add_subparsers())
    words = [
        "links",
        "check",
        "--from",
        listed(tmp_path, at("/toybox"), at("/none")),
        "--ledger",
        str(tmp_path / "l.jsonl"),
        "--archive",
        *options,
    ]
    settings = Settings(
        ("127.0.0.0/8",),
        frozenset({server.server_port}),
        {(f"{host}.example", server.server_port): "127.0.0.1" for host in "ab"},
        wayback=at("", "b"),
    )
    assert (
        cli_links.check(
            cli_links.check_options(
                parser.parse_args(words, argparse.Namespace(today=datetime.date.today()))
            ),
            settings,
        )
        == 1
    )
    copies = {url: one.copy for url, one in load(tmp_path / "l.jsonl")[0].items()}
    assert copies == {
        at("/none"): ArchivedCopy(
            f"{at('', 'b')}/web/20200101000000/{at('/none')}", datetime.date(2020, 1, 1)
        ),
        at("/toybox"): ArchivedCopy(
            f"{at('', 'b')}/web/20200606000000/{at('/toybox')}", datetime.date(2020, 6, 6)
        ),
    }
    assert (
        f"hint: a copy of 2020-01-01: {at('', 'b')}/web/20200101000000/{at('/none')}"
        in capsys.readouterr().out
    )


def test_when_nobody_answers_nothing_is_called_gone(kb, options, root, server, at):
    server.shutdown()
    server.server_close()
    code, out, err = kb("check", "--only", "toybox", *options, root=root)
    assert code == 2 and f"gone     {at('/toybox')}" in out
    assert (
        "either the link leads nowhere, or there is no network" in err
        and load(root / "links.jsonl")[0] == {}
    )


@pytest.mark.parametrize("paths", [("/none",), ("/none", "/more")])
def test_when_nobody_answers_a_list_without_a_ledger_is_not_judged_either(
    paths, kb, options, server, at, tmp_path
):
    server.shutdown()
    server.server_close()
    words = ("check", "--from", listed(tmp_path, *map(at, paths)), *options)
    code, out, err = kb(*words, "--format", "json")
    assert code == 2 and json.loads(out) == []
    assert "or there is no network; what looked gone was not reported as gone" in err


def test_the_plan_asks_nobody(kb, options, root, server):
    code, out, _ = kb("check", "--dry-run", *options, root=root)
    assert code == 0 and server.asked == [] and not (root / "links.jsonl").exists()
    assert "a.example" in out and out.splitlines()[-1].startswith("13 links on 5 hosts, ")


def test_a_plan_for_programs_holds_nothing_but_findings_on_standard_output(kb, tmp_path):
    (tmp_path / "list.md").write_text("[a](htps://b.org/x) <https://c.org/y>\n", encoding="utf-8")
    argv = ("check", "--from", str(tmp_path / "list.md"), "--dry-run", "--format")
    code, out, err = kb(*argv, "json")
    assert code == 1 and [one["code"] for one in json.loads(out)] == ["KB706"]
    assert "c.org" in err and "c.org" not in out
    assert kb(*argv, "github")[1].startswith("::error ")


def test_shards_share_the_hosts_and_merge_to_the_same_ledger(kb, options, at, tmp_path, root):
    urls = [at(path, host) for host in "ab" for path in ("/toybox", "/first", "/none")]
    source = listed(tmp_path, *urls)
    kb("check", "--from", source, "--ledger", "whole.jsonl", *options)
    for shard in (1, 2, 3):
        kb(
            "check",
            "--from",
            source,
            "--ledger",
            f"shard-{shard}.jsonl",
            "--shard",
            f"{shard}/3",
            *options,
        )
    hosts = [
        {url.split(":")[1] for url in load(tmp_path / f"shard-{shard}.jsonl")[0]}
        for shard in (1, 2, 3)
    ]
    assert all(not one & other for one, other in pairwise(hosts))
    code, out, _ = kb(
        "merge", "shard-3.jsonl", "shard-1.jsonl", "shard-2.jsonl", "--ledger", "merged.jsonl"
    )
    assert (code, out) == (0, "6 addresses in merged.jsonl\n")
    assert (tmp_path / "merged.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_merging_can_forget_what_no_entry_names(kb, root):
    shutil.copy(TOY / "links.jsonl", root / "links.jsonl")
    assert kb("merge", str(root / "links.jsonl"), "--forget", root=root)[:2] == (
        0,
        f"5 addresses in {root / 'links.jsonl'}, 4 forgotten\n",
    )


def test_the_report_compares_with_a_file_or_a_commit(kb, root, tmp_path):
    shutil.copy(TOY / "links.jsonl", tmp_path / "new.jsonl")
    (tmp_path / "old.jsonl").write_text("")
    code, out, _ = kb("report", "--since", "old.jsonl", "--ledger", "new.jsonl", root=TOY)
    assert code == 0 and "New (8)" in out and "Forgotten (1)" in out and "Gone (1)" in out
    assert "New" not in kb("report", "--since", "HEAD", root=TOY)[1]


WRONG = {
    "shard": (["check", "--shard", "5/4"], "write 2/4 for the second of four"),
    "port": (["check", "--allow-port", "http"], "give a number from 1 to 65535"),
    "resolve": (["check", "--resolve", "a.example:80:localhost"], "is not HOST:PORT:ADDRESS"),
    "network": (["check", "--allow-network", "loopback"], "write 127.0.0.0/8"),
    "age": (["check", "--max-age", "-1"], "is not a whole number"),
    "file": (["check", "--from", "nowhere.txt"], "cannot read `nowhere.txt`"),
    "both": (["check", "--from", "x", "--changed-since", "main"], "give one of the two"),
    "revision": (["check", "--changed-since", "nowhere"], "name a branch, a tag or a commit"),
    "host": (["check", "--only", "b.example"], "no link leads to `b.example`"),
    "folder": (["check", "--json", "nowhere/out.json"], "`nowhere` is not a folder"),
    "a file of the plan": (
        ["check", "--dry-run", "--json", "out.json"],
        "leave one out",
    ),
    "copies in the plan": (["check", "--dry-run", "--archive"], "`--archive` has nothing to write"),
    "entry": (["check", "--only", "toybo"], "did you mean `toybox`?"),
    "ledger to merge": (["merge", "nowhere.jsonl"], "`nowhere.jsonl` is not a file"),
    "ledger to report": (["report", "--ledger", "none.jsonl"], "`none.jsonl` is not a file; give"),
    "earlier": (["report", "--since", "nowhere"], "name a ledger file, a branch or a commit"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_call_exits_2_and_says_what_to_do(case, kb, capsys):
    words, said = WRONG[case]
    try:
        code, _, err = kb(*words, root=TOY)
    except SystemExit as stopped:
        code, err = stopped.code, capsys.readouterr().err
    assert code == 2 and said in err


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--from", "urls.txt", "--ledger", "own.txt"],
        ["check", "--from", "urls.txt", "--ledger", "own.txt", "--dry-run"],
        ["report", "--ledger", "own.txt"],
        ["report", "--ledger", "empty.jsonl", "--since", "own.txt"],
        ["merge", "own.txt", "--ledger", "empty.jsonl"],
    ],
    ids=" ".join,
)
def test_what_is_no_ledger_is_refused_with_its_line(words, kb, tmp_path):
    listed(tmp_path, "https://a.example/")
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "own.txt").write_text("\nhello\n")
    code, out, err = kb(*words)
    assert (code, out) == (2, "")
    assert "line 2 of `own.txt` is no record of a ledger: not valid JSON" in err
    assert "take the line from an older commit, or delete it" in err


def test_a_broken_ledger_stops_the_run_and_is_a_finding_of_kb_check(kb, options, root, capsys):
    (root / "links.jsonl").write_text("{\n")
    code, _, err = kb("check", "--only", "a.example", *options, root=root)
    assert code == 2 and "links.jsonl` is no record of a ledger: not valid JSON" in err
    assert main(["--root", str(root), "check"]) == 1
    assert "catalog/links.jsonl:1:1: KB601 broken-ledger-line" in capsys.readouterr().out


@pytest.mark.parametrize("deaf", [False, True], ids=["", "in the background"])
@pytest.mark.parametrize(
    "kind", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda kind: kind.name
)
def test_a_stopped_run_keeps_what_it_saw_and_the_next_one_goes_on(
    kind, deaf, options, at, server, tmp_path
):
    source = listed(tmp_path, at("/toybox"), at("/slow", "b"), at("/none"))
    command = [
        sys.executable,
        "-m",
        "kb",
        "links",
        "check",
        "--from",
        source,
        "--ledger",
        str(tmp_path / "l.jsonl"),
        "--json",
        str(tmp_path / "out.json"),
        *options,
    ]
    quiet = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"] if deaf else []
    child = subprocess.Popen(
        [*quiet, *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    journal = tmp_path / ".l.jsonl.journal"
    wait_until(lambda: journal.exists() and len(journal.read_bytes().splitlines()) == 2)
    child.send_signal(kind)
    out, err = child.communicate(timeout=20)
    if kind != signal.SIGKILL:
        assert (
            child.returncode == 130
            and "looked at 2 of 3 links: 1 alive, 1 gone" in out
            and "Traceback" not in err
        )
        assert (
            set(json.loads((tmp_path / "out.json").read_text())) == {at("/toybox"), at("/none")}
            and not journal.exists()
        )
        assert set(load(tmp_path / "l.jsonl")[0]) == {at("/toybox"), at("/none")}
        return
    del server.asked[:]
    server.ended.set()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "looked at 1 of 3 links" in done.stdout and "/toybox" not in server.asked
    assert len(load(tmp_path / "l.jsonl")[0]) == 3 and not journal.exists()


def wait_until(true):
    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("nothing happened")


HEAVY = "pydantic networkx mkdocs numpy yaml rich click latex2mathml kb.catalog kb.schema".split()


def test_a_file_of_addresses_needs_no_heavy_module(tmp_path):
    code = (
        "import sys; from kb.commands.main import main; main(['links', 'check', '--from', "
        f"sys.argv[1], '--dry-run']); print([name for name in {HEAVY} if name in "
        "sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, listed(tmp_path, "https://a.example/")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_list_has_a_ledger_and_a_report_outside_git_and_without_a_catalogue(
    kb, options, at, tmp_path
):
    source, ledger = listed(tmp_path, at("/toybox"), at("/none")), ("--ledger", "own.jsonl")
    assert kb("check", "--from", source, *ledger, *options)[0] == 1
    code, out, err = kb("report", *ledger)
    assert code == 0 and "2 links" in out and "`--since FILE` names one" in err
    code, out, _ = kb("report", *ledger, "--from", source, "--format", "json")
    assert code == 0 and json.loads(out)["links"][at("/none")]["entries"] == [source]
    code, _, err = kb("report", *ledger, "--since", "HEAD")
    assert code == 2 and "name a ledger file" in err
    code, _, err = kb("merge", "own.jsonl", *ledger, "--forget")
    assert code == 2 and "give `--from` or `--root`" in err
    shorter = listed(tmp_path, at("/toybox"))
    code, out, _ = kb("merge", "own.jsonl", *ledger, "--forget", "--from", shorter)
    assert code == 0 and out == "1 addresses in own.jsonl, 1 forgotten\n"


def test_what_needs_no_network_is_told_by_the_plan(kb, tmp_path):
    (tmp_path / "list.md").write_text(
        "[Pruning filters for efficient nets](https://a.example/1) [x]()\n"
        "[Knowledge distillation of language models](https://a.example/1)\n"
    )
    code, out, _ = kb("check", "--from", "list.md", "--dry-run")
    assert code == 1
    assert "1 links on 1 hosts" in out
    assert "list.md:1:59: KB706 malformed-address: the link has no address" in out
    assert "list.md:2:1: KB707 two-titles: `https://a.example/1` is given as `Knowledge" in out


@pytest.mark.parametrize("command", ["schema", "build", "serve"])
def test_what_needs_the_project_says_so_and_writes_nothing(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([command]) == 2
    assert "in the folder of the project" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_sentence_that_ran_into_an_address_is_cut_off_before_it_is_called_gone(
    kb, options, at, tmp_path, server
):
    (tmp_path / "a.txt").write_text(
        f"参考{at('/toybox')}这篇文章\n和{at('/none')}这篇\n"
        f"{at('/first')}(官方) {at('/wrong')}(ICLR 2020)\n"
    )
    code, out, _ = kb("check", "--from", "a.txt", "--json", "out.json", *options)
    assert json.loads((tmp_path / "out.json").read_text()).keys() == {
        at("/toybox"),
        at("/none这篇"),
        at("/first"),
        at("/wrong"),
    }
    assert (
        code == 1
        and out.count("KB701") == 1
        and f"a.txt:2:2: KB701 link-gone: `{at('/none')}" in out
    )
