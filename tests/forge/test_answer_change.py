"""The two jobs of a pull request: what the first packs, and what the second makes of it."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from kb.commands.main import main
from tests.catalogs import ROOT, TODAY, TOY
from tests.forge.stand_in import BOT, TOKEN, Forge
from tests.forge.test_issue import NEW
from tests.proposal.mistakes import of_one_text
from tests.test_mistakes import ROWS, made, small_catalogue

pytestmark = pytest.mark.forge

HEAD, OTHER = "a" * 40, "b" * 40
PAPER = "catalog/papers/first2015toys.yaml"
PATCH = "@@ -1,3 +1,4 @@\n a\n-b\n+b  \n+c\n d"
RUN = {
    "id": 5,
    "event": "pull_request",
    "head_sha": HEAD,
    "head_branch": "patch",
    "head_repository": {"full_name": "stranger/kb", "id": 9},
}
FINDING = {
    "path": PAPER,
    "line": 2,
    "code": "KB301",
    "name": "unknown-id",
    "message": "`topics` names unknown id `@everyone`",
    "hint": "",
}
SUGGESTION = {"path": PAPER, "start": 2, "end": 2, "old": ["b  "], "new": ["b"]}
GOOD = {
    "version": 1,
    "head": HEAD,
    "number": 7,
    "unread": "",
    "findings": [FINDING],
    "changes": [{"change": "entry-added", "id": "a"}, {"change": "link-new", "id": "a"}],
    "rendered": "### Changes\n\n- **entry added** a\n- **link new** https\\://x.example in a\n",
    "suggestions": [SUGGESTION],
    "links": {"unread": "", "seen": [{"url": "https://x.example", "verdict": "alive"}]},
}


def packed(data):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("change.json", data if isinstance(data, bytes) else json.dumps(data))
    return stream.getvalue()


@pytest.fixture
def forge():
    """A forge with one pull request of a fork, and a run that left an artifact."""
    forge = Forge()
    forge.pull(7, HEAD, {PAPER: PATCH})
    forge.pull(8, OTHER, {"README.md": "@@ -0,0 +1 @@\n+x"}, fork="neighbour/kb")
    leave(forge, GOOD)
    with forge.serving():
        yield forge


def leave(forge, data):
    content = data if isinstance(data, bytes) and data[:2] == b"PK" else packed(data)
    forge.artifacts[5] = (len(content), content)


def answer(forge, tmp_path, **run):
    """Run the trusted job; its exit code and what it said."""
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"workflow_run": {**RUN, **run}}))
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "answer_change"],
        env={
            "PATH": os.environ["PATH"],
            "GITHUB_API_URL": forge.url,
            "GITHUB_REPOSITORY": "us/kb",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "GH_TOKEN": TOKEN.removeprefix("Bearer "),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def said(forge, number=7):
    return [one["body"] for one in forge.comments[number] if one["user"] == BOT]


def test_one_comment_says_what_changes_and_suggestions_stand_at_their_lines(forge, tmp_path):
    code, err = answer(forge, tmp_path)
    assert code == 0, err
    [text] = said(forge)
    assert "1 entry added, 1 link new." in text and "- **entry added** a\n" in text
    assert "&#64;&#8203;everyone" in text and "@everyone" not in text
    assert "- [ ] the new pages were opened" in text
    [[one]] = forge.reviews[7]
    assert (one["path"], one["line"], one["side"]) == (PAPER, 2, "RIGHT")
    assert one["body"] == "```suggestion\nb\n```" and "start_line" not in one
    assert forge.leaked == []


def test_the_comment_leads_to_the_preview_of_the_entries(forge, tmp_path):
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    assert f"(https://us.github.io/kb/preview/#head={HEAD}&path={PAPER})" in text
    assert f"(https://us.github.io/kb/zh/preview/#head={HEAD}&path={PAPER})" in text


@pytest.mark.parametrize(
    ("repository", "site"),
    [
        ({"homepage": "https://kb.example.org", "has_pages": True}, "https://kb.example.org/"),
        ({"homepage": "https://x.example/) [a](javascript:alert(1)", "has_pages": False}, None),
        ({"homepage": None, "has_pages": False}, None),
    ],
)
def test_the_preview_stands_where_the_site_does(repository, site, forge, tmp_path):
    forge.pulls[7]["base"]["repo"] = {"full_name": "us/kb", **repository}
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    assert (f"({site}preview/#" in text) if site else ("preview/#" not in text)


@pytest.mark.parametrize(
    ("links", "told"),
    [
        (GOOD["links"], "1 new link, all alive."),
        (
            {"unread": "no host answered", "seen": []},
            "**The new links could not be looked at**: no host answered. This does not mean",
        ),
        ({"unread": "", "seen": []}, "**The new links were not looked at.**"),
        (
            {
                "unread": "",
                "seen": [
                    {"url": "https://a.example/@x", "verdict": "gone"},
                    {"url": "https://b.example", "verdict": "alive"},
                ],
            },
            "### 2 new links, 1 alive\n\n- **gone** https\\://a.example/&#64;&#8203;x\n",
        ),
    ],
)
def test_the_comment_says_what_was_seen_of_new_links(links, told, forge, tmp_path):
    leave(forge, {**GOOD, "links": links})
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    assert told in text and "@x" not in text


def test_without_new_links_nothing_is_said_of_them(forge, tmp_path):
    none = {"unread": "", "seen": []}
    leave(forge, {**GOOD, "links": none, "changes": [{"change": "claim", "id": "a"}]})
    assert answer(forge, tmp_path)[0] == 0
    assert "new link" not in said(forge)[0]


def test_only_entries_are_previewed(forge, tmp_path):
    forge.files[7] += [
        {"filename": name, "patch": PATCH, "changes": 1}
        for name in ("catalog/papers/a) [x](b.yaml", "kb/words.py", "catalog/topics.yaml")
    ]
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    assert text.count("path=") == 2


def test_the_next_run_brings_the_comment_up_to_date_and_repeats_nothing(forge, tmp_path):
    forge.comments[7].append({"id": 90, "user": {"login": "x"}, "body": "<!-- kb:change --> mine"})
    answer(forge, tmp_path)
    leave(forge, {**GOOD, "findings": []})
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    assert "`kb check` finds nothing wrong." in text and len(forge.reviews[7]) == 1
    assert forge.comments[7][0]["body"] == "<!-- kb:change --> mine"


def test_labels_that_exist_are_given_and_those_that_no_longer_hold_are_taken(forge, tmp_path):
    forge.labels += ["needs work"]
    forge.pulls[7]["labels"] = [{"name": "size: large"}, {"name": "good first issue"}]
    assert answer(forge, tmp_path)[0] == 0
    names = {one["name"] for one in forge.pulls[7]["labels"]}
    assert names == {"catalogue", "size: small", "needs work", "good first issue"}


def test_a_label_that_is_missing_is_named_in_the_summary(forge, tmp_path):
    assert answer(forge, tmp_path)[0] == 0
    assert "needs work" in (tmp_path / "summary.md").read_text()


def test_what_could_not_be_looked_at_is_not_nothing(forge, tmp_path):
    empty = {"findings": [], "changes": [], "rendered": "", "suggestions": []}
    leave(forge, {**GOOD, **empty, "unread": "git cannot compare with `HEAD^1`"})
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    assert "could not be looked at" in text and "finds nothing" not in text


def test_an_entry_that_cannot_be_read_was_not_compared(forge, tmp_path):
    untold = {"change": "not-compared", "id": PAPER}
    leave(forge, {**GOOD, "changes": [untold], "findings": [{**FINDING, "code": "KB106"}]})
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    assert f"cannot be read yet: {PAPER}" in text and "Nothing changes" not in text
    assert "1 not compared" not in text


def test_an_entry_in_another_layout_was_read_and_compared(forge, tmp_path):
    layout = {**FINDING, "code": "KB019", "name": "not-canonical"}
    leave(forge, {**GOOD, "changes": [], "findings": [layout]})
    assert answer(forge, tmp_path)[0] == 0
    [text] = said(forge)
    assert "cannot be read" not in text and "Nothing changes in what the entries say." in text


MANY = [{**SUGGESTION, "new": [str(at)]} for at in range(50)]


def test_thirty_suggestions_and_sixty_thousand_characters_at_most(forge, tmp_path):
    lines = "".join(f"- **entry added** {'字' * 300} {at}\n" for at in range(300))
    leave(forge, {**GOOD, "rendered": f"### Changes\n\n{lines}", "suggestions": MANY})
    assert answer(forge, tmp_path)[0] == 0
    [text], [review] = said(forge), forge.reviews[7]
    assert 50_000 < len(text) <= 60_000 and len(review) == 30
    assert text.endswith("- **and more** in the summary of the run\n\n</details>\n")


def test_lines_outside_the_diff_are_named_in_the_comment(forge, tmp_path):
    far = {**SUGGESTION, "start": 40, "end": 40}
    wrong = {**SUGGESTION, "old": ["something else"]}
    leave(forge, {**GOOD, "suggestions": [far, wrong]})
    assert answer(forge, tmp_path)[0] == 0
    assert forge.reviews[7] == [] and f"`{PAPER}` lines 40, 2." in said(forge)[0]


def test_a_fence_in_a_suggestion_stays_inside(forge, tmp_path):
    leave(forge, {**GOOD, "suggestions": [{**SUGGESTION, "new": ["```", "@everyone", "````"]}]})
    assert answer(forge, tmp_path)[0] == 0
    [[one]] = forge.reviews[7]
    assert one["body"] == "`````suggestion\n```\n@everyone\n````\n`````"


REFUSALS = {
    "no comment": ({"review", "label"}, "comment: ", 1),
    "no suggestion": ({"comment", "label"}, "suggestions: ", 1),
    "no label": ({"comment", "review"}, "labels: ", 1),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refused_step_stops_no_other(case, forge, tmp_path):
    may, why, code = REFUSALS[case]
    forge.may = may
    done, err = answer(forge, tmp_path)
    assert done == code and why in err and "403" in err
    assert bool(said(forge)) == ("comment" in may) and bool(forge.reviews[7]) == ("review" in may)
    assert bool(forge.pulls[7]["labels"]) == ("label" in may)


def bomb():
    """50 MB of JSON in a few kilobytes."""
    return packed(b'{"version": 1, "x": "' + b"x" * 50_000_000 + b'"}')


def twice():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("change.json", json.dumps(GOOD))
        archive.writestr("../../.ci/answer_change", "x")
    return stream.getvalue()


def rendered(line):
    return {**GOOD, "rendered": f"### Changes\n\n{line}\n"}


FORGED = {
    "another number": {**GOOD, "number": 8},
    "a number that is none": {**GOOD, "number": 99},
    "a number that is a path": {**GOOD, "number": "7/../8"},
    "another head": {**GOOD, "head": OTHER},
    "50 MB unpacked": bomb(),
    "two files": twice(),
    "no archive": b"PK\x03\x04 broken",
    "no JSON": b"\xff\xfe",
    "a deep list": b"[" * 100_000,
    "a field too many": {**GOOD, "comment": "x"},
    "a field too few": {key: GOOD[key] for key in GOOD if key != "unread"},
    "no number but NaN": json.dumps(GOOD).replace('"number": 7', '"number": NaN').encode(),
    "a mention": rendered("- **entry added** @everyone"),
    "a mention in a heading": {**GOOD, "rendered": "### @everyone\n"},
    "a tag": rendered("- **entry added** <img src=x>"),
    "an image": rendered("- **entry added** ![x](https://evil.example)"),
    "a link": rendered("- **entry added** https://evil.example"),
    "an issue": rendered("- **entry added** #1"),
    "a backslash before the escape": rendered("- **entry added** \\\\@everyone"),
    "a workflow command": rendered("::error::x"),
    "a command in a finding": {**GOOD, "findings": [{**FINDING, "message": "::error::x"}]},
    "lines in a finding": {**GOOD, "findings": [{**FINDING, "message": "a\n::error::x"}]},
    "lines in a suggestion": {**GOOD, "suggestions": [{**SUGGESTION, "new": ["a\n```\n@x"]}]},
    "a file elsewhere": {
        **GOOD,
        "suggestions": [{**SUGGESTION, "path": ".github/workflows/x.yml"}],
    },
    "a path that ends the code": {**GOOD, "suggestions": [{**SUGGESTION, "path": "catalog/`@x"}]},
    "a path that is hidden": {**GOOD, "suggestions": [{**SUGGESTION, "path": "catalog/.git/x"}]},
    "a path with a command": {**GOOD, "suggestions": [{**SUGGESTION, "path": "catalog/##[x"}]},
    "lines in an id": {**GOOD, "changes": [{"change": "page", "id": "a\n@x"}]},
    "a path that climbs": {**GOOD, "suggestions": [{**SUGGESTION, "path": "catalog/../.ci/run"}]},
    "other lines than it says": {**GOOD, "suggestions": [{**SUGGESTION, "end": 9}]},
    "a thousand suggestions": {**GOOD, "suggestions": [SUGGESTION] * 1000},
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_artifact_is_refused_and_nothing_is_said(case, forge, tmp_path):
    leave(forge, FORGED[case])
    code, err = answer(forge, tmp_path)
    assert code == 1 and "the artifact is refused: " in err, err
    assert not any(call.startswith(("POST", "PATCH", "DELETE")) for call in forge.calls)


def test_fifty_megabytes_are_not_even_fetched(forge, tmp_path):
    forge.artifacts[5] = (50_000_000, b"x")
    code, err = answer(forge, tmp_path)
    assert code == 1 and "more than 1,000,000 bytes" in err
    assert not any("/zip/" in call for call in forge.calls)


def test_a_size_that_is_a_lie_is_cut_off(forge, tmp_path):
    forge.artifacts[5] = (10, b"PK" + os.urandom(3_000_000))
    assert answer(forge, tmp_path)[0] == 1


MOVED = {
    "the head moved": ({"sha": OTHER}, {}, {}, 0),
    "it was closed": ({}, {"state": "closed"}, {}, 0),
    "the fork is gone": ({"repo": None}, {}, {}, 1),
    "the run knows no fork": ({}, {}, {"head_repository": None}, 1),
    "another branch": ({"ref": "other"}, {}, {}, 1),
    "another fork of the same commit": ({"repo": {"full_name": "x/kb"}}, {}, {}, 1),
    "not of a pull request": ({}, {}, {"event": "push"}, 0),
}


@pytest.mark.parametrize("case", MOVED)
def test_what_is_not_the_pull_request_that_ran_gets_no_answer(case, forge, tmp_path):
    head, pull, run, code = MOVED[case]
    forge.pulls[7] |= pull
    forge.pulls[7]["head"] |= head
    assert answer(forge, tmp_path, **run)[0] == code
    assert not any(call.startswith(("POST", "PATCH", "DELETE")) for call in forge.calls)


def test_a_run_that_left_nothing_says_so(forge, tmp_path):
    forge.artifacts = {}
    assert answer(forge, tmp_path) == (0, "the run left nothing to read; its log says why\n")


# The first job, and both together.


def git(folder, *words):
    names = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
    call = ["git", "-C", str(folder), *names, *words]
    return subprocess.run(call, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def merged(tmp_path):
    """A merge of a pull request with `main`, as the first job finds it."""
    tree = tmp_path / "tree"
    shutil.copytree(TOY, tree / "catalog")
    (tree / ".gitignore").write_text("/build/\n")
    git(tree, "init")
    git(tree, "add", ".")
    git(tree, "commit", "-m", "toys")
    return tree


def pack(tree, tmp_path, change):
    """Commit ``change`` of the paper and pack it; the artifact and the patch of the forge."""
    path = tree / PAPER
    path.write_text(change(path.read_text()))
    return committed(tree, tmp_path, PAPER)


def committed(tree, tmp_path, name, number=7, kb=f"{sys.executable} -m kb"):
    """Commit all and pack it; the artifact and the patch of the file ``name``."""
    git(tree, "add", ".")
    git(tree, "commit", "-m", "change")
    event = tmp_path / "pull.json"
    event.write_text(json.dumps({"pull_request": {"number": number, "head": {"sha": HEAD}}}))
    done = subprocess.run(
        [ROOT / ".ci" / "pack_change"],
        cwd=tree,
        env={
            **os.environ,
            "KB": kb,
            "PYTHONPATH": str(ROOT),
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "first.md"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    diff = git(tree, "diff", "--no-renames", "HEAD^1", "HEAD", "--", name)
    return (tree / "build" / "change" / "change.json").read_bytes(), diff[diff.index("@@") :]


def hostile(text):
    said = "It cuts @everyone <img src=x> [a](https://b.example) ::error::x #1 `x` in half."
    return text.replace("topics: [cutting]", "topics:   [cutting]").replace(
        "model: Bear\n", f'model: "{said}"\n'
    )


def test_what_is_packed_is_answered_and_every_suggestion_mends(merged, forge, tmp_path):
    content, patch = pack(merged, tmp_path, hostile)
    forge.pull(7, HEAD, {PAPER: patch})
    leave(forge, content)
    code, err = answer(forge, tmp_path)
    assert code == 0, err
    [text], [review] = said(forge), forge.reviews[7]
    assert "@everyone" not in text and "<img" not in text and "KB802" in text
    accept(merged / PAPER, review)
    assert main(["--root", str(merged / "catalog"), "fmt", "--check"], TODAY) == 0


def accept(path, review):
    """Click on every suggestion of ``review``, which all are for the file at ``path``."""
    lines = path.read_text().split("\n")
    for one in sorted(review, key=lambda one: -one["line"]):
        new = one["body"].split("\n")[1:-1]
        lines[one.get("start_line", one["line"]) - 1 : one["line"]] = new
    path.write_text("\n".join(lines))


NAMED = "rename the file to \\`bear2020bears.yaml\\`"
# the file, what the comment says of it, whether a suggestion stands at its lines
BADLY_NAMED = {
    "capitals": ("papers/Bear2020.yaml", NAMED, True),
    "a space": ("papers/new paper.yaml", NAMED, True),
    "Chinese": ("papers/熊2020.yaml", NAMED, True),
    "markup": ("papers/a`b<img src=x>@everyone.yaml", NAMED, False),
    "a link": ("papers/[a](b)#1 ::x.yaml", NAMED, True),
    "a command": ("papers/##[error]x.yaml", NAMED, False),
    "two lines": ("papers/a\n::error::x.yaml", NAMED, False),
    "no UTF-8": (b"papers/b\xffr.yaml", NAMED, False),
    "another ending": ("papers/bear2020bears.yml", "move it to \\`papers/bear2020bears", False),
}


@pytest.mark.parametrize("case", BADLY_NAMED)
def test_a_file_under_a_bad_name_is_answered(case, merged, forge, tmp_path):
    name, told, suggested = BADLY_NAMED[case]
    good, bad = merged / "catalog/papers/bear2020bears.yaml", f"catalog/{os.fsdecode(name)}"
    good.write_text(NEW)
    git(merged, "add", ".")
    git(merged, "commit", "-m", "bears")
    (merged / bad).parent.mkdir(exist_ok=True)
    good.rename(merged / bad)
    (merged / bad).write_text(NEW.replace("arxiv: ", "arxiv:   "))
    content, patch = committed(merged, tmp_path, f":(literal){bad}")
    forge.pull(7, HEAD, {bad: patch})
    leave(forge, content)
    code, err = answer(forge, tmp_path)
    assert code == 0, err
    [text] = said(forge)
    assert told in text and "could not be looked at**: what" not in text
    shown = text.replace("<details><summary>", "").replace("</summary>", "")
    assert "@everyone" not in text and "<img" not in shown and "[a](" not in text
    assert not any(line.startswith("::") for line in text.splitlines())
    assert bool(forge.reviews[7]) == suggested
    assert {one["name"] for one in forge.pulls[7]["labels"]} == {"catalogue", "size: small"}


def test_what_would_be_refused_is_packed_as_not_looked_at(merged, tmp_path, forge):
    (merged / "KB").write_text(
        "import subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'kb', *sys.argv[1:]], capture_output=True)\n"
        "said = done.stdout.decode()\n"
        "if sys.argv[3:4] == ['diff'] and 'markdown' in sys.argv:\n"
        "    said = '### Something new\\n\\n' + said\n"
        "print(said, end='')\n"
        "sys.exit(done.returncode)\n"
    )
    path = merged / PAPER
    path.write_text(path.read_text().replace("[cutting]", "[cuting]"))
    content, patch = committed(merged, tmp_path, PAPER, kb=f"{sys.executable} {merged / 'KB'}")
    forge.pull(7, HEAD, {PAPER: patch})
    leave(forge, content)
    code, err = answer(forge, tmp_path)
    assert code == 0, err
    [text] = said(forge)
    assert "could not be looked at**: what kb says" in text and "KB301" in text
    summary = (tmp_path / "first.md").read_text()
    assert summary.startswith("The change could not be looked at: what kb says")


def test_what_is_only_escaped_is_no_suggestion(merged, tmp_path):
    content, _ = pack(merged, tmp_path, lambda text: text.replace("Bear\n", "דב\u202eא\n", 1))
    said = json.loads(content)
    assert "KB502" in [one["code"] for one in said["findings"]] and said["suggestions"] == []


def test_a_file_that_cannot_be_compared_is_named_everywhere(merged, forge, tmp_path):
    content, patch = pack(merged, tmp_path, lambda text: text.replace("topics:", "topcs:"))
    forge.pull(7, HEAD, {PAPER: patch})
    leave(forge, content)
    assert answer(forge, tmp_path)[0] == 0
    for text in (said(forge)[0], (tmp_path / "first.md").read_text()):
        assert f"**not compared** {PAPER}" in text and "\nnone\n" not in text


MENDED = [
    name
    for name, row in ROWS.items()
    if row.get("fix") in ("same", {"by": "fmt"})
    and of_one_text(row)
    and not any("\r" in edit.get("with", "") for edit in row["make"])
]
"""Mistakes in one file that have a safe answer. A forge's suggestions cannot end lines anew."""
FEW = MENDED[:: max(1, len(MENDED) // 4)]


def mistaken(tmp_path, name):
    """A merge of a pull request that brings the mistake ``name``, and the file it is in."""
    row, tree = ROWS[name], tmp_path / "tree"
    small_catalogue(tree)
    (tree / ".gitignore").write_text("/build/\n")
    git(tree, "init")
    git(tree, "add", ".")
    git(tree, "commit", "-m", "small")
    made(tree / "catalog", row)
    return tree, f"catalog/{row['make'][0]['file']}"


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[] if one in FEW else pytest.mark.lab) for one in MENDED]
)
def test_a_mistake_that_is_mended_by_clicks_is_clean(name, forge, tmp_path, capsys):
    tree, file = mistaken(tmp_path, name)
    content, patch = committed(tree, tmp_path, file)
    forge.pull(7, HEAD, {file: patch})
    leave(forge, content)
    code, err = answer(forge, tmp_path)
    assert code == 0, err
    [review] = forge.reviews[7]
    accept(tree / file, review)
    capsys.readouterr()
    assert main(["--root", str(tree / "catalog"), "check"]) == 0, capsys.readouterr().out


def test_the_pages_that_change_are_left_in_both_languages(merged, tmp_path):
    pack(merged, tmp_path, lambda text: text.replace("First Look", "Newer Look"))
    folder = merged / "build" / "change" / "pages"
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    assert {"papers/first2015toys.md", "zh/papers/first2015toys.md"} <= found
    assert "Newer Look" in (folder / "papers" / "first2015toys.md").read_text()
    assert "index.md" not in found


def left_pages(tree):
    folder = tree / "build" / "change" / "pages"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}


def test_an_entry_with_findings_keeps_no_other_page_out(merged, tmp_path):
    article = merged / "catalog" / "articles" / "toys-explained.yaml"
    article.write_text(article.read_text().replace("title_en: ", "title_en: Newer "))
    pack(merged, tmp_path, lambda text: text.replace("[cutting]", "[cuting]"))
    found = left_pages(merged)
    assert {"articles/toys-explained.md", "zh/articles/toys-explained.md"} <= found
    assert "papers/first2015toys.md" not in found
    text = (merged / "build" / "change" / "pages" / "left-out.md").read_text()
    said = f"- left out {PAPER} \\(first2015toys\\)\\: 1 finding; \\`kb check\\` shows it\n"
    assert text == said and said in (tmp_path / "first.md").read_text()


def test_a_change_that_kb_cannot_read_is_packed_as_such(merged, tmp_path):
    shutil.rmtree(merged / "catalog" / "papers")
    git(merged, "commit", "-am", "gone")
    event = tmp_path / "pull.json"
    event.write_text(json.dumps({"pull_request": {"number": 7, "head": {"sha": HEAD}}}))
    env = {**os.environ, "KB": "false", "GITHUB_EVENT_PATH": str(event)}
    subprocess.run(
        [ROOT / ".ci" / "pack_change"], cwd=merged, env={**env, "KB": "sh -c 'exit 2'"}, check=True
    )
    found = json.loads((merged / "build" / "change" / "change.json").read_bytes())
    assert found["unread"] == "kb gave no answer" and found["changes"] == []
