"""Rules on results: what the rows of a paper are evidence of, and how their numbers are written."""

import re
import unicodedata
from collections.abc import Iterator

from kb import meant
from kb.near import Nearest, asked
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Paper, Technique, Tie
from kb.source.mends import Mend


def unrelated_row(knowledge: Knowledge) -> Iterator[Trouble]:
    """A result is evidence of something that its paper is not tied to.

    Why it matters: the number appears on the page of that technique.

    Example:

        of: [huffman-coding] in a paper that neither introduces, develops nor studies it

    Instead: name a technique that the paper introduces, develops or studies, or add that relation.
    """
    for entry in knowledge.of(Paper):
        if not entry.knows("introduces", "develops", "studies", "results"):
            continue
        tied = [one.id for ties in _ties(entry.model) for one in ties]
        misnamed = not all(map(knowledge.catalog.known, tied))  # what a row says may be right
        near = Nearest()
        for number, row in enumerate(entry.model.results):
            for place, id in enumerate(row.of):
                if id not in tied and not misnamed:
                    yield Trouble(
                        entry,
                        ("results", number, "of", place),
                        f"the paper is not tied to `{id}`",
                        asked(near(id, "of", tied)) or _untied(knowledge, id),
                    )
            for place, id in enumerate(row.with_):
                found = knowledge.catalog.known(id)
                if not knowledge.catalog.unsure and (
                    found is None or not isinstance(found.model, Technique)
                ):
                    yield Trouble(
                        entry,
                        ("results", number, "with", place),
                        f"`{id}` is not a technique",
                        "name techniques that were applied together",
                    )


def _untied(knowledge: Knowledge, id: str) -> str:
    """What to do about ``id``, to which a paper is not tied and of which a row is evidence."""
    found = knowledge.catalog.known(id)
    if found and not isinstance(found.model, Technique):
        return f"`{id}` is a {found.kind}; name the technique, or leave `of` out"
    return f"add `{id}` to `studies`, or correct it"


def _ties(paper: Paper) -> tuple[tuple[Tie, ...], ...]:
    return paper.introduces, paper.develops, paper.studies


_QUALITY = re.compile(
    r"accuracy|error|precision|recall|\b(mAP|AP|BLEU|mIoU|IoU|F1|WER)\b", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(gain(ed|s)?|drop(ped|s)?|loss(es)?|lost|increase[ds]?|decrease[ds]?|improve(ment|ments|d)?|"
    r"lower|higher|better|worse|difference|degradation|degraded|deterioration|decline[ds]?|"
    r"reduction|reduced|delta|gap|advantage|penalty)\b|Δ",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(at|with|without|for|in)\b", re.IGNORECASE)


def odd_percentage(knowledge: Knowledge) -> Iterator[Trouble]:
    """A unit is written in another way than everywhere, or a share of hits is above 100%, or tiny.

    Why it matters: results are sorted and compared by value and unit.

    Example:

        {metric: top-1 accuracy, value: 753, unit: "%"} for 75.3

    Instead: {metric: top-1 accuracy, value: 75.3, unit: "%"}
    """
    for entry in knowledge.of(Paper):
        for number, row in enumerate(entry.model.results or ()):
            unit = unicodedata.normalize("NFKC", (row.unit or "")[:40])
            usual = meant.UNITS.get(unit)
            if usual and usual != row.unit:
                keys = ("results", number, "unit")
                said = f"the unit `{row.unit}` is written `{usual}` here"
                yield Trouble(entry, keys, said, f"write `{usual}`", Mend(keys, usual))
            if row.unit == "%" and _counts_hits(row.metric or ""):
                sizes = {"value": row.value and row.value.high, "baseline": row.baseline}
                for name, size in sizes.items():
                    if size and not 1 <= size <= 100:
                        yield Trouble(
                            entry,
                            ("results", number, name),
                            f"`{name}` is {size:g}%, which no {row.metric[:40]} is likely to be",
                            "write the percentage itself, such as 75.3",
                        )


_HITS = re.compile(r"\b(accuracy|precision|recall|mAP|mIoU|F1)\b", re.IGNORECASE)


def _counts_hits(metric: str) -> bool:
    """Whether ``metric`` is the share of what is right, not a change of it nor that of errors."""
    return bool(_HITS.search(metric)) and not _CHANGE.search(metric) and "err" not in metric.lower()


def hidden_points(knowledge: Knowledge) -> Iterator[Trouble]:
    """A difference of two percentages has the unit `%`.

    Why it matters: 2% less than 80% is 78.4%, two points less is 78%.

    Example:

        {metric: top-1 accuracy gain, value: 1.1, unit: "%"}

    Instead: unit: points; if it is relative, say `relative` in the metric.
    """
    for entry in knowledge.of(Paper):
        for number, row in enumerate(entry.model.results or ()):
            said = _CONDITION.split(row.metric or "")[0]
            hidden = row.unit == "%" and _QUALITY.search(row.metric or "") and _CHANGE.search(said)
            if hidden and "relative" not in row.metric.lower():
                yield Trouble(
                    entry,
                    ("results", number, "unit"),
                    f"`{row.metric}` is a difference of percentages, its unit is `%`",
                    "write `unit: points`; if it is relative, say so in `metric`",
                )


def small_count(knowledge: Knowledge) -> Iterator[Trouble]:
    """A count of parameters or operations is below a thousand.

    Why it matters: papers count in millions; a number without them is wrong by a factor of 10⁶, and
    results are compared by it.

    Example:

        params: 25.6

    Instead: write the number out, with its power of ten: params: 25.6e6
    """
    for entry in knowledge.of(Paper):
        for number, row in enumerate(entry.model.results or ()):
            for name in _COUNTS:
                count = row.__dict__.get(name)
                if count and count.value and count.value < _LEAST:
                    yield Trouble(
                        entry,
                        ("results", number, name),
                        f"`{name}` is {count.value:g}, which no network is likely to have",
                        f"write it out: {count.value:g}e6 for millions, {count.value:g}e9 for "
                        "billions",
                    )


_COUNTS = ("params", "flops", "macs")
_LEAST = 1000
