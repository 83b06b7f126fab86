"""Techniques: ways to make a network smaller or faster, with idea, formula, cost and limits."""

from typing import Annotated, Literal

from pydantic import Field

from kb.schema.marks import Covers, Fact, Key, Refers, Relates, Says, Shown, Title
from kb.schema.names import Author
from kb.schema.parts import (
    Aliases,
    Day,
    Grounded,
    Id,
    Line,
    Name,
    Part,
    Prose,
    Ref,
    Statement,
    Text,
    Tie,
    Topics,
    Unproven,
    Url,
    Year,
)
from kb.schema.parts import Key as Named
from kb.words.pair import Pair

Saving = Literal[
    "stored-size", "compute", "latency", "energy", "bandwidth", "memory", "training-cost"
]
Need = Literal["data", "retraining", "special-hardware", "labels", "search", "sparse-kernels"]


Network = Literal["cnn", "transformer", "rnn", "language-model", "any"]


class Formula(Grounded):
    """A formula and what it says."""

    tex: Prose = Field(description="LaTeX; rendered to MathML when the site is built.")
    says: Text = Field(description="The formula in words, with its symbols.")


class Origin(Grounded):
    """The first description of a technique, as far as it is known."""

    year: Year = Field(description="The year of the first description.")
    paper: Annotated[Ref | None, Relates("origin")] = Field(
        default=None, description="The paper that describes it first, if it is an entry."
    )
    title: Line | None = Field(default=None, description="Its title, if it has no entry.")
    authors: tuple[Author, ...] = Field(default=(), description="Its authors.")
    url: Url | None = Field(default=None, description="Its address.")
    note: Text | None = Field(default=None, description="What was looked for.")


class Today(Grounded):
    """What practice makes of a technique on a day."""

    verdict: Literal["default", "niche", "superseded", "history"] = Field(
        description="How it is used today."
    )
    by: Annotated[Ref | None, Refers()] = Field(
        default=None, description="The technique that took its place."
    )
    library: Line | None = Field(default=None, description="A library in which it is found.")
    as_of: Day = Field(description="The day for which this holds.")
    text: Text = Field(description="The verdict in a sentence.")


class Exercise(Part):
    """A question for the reader."""

    ask: Text = Field(description="The question.")
    answer: Text = Field(description="The answer.")


class Agreement(Part):
    """How far the toy agrees with the paper."""

    reproduced: Text | None = Field(default=None, description="What the toy shows.")
    not_reproduced: Text | None = Field(default=None, description="What it does not show.")
    why: Text | None = Field(default=None, description="Why it does not.")


class Knob(Part):
    """A constant of the code that a reader may turn."""

    constant: Line = Field(description="Its name in the code.")
    low: float = Field(alias="from", description="The lowest value.")
    high: float = Field(alias="to", description="The highest value.")
    step: float = Field(gt=0, description="The step between two values.")
    label: Text = Field(description="What it is.")


class Change(Part):
    """A change to the code."""

    old: Prose = Field(
        alias="from", description="The text that is replaced; it occurs in the code once."
    )
    new: Prose = Field(alias="to", description="What takes its place.")


class Experiment(Part):
    """A change to the snippet, which claims it breaks, and what that teaches."""

    name: Id = Field(description="Its name.")
    label: Name = Field(description="What its button says.")
    change: Change = Field(description="What to change.")
    removes: Line | None = Field(
        default=None,
        description="What is taken out, in a word; `idea` for what is the technique's own.",
    )
    breaks: tuple[Id, ...] = Field(
        default=(), description="The claims that no longer hold; none if all of them still do."
    )
    because: Text = Field(description="Why they do not, or why nothing changes.")


class Snippet(Part):
    """What the reader should see in the code of the page, and how to break it."""

    kind: Literal["experiment", "identity", "arithmetic", "history"] | None = Field(
        default=None, description="How the code makes its point."
    )
    claims: dict[Named, Text] = Field(
        default_factory=dict,
        description="What the code claims, each under its name; main claim first. "
        "`{CONSTANT}` stands for the value of a knob.",
    )
    figure: dict[Line, Line] = Field(
        default_factory=dict,
        description="Words of the figure, each with its Chinese; `about` is its description.",
    )
    texts: Agreement | None = Field(default=None, description="How far it agrees with the paper.")
    knobs: tuple[Knob, ...] = Field(default=(), description="Constants that a reader may turn.")
    experiments: tuple[Experiment, ...] = Field(
        default=(), description="Changes that break a claim."
    )
    shows: Text | None = Field(
        default=None, description="What the figure shows, and how far it agrees with the paper."
    )
    try_this: Text | None = Field(
        default=None, description="What to change in the code to see the technique break."
    )


class Technique(Unproven):
    """A technique."""

    name: Annotated[Name, Title(), Fact(needed=False), Shown(Pair("Name", "名称"))] = Field(
        description="Its name in both languages."
    )
    aliases: Annotated[Aliases, Fact(needed=False), Shown(Pair("Other names", "别名"))] = Field(
        default=Aliases(), description="Other names, for the search."
    )
    topics: Topics
    origin: Annotated[
        Origin | None,
        Says("origin"),
        Key(),
        Covers(Pair("origin", "起源")),
        Shown(Pair("Origin", "起源")),
    ] = Field(default=None, description="The first description.")
    idea: Annotated[
        tuple[Statement, ...], Says("statement"), Key(), Shown(Pair("Idea", "要点"))
    ] = Field(min_length=1, description="The idea, one claim a statement.")
    explanation: Annotated[
        tuple[Statement, ...], Says("statement"), Shown(Pair("How it works", "原理"))
    ] = Field(min_length=1, description="How it works and why, one claim a statement.")
    formulas: Annotated[
        tuple[Formula, ...],
        Says("formula"),
        Key(),
        Covers(Pair("formula", "公式")),
        Shown(Pair("Formula", "公式")),
    ] = Field(default=(), description="The formulas that matter.")
    saves: Annotated[tuple[Saving, ...], Fact(needed=False), Shown(Pair("Saves", "节省"))] = Field(
        default=(), description="What it saves; nothing for techniques that only train better."
    )
    needs: Annotated[tuple[Need, ...], Fact(needed=False), Shown(Pair("Needs", "需要"))] = Field(
        default=(), description="What it needs."
    )
    gains: Annotated[tuple[Statement, ...], Says("statement"), Shown(Pair("Gains", "收益"))] = (
        Field(min_length=1, description="What it saves, one claim a statement.")
    )
    costs: Annotated[tuple[Statement, ...], Says("statement"), Shown(Pair("Costs", "代价"))] = (
        Field(min_length=1, description="What it costs, one claim a statement.")
    )
    fails: Annotated[
        tuple[Statement, ...], Says("statement"), Key(), Shown(Pair("When it fails", "何时失效"))
    ] = Field(min_length=1, description="When it does not work, one claim a statement.")
    snippet: Snippet | None = Field(
        default=None, description="What its snippet.py shows; given when that file exists."
    )
    requires: Annotated[
        tuple[Tie, ...],
        Relates("requires"),
        Says("edge"),
        Shown(Pair("Understand first", "先修")),
    ] = Field(default=(), description="Techniques to understand first.")
    variant_of: Annotated[
        tuple[Tie, ...],
        Relates("variant_of"),
        Says("edge"),
        Shown(Pair("Variant of", "变体")),
    ] = Field(default=(), description="Techniques of which it is a variant.")
    alternative_to: Annotated[
        tuple[Tie, ...],
        Relates("alternative_to"),
        Says("edge"),
        Shown(Pair("Alternative to", "可替代")),
    ] = Field(default=(), description="Techniques that do the same job another way.")
    combines: Annotated[
        tuple[Tie, ...],
        Relates("combines"),
        Says("edge"),
        Shown(Pair("Combines with", "适合搭配")),
    ] = Field(default=(), description="Techniques that it works well with.")
    supersedes: Annotated[
        tuple[Tie, ...], Relates("supersedes"), Says("edge"), Shown(Pair("Supersedes", "取代"))
    ] = Field(default=(), description="Techniques whose place it took.")
    networks: Annotated[tuple[Network, ...], Shown(Pair("Networks", "适用网络"))] = Field(
        default=(), description="Networks that it is used on."
    )
    bits: Annotated[tuple[float, ...], Shown(Pair("Bits", "位宽"))] = Field(
        default=(), description="Bit widths that it reaches."
    )
    hardware: Annotated[tuple[Line, ...], Shown(Pair("Hardware", "硬件"))] = Field(
        default=(), description="Hardware on which it pays."
    )
    today: Annotated[Today | None, Says("statement"), Shown(Pair("Today", "现状"))] = Field(
        default=None, description="What practice makes of it."
    )
    misconceptions: Annotated[tuple[Text, ...], Shown(Pair("Misconceptions", "常见误解"))] = Field(
        default=(), description="What people get wrong."
    )
    exercises: Annotated[tuple[Exercise, ...], Shown(Pair("Exercises", "练习"))] = Field(
        default=(), description="Questions for the reader."
    )
