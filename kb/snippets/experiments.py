"""Experiments: a snippet with one exact change, and whether that breaks what was foretold."""

from collections.abc import Iterable, Mapping, Sequence

from kb.schema.technique import Change, Experiment, Snippet
from kb.snippets.run import Run, Way

OFTEN = 0.9
"""In how many fresh draws an experiment that removes the idea has to break its claim."""


class UnfitChange(ValueError):
    """A change that does not fit the code: its old text is not there exactly once."""


def changed(source: str, change: Change) -> str:
    """``source`` with the one place that ``change`` names replaced. Raises UnfitChange."""
    count = source.count(change.old)
    if count != 1:
        raise UnfitChange(f"`{change.old}` occurs {count} times in the code; it has to occur once")
    return source.replace(change.old, change.new)


def ways(source: str, experiments: Iterable[Experiment], plain: Way) -> list[Way]:
    """The way to run each experiment, on the draws of ``plain``.

    Raises UnfitChange with its name.
    """
    found = []
    for one in experiments:
        try:
            code = changed(source, one.change)
        except UnfitChange as error:
            raise UnfitChange(f"experiment `{one.name}`: {error}") from None
        found.append(Way(plain.seeds, plain.reseed, code, one.name))
    return found


def surprise(experiment: Experiment, run: Run) -> str:
    """How what ``run`` broke differs from what ``experiment`` foretells; nothing if it does not."""
    broken = {told.name for told in run.fallen}
    if broken == set(experiment.breaks):
        return ""
    return f"breaks {_listed(broken)}; expected {_listed(experiment.breaks)}"


def removes_idea(experiment: Experiment) -> bool:
    """Whether it takes out what gives the technique its name."""
    return experiment.removes == "idea"


def too_rarely(texts: Snippet, runs: Sequence[Run]) -> list[str]:
    """The experiments without the idea that leave the main claim standing too often, of those that
    were ``runs``, one sentence each.
    """
    main = next(iter(texts.claims), "")
    found = []
    for one in filter(removes_idea, texts.experiments):
        mine = [run for run in runs if run.way.name == one.name]
        count = sum(main in {told.name for told in run.fallen} for run in mine)
        if count < OFTEN * len(mine):
            found.append(
                f"experiment `{one.name}` breaks `{main}` on {count} of {len(mine)} draws; "
                f"expected {OFTEN:.0%} or more"
            )
    return found


def sentences(run: Run, claims: Mapping[str, str]) -> list[str]:
    """What no longer holds, a sentence each: ``claims`` has the English of every name."""
    return [
        f"claim `{told.name}` does not hold"
        + (f", on {told.on} of {told.of} seeds" if told.of > 1 else "")
        + (f": {claims[told.name]}" if told.name in claims else "")
        for told in run.fallen
    ]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or "nothing"
