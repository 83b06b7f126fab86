"""What is said below an issue whose form was read, as Markdown. Pure."""

from collections.abc import Sequence

from kb.findings import Finding, clean
from kb.forge.form import MalformedForm
from kb.forge.outcome import Outcome
from kb.report.change import escaped

_MOST = 10


def refused(error: MalformedForm) -> str:
    """The answer to a form that cannot be taken: the field, the fault, the cure."""
    return (
        "**Nothing was written yet.** One field keeps this form from being taken:\n\n"
        f"- **{escaped(error.field)}**: {shown(error.fault)}\n"
        f"- What to do: {shown(error.cure)}\n\n"
        "Edit the issue; it is read again after each edit.\n"
    )


def written(made: Outcome, findings: Sequence[Finding]) -> str:
    """The answer to a form that was taken: the file, what was found out, what is left to do."""
    parts = [f"**`{made.file.path}` is written.**"]
    parts += _list("Found out on the way:", made.notes)
    parts += _list("Only a person can write this:", made.lacks)
    said = [
        f"line {one.line}: {one.message}{'; ' if one.hint else ''}{one.hint}"
        for one in findings[:_MOST]
    ]
    if more := len(findings) - len(said):
        said.append(f"and {more} more: `kb check` shows them")
    parts += _list("`kb check` says:", said) or ["`kb check` finds nothing wrong with it."]
    return "\n\n".join(parts) + "\n"


def shown(message: str) -> str:
    """``message`` as one line of Markdown: values in backticks are code, all else is mere text."""
    parts = clean(message).split("`")
    if len(parts) % 2 == 0 or any(not one.strip() for one in parts[1::2]):
        return escaped(message)
    return "".join(
        f"`{part}`" if at % 2 else escaped(part) if part else "" for at, part in enumerate(parts)
    )


def _list(title: str, items: Sequence[str]) -> list[str]:
    return [title + "\n\n" + "\n".join(f"- {shown(one)}" for one in items)] if items else []
