"""`kb rules`: the list of rules, or the page of one."""

import argparse

from kb import rules
from kb.commands.exit import CLEAN, UsageError
from kb.near import suggest


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `rules` to ``commands``."""
    parser = commands.add_parser("rules")
    parser.add_argument("name", nargs="?", help="code or name of a rule")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    print(_list() if arguments.name is None else _page(arguments.name))
    return CLEAN


def _list() -> str:
    return "\n".join(
        f"{kind.code}  {kind.name:28} {kind.what.splitlines()[0]}" for kind in rules.all_kinds()
    )


def _page(name: str) -> str:
    kinds = rules.all_kinds()
    for kind in kinds:
        if name in (kind.code, kind.name):
            return f"{kind.code} {kind.name}\n\n{kind.page}"
    cure = suggest(name, [kind.name for kind in kinds]) or "`kb rules` lists them"
    raise UsageError(f"`{name}` is not a rule; {cure}")
