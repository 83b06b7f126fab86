"""The grid of a snippet: what its figure, its output and its claims become at each value of a knob
and in each experiment, recorded so that the page can show it at once.
"""

import ast
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kb.code import Grid, Told
from kb.schema.technique import Knob, Snippet
from kb.snippets.experiments import UnfitChange, changed
from kb.snippets.picture import figure
from kb.snippets.run import Run, Way

SIZE = 10_000
"""The most bytes that a grid may take when it is packed with gzip."""
ROWS = 60
"""The most rows: each is a run."""


def values(knob: Knob) -> list[float]:
    """Every value of ``knob``, from its lowest to its highest.

    Raises UnfitChange if there are none.
    """
    count = round((knob.high - knob.low) / knob.step)
    if count < 1 or abs(knob.low + count * knob.step - knob.high) > knob.step * 1e-6:
        raise UnfitChange(f"knob `{knob.constant}`: `to` is no whole number of steps above `from`")
    found = [round(knob.low + number * knob.step, 10) for number in range(count + 1)]
    return [int(one) if one == int(one) and knob.step == int(knob.step) else one for one in found]


def constant(source: str, name: str) -> ast.Constant:
    """The one number that ``source`` gives to ``name`` at its top, alone or in a row of names.

    Raises UnfitChange if there is none.
    """
    match [value for target, value in _assigned(source) if target == name]:
        case [ast.Constant(value=int() | float()) as found]:
            return found
        case _:
            raise UnfitChange(
                f"knob `{name}`: the code has no single line `{name} = 3`, a plain number"
            )


def turned(source: str, knob: Knob, value: float) -> str:
    """``source`` with the constant of ``knob`` set to ``value``. Raises UnfitChange."""
    found = constant(source, knob.constant)
    lines = source.splitlines(keepends=True)
    line = lines[found.lineno - 1].encode()
    start, end = found.col_offset, found.end_col_offset or 0
    lines[found.lineno - 1] = (line[:start] + f"{value:g}".encode() + line[end:]).decode()
    return "".join(lines)


def ways(source: str, texts: Snippet) -> list[Way]:
    """Every way to run the snippet but the recorded one: its knobs, one at a time, then its
    experiments. Raises UnfitChange.
    """
    found = [
        Way(source=turned(source, knob, value), name=f"{knob.constant}={value:g}")
        for knob in texts.knobs
        for value in _checked(knob, source)
        if value != constant(source, knob.constant).value
    ]
    found += [Way(source=changed(source, one.change), name=one.name) for one in texts.experiments]
    if len(found) > ROWS:
        raise UnfitChange(f"{len(found)} rows; give the knobs fewer values, {ROWS} in all")
    return found


def packed(source: str, texts: Snippet, recorded: Run, others: Sequence[Run]) -> str:
    """The grid as JSON, a row a line: `code` is `digest` of ``source``, `knobs` are their recorded
    values, the row `recorded` holds the claims of the recorded run, each other row by its name what
    differs from it. Raises UnfitChange if it is too large.
    """
    at = {knob.constant: constant(source, knob.constant).value for knob in texts.knobs}
    rows = {"recorded": _row(source, recorded, recorded)} | {
        run.way.name: _row(source, recorded, run) for run in others
    }
    body = ",\n".join(f"{_json(name)}: {_json(row)}" for name, row in rows.items())
    head = f'"code": {_json(digest(source))}, "knobs": {_json(at)}'
    text = f'{{{head}, "rows": {{\n{body}\n}}}}\n'
    size = len(gzip.compress(text.encode(), 9))
    if size > SIZE:
        raise UnfitChange(f"the grid takes {size:,} bytes when packed; give the knobs fewer values")
    return text


def digest(source: str) -> str:
    """What tells one version of the code from another."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


@lru_cache(maxsize=256)
def opened(text: str, source: str, svg: str) -> Grid:
    """The grid that ``text`` holds, if it belongs to the code ``source`` and the figure ``svg``.

    Raises ValueError with what is wrong: the file may come from a stranger.
    """
    try:
        match json.loads(text):
            case {
                "code": code,
                "knobs": dict(knobs),
                "rows": {"recorded": {"claims": claims}, **rows},
            }:
                told = tuple(_told(claim) for claim in claims)
                at = {str(name): float(value) for name, value in knobs.items()}
            case _:
                raise ValueError("it is not a grid")
        for row in rows.values():
            _drawn(svg, row)
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError(f"it is not a grid: {error}") from None
    if code != digest(source):
        raise ValueError("it was recorded with other code; record it again")
    return Grid(text, told, at)


def _told(claim: object) -> Told:
    match claim:
        case [str(name), int(on), int(of), bool(holds)]:
            return Told(name, on, of, holds)
        case _:
            raise ValueError("a claim in it has not a name, two numbers and a verdict")


def _drawn(svg: str, row: object) -> None:
    """Raise ValueError unless the figure of ``row`` is a drawing and nothing more."""
    match row:
        case {"figure": str(whole)}:
            figure(whole)
        case {"figure": dict(change)}:
            lines = svg.split("\n")
            for number, line in change.items():
                lines[int(number)] = line
            figure("\n".join(lines))
        case _:
            raise ValueError("a row in it has no figure")


def _row(source: str, recorded: Run, run: Run) -> dict[str, object]:
    """Claims as (name, seeds on which it is true, all seeds, whether it holds); what of code,
    output and figure differs from the recorded ones.
    """
    return {
        "code": delta(source, run.way.source or source),
        "claims": [[one.name, one.on, one.of, one.holds] for one in run.claims],
        "output": delta(recorded.output, run.output),
        "figure": delta(recorded.figure or "", run.figure or ""),
    }


def delta(old: str, new: str) -> Mapping[str, str] | str:
    """The lines that differ, each by its number from 0; all of ``new`` if it has more or fewer."""
    before, after = old.split("\n"), new.split("\n")
    if len(before) != len(after):
        return new
    pairs = enumerate(zip(before, after, strict=True))
    return {str(number): line for number, (was, line) in pairs if was != line}


def _checked(knob: Knob, source: str) -> list[float]:
    found = values(knob)
    now = constant(source, knob.constant).value
    if now not in found:
        raise UnfitChange(
            f"knob `{knob.constant}`: the code says {now!r}, which is not one of its values"
        )
    return found


def _assigned(source: str) -> Iterator[tuple[str, ast.expr]]:
    """Every name at the top of ``source`` with the expression that it is given."""
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise UnfitChange(f"the code cannot be read: {error}") from None
    for node in body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _pairs(target, node.value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for name, one in zip(target.elts, value.elts, strict=False):
            yield from _pairs(name, one)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
