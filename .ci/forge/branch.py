"""A branch that a job offers as a pull request; what a person committed to it stays."""

import os
import shlex
import subprocess
from typing import Any

from forge.api import Failed, call
from forge.say import REPOSITORY, attempt
from forge.settings import PULL_REQUESTS

AUTHOR = "github-actions"
CHECKS = {"check.yml": dict[str, str](), "links.yml": {"new": "true"}}
"""The workflows whose jobs the rules of `main` require, with the inputs that ask for these jobs."""
LONGEST = 60_000
SETTING = PULL_REQUESTS


def ran(*words: str, strict: bool = False) -> "subprocess.CompletedProcess[str]":
    """What a program did. Raises Failed if it is ``strict`` and did not do it."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if strict and done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise Failed(0, f"`{shlex.join(words[:2])}` failed: {said or done.returncode}")
    return done


def base() -> str:
    """The branch that is checked out."""
    return ran("git", "rev-parse", "--abbrev-ref", "HEAD", strict=True).stdout.strip()


def changed() -> list[str]:
    """The files of the catalogue that differ from the commit. Raises Failed for code."""
    status = ("git", "status", "--porcelain", "-z", "-uall", "--", "catalog")
    names = [one[3:] for one in ran(*status, strict=True).stdout.split("\0") if one]
    if not all(name.endswith(".yaml") for name in names):
        raise Failed(0, f"only entries may be written, and these are {len(names)} files")
    return names


def pushed(branch: str, names: list[str], message: str) -> bool:
    """Commit and push; False if a person committed to the branch, which then stays as it is."""
    commit, is_ours = tip(branch)
    if commit and not is_ours:
        return False
    who = ("-c", f"user.name={AUTHOR}", "-c", f"user.email={AUTHOR}@users.noreply.github.com")
    ran("git", "add", "--", *names, strict=True)
    ran("git", *who, "commit", "--quiet", "-m", message, strict=True)
    lease = f"--force-with-lease=refs/heads/{branch}:{commit}"
    ran("git", "push", "--quiet", lease, "origin", f"HEAD:refs/heads/{branch}", strict=True)
    return True


def tip(branch: str) -> tuple[str, bool]:
    """The last commit of ``branch`` at the forge, or nothing, and whether it is a job's own."""
    remote = ("origin", f"refs/heads/{branch}")
    commit = ran("git", "ls-remote", "--heads", *remote, strict=True).stdout.split("\t")[0]
    if not commit:
        return "", False
    ran("git", "fetch", "--quiet", "--depth", "1", *remote, strict=True)
    author = ran("git", "log", "-1", "--format=%an", "FETCH_HEAD", strict=True).stdout
    return commit, author.strip() == AUTHOR


def known(branch: str) -> Any:
    """The open pull request of ``branch``, or None. Raises Failed."""
    owner = os.environ["GITHUB_REPOSITORY"].split("/")[0]
    return next(iter(call("GET", f"{REPOSITORY}/pulls?state=open&head={owner}:{branch}")), None)


def close(pull: Any, why: str) -> None:
    """Close ``pull``, and say ``why`` above what it said. Raises Failed."""
    body = f"{why}\n\n{pull.get('body') or ''}"[:LONGEST]
    call("PATCH", f"{REPOSITORY}/pulls/{pull['number']}", {"state": "closed", "body": body})


def opened(branch: str, base: str, title: str, body: str) -> int:
    """The number of the pull request of ``branch``, opened if it is not. Raises Failed."""
    if pull := known(branch):
        call("PATCH", f"{REPOSITORY}/pulls/{pull['number']}", {"body": body[:LONGEST]})
        return int(pull["number"])
    new = {"title": title, "head": branch, "base": base, "body": body[:LONGEST]}
    return int(call("POST", f"{REPOSITORY}/pulls", new)["number"])


def start(branch: str) -> None:
    """Start the required checks on ``branch``: what this job's token pushes starts none.

    A workflow that cannot be started stops no other. Raises Failed.
    """
    problems = list[str]()
    for name, inputs in CHECKS.items():
        path, asked = f"{REPOSITORY}/actions/workflows/{name}/dispatches", {"ref": branch}
        body = {**asked, "inputs": inputs} if inputs else asked
        problems += attempt(name, lambda path=path, body=body: call("POST", path, body))
    if problems:
        raise Failed(0, "; ".join(problems))
