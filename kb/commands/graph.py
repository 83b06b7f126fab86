"""`kb graph`: questions to the graph of the catalogue."""

import argparse

from kb.commands.catalogue import known, opened
from kb.commands.exit import CLEAN, FINDINGS
from kb.graph import Graph


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `graph` with its questions to ``commands``."""
    questions = commands.add_parser("graph").add_subparsers(required=True, metavar="QUESTION")
    path = questions.add_parser("path", help="how two entries connect")
    path.add_argument("a")
    path.add_argument("b")
    path.set_defaults(run=_path)
    near = questions.add_parser("near", help="what is near an entry, and why")
    near.add_argument("id")
    near.add_argument("--limit", type=int, default=10)
    near.set_defaults(run=_near)
    before = questions.add_parser("before", help="what to understand first, in order")
    before.add_argument("id")
    before.set_defaults(run=_before)
    stats = questions.add_parser("stats", help="numbers, central entries, orphans")
    stats.set_defaults(run=_stats)


def _opened(arguments: argparse.Namespace, *ids: str) -> Graph:
    """The graph, in which all ``ids`` are known."""
    graph = opened(arguments.root)
    known(graph, ids)
    return graph


def _path(arguments: argparse.Namespace) -> int:
    steps = _opened(arguments, arguments.a, arguments.b).path(arguments.a, arguments.b)
    if not steps and arguments.a != arguments.b:
        print(f"`{arguments.a}` and `{arguments.b}` do not connect")
        return FINDINGS
    print(arguments.a)
    for step in steps:
        why = f"  ({step.edge.why.en})" if step.edge.why else ""
        print(f"  {step.words().en}  {step.to}{why}")
    return CLEAN


def _near(arguments: argparse.Namespace) -> int:
    for near in _opened(arguments, arguments.id).near(arguments.id, arguments.limit):
        reason = ", which ".join(f"{step.words().en} {step.to}" for step in near.steps)
        print(f"{near.score:5.2f}  {near.id}  ({arguments.id} {reason})")
    return CLEAN


def _before(arguments: argparse.Namespace) -> int:
    first = _opened(arguments, arguments.id).prerequisites(arguments.id)
    print("\n".join(first) or f"nothing; `{arguments.id}` is a start")
    return CLEAN


def _stats(arguments: argparse.Namespace) -> int:
    graph = _opened(arguments)
    for title, numbers in graph.stats().items():
        print(title)
        print("\n".join(f"  {number:6,}  {name}" for name, number in numbers.items()))
    print("most central")
    print("\n".join(f"  {score:.4f}  {id}" for id, score in graph.central()))
    print("orphans")
    print("\n".join(f"  {id}" for id in graph.orphans()) or "  none")
    return CLEAN
