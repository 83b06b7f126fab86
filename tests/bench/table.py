"""Results as Markdown."""

from dataclasses import dataclass

from tests.bench.measure import Run


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement beside its baseline."""

    what: str
    ours: Run
    baseline: str
    theirs: Run
    aim: str

    def cells(self) -> tuple[str, ...]:
        """One row of the table."""
        ratio = self.ours.seconds / self.theirs.seconds
        return (
            self.what,
            _run(self.ours),
            self.baseline,
            _run(self.theirs),
            f"**{ratio:.2f}×**",
            self.aim,
        )


@dataclass(frozen=True, slots=True)
class Plain:
    """A table of its own shape."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One group of measurements."""

    name: str
    title: str
    tables: tuple[Row | Plain, ...]
    note: str = ""


HEAD = ("what", "measured", "baseline", "measured", "ratio", "aim")


def markdown(section: Section) -> str:
    """A heading and the tables below it."""
    rows = tuple(table.cells() for table in section.tables if isinstance(table, Row))
    parts = [_table(HEAD, rows)] if rows else []
    parts += [
        _table(table.head, table.rows) for table in section.tables if isinstance(table, Plain)
    ]
    note = f"{section.note}\n\n" if section.note else ""
    return f"## {section.title}\n\n{note}" + "\n".join(parts)


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _run(run: Run) -> str:
    return f"{run.seconds:.2f} s, {run.megabytes:.0f} MB"
