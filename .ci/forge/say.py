"""What a job says: one comment that is kept, and problems in the log and the summary of the run."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from forge.api import Failed, call, pages
from forge.comment import escaped
from forge.settings import cure

BOT = "github-actions[bot]"
REPOSITORY = f"/repos/{os.environ.get('GITHUB_REPOSITORY', '')}"


def keep(number: int, mark: str, text: str) -> None:
    """Write ``text`` below an issue or pull request, or bring ours with ``mark`` up to date."""
    for one in pages(f"{REPOSITORY}/issues/{number}/comments"):
        if one["user"]["login"] == BOT and one["body"].startswith(mark):
            if one["body"] != text:
                call("PATCH", f"{REPOSITORY}/issues/comments/{one['id']}", {"body": text})
            return
    call("POST", f"{REPOSITORY}/issues/{number}/comments", {"body": text})


def attempt(step: str, action: Callable[[], None]) -> list[str]:
    """Nothing, or what went wrong."""
    try:
        action()
    except Failed as failed:
        return [f"{step}: {failed}"]
    return []


def tell(problems: Sequence[str], notes: Sequence[str]) -> int:
    """Say it in the log and in the summary of the run, each problem with the setting that lifts it.

    1 if there are problems.
    """
    lines = [" ".join(line.split()) for line in (*problems, *notes)]
    cures = [f". {setting}" if (setting := cure(line)) else "" for line in lines]
    for at, (line, lifted) in enumerate(zip(lines, cures, strict=True)):
        kind = "error" if at < len(problems) else "notice"
        said = f"{line}{lifted}"
        sys.stderr.write((f"::{kind}::{said}" if os.environ.get("GITHUB_ACTIONS") else said) + "\n")
    if (summary := os.environ.get("GITHUB_STEP_SUMMARY")) and lines:
        with Path(summary).open("a", encoding="utf-8") as stream:
            pairs = zip(lines, cures, strict=True)
            stream.writelines(f"- {escaped(line)}{lifted}\n" for line, lifted in pairs)
    return 1 if problems else 0
