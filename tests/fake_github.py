"""A stand-in for GitHub behind its CLI, as unkind as the real one: limits, permissions, forks,
outages.

The state is a JSON file, named by FAKE_GITHUB; branches are those of a real bare repository. Run as
a program it is `gh`: it knows only the options and the fields that are used, and refuses others.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

LONGEST_BODY = 65_536
START = {
    "remote": "",
    "me": "github-actions",
    "may_create_pull_requests": True,
    "may_write_issues": True,
    "may_write_labels": True,
    "may_start": True,
    "runs": [],
    "issues_enabled": True,
    "labels": ["bug"],
    "issues": [],
    "pulls": [],
    "outages": {},
    "calls": [],
}
PULL_FIELDS = {"number", "title", "isCrossRepository", "headRepositoryOwner", "author", "url"}
ISSUE_FIELDS = {"number", "title", "labels", "author", "url"}


class Unkind(Exception):
    """What GitHub says when it refuses."""


def load() -> dict:
    return json.loads(Path(os.environ["FAKE_GITHUB"]).read_text(encoding="utf-8"))


def save(state: dict) -> None:
    Path(os.environ["FAKE_GITHUB"]).write_text(json.dumps(state), encoding="utf-8")


def options(words: list[str], *names: str, flags: tuple[str, ...] = (), number: bool = False):
    """The options; anything else is a usage error, as with the real CLI."""
    parser = argparse.ArgumentParser(prog="gh", allow_abbrev=False)
    if number:
        parser.add_argument("number", type=int)
    for name in names:
        parser.add_argument(f"--{name}", default=None)
    for name in flags:
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args(words)


def body_of(name: str, act: str) -> str:
    body = Path(name).read_text(encoding="utf-8")
    if len(body) > LONGEST_BODY:
        raise Unkind(f"GraphQL: Body is too long (maximum is {LONGEST_BODY} characters) ({act})")
    return body


def shown(rows: list[dict], fields: str, known: set[str], limit: str | None) -> str:
    """The newest rows, 30 unless told, with the fields that were asked for."""
    asked = fields.split(",")
    if unknown := set(asked) - known:
        raise Unkind(f'Unknown JSON field: "{min(unknown)}"')
    newest = sorted(rows, key=lambda one: -one["number"])[: int(limit or 30)]
    return json.dumps([{name: one[name] for name in asked} for one in newest])


def pr_list(state: dict, words: list[str]) -> str:
    """By the name of the branch alone, whoever owns it: forks are among them."""
    asked = options(words, "head", "state", "limit", "json")
    rows = [
        {
            **one,
            "isCrossRepository": one["owner"] != "us",
            "headRepositoryOwner": {"login": one["owner"]},
        }
        for one in state["pulls"]
        if one["head"] == asked.head and one["state"] == "open"
    ]
    return shown(rows, asked.json, PULL_FIELDS, asked.limit)


def pr_create(state: dict, words: list[str]) -> str:
    asked = options(words, "head", "base", "title", "body-file")
    if not state["may_create_pull_requests"]:
        raise Unkind(
            "pull request create failed: GraphQL: GitHub Actions is not permitted to create or "
            "approve pull requests (createPullRequest)"
        )
    branches = subprocess.run(
        ["git", "ls-remote", "--heads", state["remote"], asked.head],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    if f"refs/heads/{asked.head}" not in branches:
        raise Unkind("GraphQL: Head sha can't be blank, Head ref must be a branch")
    if any(
        one["head"] == asked.head and one["owner"] == "us" and one["state"] == "open"
        for one in state["pulls"]
    ):
        raise Unkind(f'a pull request for branch "{asked.head}" already exists')
    body = body_of(asked.body_file, "createPullRequest")
    add(state["pulls"], state, head=asked.head, owner="us", title=asked.title, body=body)
    return ""


def pr_edit(state: dict, words: list[str]) -> str:
    asked = options(words, "body-file", number=True)
    one(state["pulls"], asked.number)["body"] = body_of(asked.body_file, "updatePullRequest")
    return ""


def issue_list(state: dict, words: list[str]) -> str:
    asked = options(words, "author", "app", "label", "state", "limit", "json")
    enabled(state)
    author = state["me"] if asked.author == "@me" else asked.author or asked.app
    rows = [
        {**issue, "labels": [{"name": name} for name in issue["labels"]]}
        for issue in state["issues"]
        if issue["state"] == "open"
        and (author is None or issue["author"] == author)
        and (asked.label is None or asked.label in issue["labels"])
    ]
    return shown(rows, asked.json, ISSUE_FIELDS, asked.limit)


def issue_create(state: dict, words: list[str]) -> str:
    asked = options(words, "title", "label", "body-file")
    enabled(state)
    if asked.label and asked.label not in state["labels"]:
        raise Unkind(f"could not add label: '{asked.label}' not found")
    body = body_of(asked.body_file, "createIssue")
    labels = [asked.label] if asked.label else []
    add(state["issues"], state, title=asked.title, body=body, labels=labels, author=state["me"])
    return ""


def issue_edit(state: dict, words: list[str]) -> str:
    asked = options(words, "body-file", number=True)
    enabled(state)
    one(state["issues"], asked.number)["body"] = body_of(asked.body_file, "updateIssue")
    return ""


def label_create(state: dict, words: list[str]) -> str:
    name = options(words[1:], "description", flags=("force",)) and words[0]
    if not state["may_write_labels"]:
        raise Unkind("HTTP 403: Resource not accessible by integration (label)")
    state["labels"].append(name)
    return ""


def workflow_run(state: dict, words: list[str]) -> str:
    """Start a workflow, which must exist, on a branch, which must, with inputs that it knows."""
    parser = argparse.ArgumentParser(prog="gh", allow_abbrev=False)
    parser.add_argument("name")
    parser.add_argument("--ref", required=True)
    parser.add_argument("--raw-field", action="append", default=[])
    asked = parser.parse_args(words)
    if not state["may_start"]:
        raise Unkind("HTTP 403: Resource not accessible by integration (dispatches)")
    there = subprocess.run(
        ["git", "ls-remote", "--heads", state["remote"], f"refs/heads/{asked.ref}"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    if not there:
        raise Unkind(f"HTTP 422: No ref found for: {asked.ref}")
    inputs = dict(one.split("=", 1) for one in asked.raw_field)
    state["runs"].append({"workflow": asked.name, "ref": asked.ref, "inputs": inputs})
    return ""


def auth_setup_git(state: dict, words: list[str]) -> str:
    if not os.environ.get("GH_TOKEN"):
        raise Unkind("You are not logged into any GitHub hosts. Run gh auth login")
    return ""


def enabled(state: dict) -> None:
    if not state["issues_enabled"]:
        raise Unkind("the 'us/kb' repository has disabled issues")
    if not state["may_write_issues"]:
        raise Unkind("GraphQL: Resource not accessible by integration")


def one(rows: list[dict], number: int) -> dict:
    for row in rows:
        if row["number"] == number:
            return row
    raise Unkind(f"GraphQL: Could not resolve to an issue or pull request {number}")


def add(rows: list[dict], state: dict, **fields: object) -> None:
    """Issues and pull requests share their numbers."""
    number = max((row["number"] for row in state["pulls"] + state["issues"]), default=0) + 1
    rows.append({"number": number, "state": "open", **fields})


COMMANDS = {
    "auth setup-git": auth_setup_git,
    "pr list": pr_list,
    "pr create": pr_create,
    "pr edit": pr_edit,
    "issue list": issue_list,
    "issue create": issue_create,
    "issue edit": issue_edit,
    "label create": label_create,
    "workflow run": workflow_run,
}


def main(words: list[str]) -> int:
    state, command = load(), " ".join(words[:2])
    state["calls"].append(command)
    try:
        if state["outages"].get(command, 0) > 0:
            state["outages"][command] -= 1
            raise Unkind("HTTP 502: Bad Gateway (https://api.github.com/graphql)")
        print(COMMANDS[command](state, words[2:]))
        return 0
    except Unkind as refusal:
        print(refusal, file=sys.stderr)
        return 1
    finally:
        save(state)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
