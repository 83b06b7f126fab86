"""`kb serve`: the site as a preview that makes each page when it is asked for."""

import argparse

from kb.commands.catalogue import named
from kb.site.mkdocs.server import serve


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `serve` to ``commands``."""
    parser = commands.add_parser("serve")
    parser.add_argument(
        "--port",
        type=_port,
        default=8000,
        metavar="N",
        help="the port on 127.0.0.1; 0 takes any free one (default: 8000)",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    return serve(named(arguments.root), arguments.port)


def _port(word: str) -> int:
    if not (word.isascii() and word.isdecimal() and int(word) < 65_536):
        raise argparse.ArgumentTypeError(f"`{word}` is not a port; expected 0 to 65535")
    return int(word)
