"""The command `kb links`: check links, say what changed, join the ledgers of shards."""

import argparse
import ipaddress
import os
from pathlib import Path

from kb.commands import link_ledger
from kb.commands.exit import UsageError
from kb.commands.link_check import check, check_options
from kb.links.model import Settings

FINDING_FORMATS = ("text", "github", "json", "sarif")
REPORT_FORMATS = ("text", "markdown", "json", "junit")
GRAMMARS = (
    "markdown",
    "html",
    "bibtex",
    "yaml",
    "json",
    "jsonl",
    "notebook",
    "table",
    "xml",
    "text",
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `links` with its own commands to ``commands``."""
    links = commands.add_parser(
        "links", help="check links and remember what was seen"
    ).add_subparsers(required=True, metavar="ACTION")
    _add_check(
        links.add_parser(
            "check",
            help="check links, politely; exit 1 if one is gone or leads to the wrong target",
        )
    )
    report = links.add_parser("report", help="what changed, and the state of all links")
    report.add_argument(
        "--since",
        metavar="REF|FILE",
        help="against the ledger of this commit, or this file (default: HEAD; outside Git nothing)",
    )
    report.add_argument(
        "--format", choices=REPORT_FORMATS, default="text", help="how the report is written"
    )
    report.add_argument(
        "--ledger",
        type=Path,
        metavar="FILE",
        help="the ledger (default: links.jsonl in the catalogue's folder)",
    )
    _add_lists(report)
    report.set_defaults(run=link_ledger.report)
    merge = links.add_parser(
        "merge",
        help="join ledgers, such as those of shards, into the ledger, in any order",
    )
    merge.add_argument("files", nargs="+", type=Path, metavar="FILE")
    merge.add_argument(
        "--forget", action="store_true", help="leave out addresses that no entry names any more"
    )
    _add_lists(merge)
    merge.add_argument(
        "--ledger",
        type=Path,
        metavar="FILE",
        help="the ledger (default: links.jsonl in the catalogue's folder)",
    )
    merge.set_defaults(run=link_ledger.merge)


def _add_check(check: argparse.ArgumentParser) -> None:
    which = check.add_argument_group("which links")
    which.add_argument(
        "--changed-since", metavar="REF", help="only links that are new since this branch left REF"
    )
    which.add_argument(
        "--max-age",
        type=_whole,
        default=0,
        metavar="DAYS",
        help="leave out links that were found good less than so many days ago",
    )
    which.add_argument(
        "--only", metavar="HOST|ID", help="only links to this host, or of this entry"
    )
    _add_lists(which)
    which.add_argument(
        "--shard",
        type=_shard,
        default=(1, 1),
        metavar="I/N",
        help="the I-th of N parts; all links of a host are in one part",
    )
    how = check.add_argument_group("how")
    how.add_argument(
        "--dry-run", action="store_true", help="show the plan: hosts, requests, estimated time"
    )
    how.add_argument(
        "--archive",
        action="store_true",
        help="find archived copies of what is gone, and ask for copies of what is alive",
    )
    how.add_argument(
        "--allow-network",
        action="append",
        default=[],
        metavar="CIDR",
        help="allow addresses that are not public, such as 127.0.0.0/8",
    )
    how.add_argument(
        "--allow-port",
        action="append",
        default=[],
        type=_port,
        metavar="PORT",
        help="allow a port besides 80 and 443",
    )
    how.add_argument(
        "--resolve",
        action="append",
        default=[],
        type=_resolve,
        metavar="HOST:PORT:ADDRESS",
        help="use this address for the host, as curl does",
    )
    out = check.add_argument_group("what comes out")
    out.add_argument("--json", type=Path, metavar="FILE", help="write all verdicts to this file")
    out.add_argument(
        "--format", choices=FINDING_FORMATS, default="text", help="how findings are written"
    )
    out.add_argument(
        "--strict", action="store_true", help="also exit 1 for blocked, unsure and moved links"
    )
    out.add_argument(
        "--ledger",
        type=Path,
        metavar="FILE",
        help="the ledger (default: links.jsonl in the catalogue's folder; with --from: none)",
    )
    check.set_defaults(run=_check)


def _add_lists(parser: "argparse._ActionsContainer") -> None:
    parser.add_argument(
        "--from",
        dest="sources",
        action="append",
        default=[],
        metavar="FILE",
        help=(
            "all addresses in this file (- is standard input), not those of the catalogue; may be "
            "given again"
        ),
    )
    parser.add_argument(
        "--as",
        dest="grammar",
        choices=GRAMMARS,
        default="",
        help="read the files of --from as this, whatever their names",
    )


def _whole(word: str) -> int:
    if not word.isdecimal():
        raise argparse.ArgumentTypeError(f"`{word}` is not a whole number")
    return int(word)


def _port(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise argparse.ArgumentTypeError(f"`{word}` is not a port; give a number from 1 to 65535")
    return int(word)


def _shard(word: str) -> tuple[int, int]:
    number, _, count = word.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise argparse.ArgumentTypeError(
            f"`{word}` is not a shard; write 2/4 for the second of four"
        )
    return int(number), int(count)


def _resolve(word: str) -> tuple[tuple[str, int], str]:
    host, port, address = ([*word.split(":", 2), "", ""])[:3]
    try:
        return (host.lower(), _port(port)), str(ipaddress.ip_address(address.strip("[]")))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"`{word}` is not HOST:PORT:ADDRESS, such as a.example:80:127.0.0.1"
        ) from None


def _settings(arguments: argparse.Namespace) -> Settings:
    for network in arguments.allow_network:
        try:
            ipaddress.ip_network(network)
        except ValueError:
            raise UsageError(
                f"`--allow-network {network}` is not a network; write 127.0.0.0/8"
            ) from None
    token = os.environ.get("GITHUB_TOKEN")
    return Settings(
        allow_networks=tuple(arguments.allow_network),
        allow_ports=frozenset({80, 443, *arguments.allow_port}),
        resolve=dict(arguments.resolve),
        tokens={"api.github.com": token} if token else {},
    )


def _check(arguments: argparse.Namespace) -> int:
    return check(check_options(arguments), _settings(arguments))
