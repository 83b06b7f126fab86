"""`kb serve`: the site as a preview that follows every change."""

import argparse
import socket
import subprocess
import sys

HOST = "127.0.0.1"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `serve` to ``commands``."""
    parser = commands.add_parser("serve")
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="the port (default: 8000)"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    _refuse_busy(arguments.port)
    address = f"{HOST}:{arguments.port}"
    return subprocess.call([sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address])


def _port(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise argparse.ArgumentTypeError(f"`{word}` is not a port; give a number from 1 to 65535")
    return int(word)


def _refuse_busy(port: int) -> None:
    """Raise OSError, with the address as its file name, unless ``port`` is free."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((HOST, port))
        except OSError as error:
            raise OSError(error.errno, error.strerror, f"{HOST}:{port}") from None
