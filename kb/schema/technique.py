"""Techniques: ways to make a network smaller or faster, with idea, formula, cost and limits."""

from typing import Annotated, Literal

from pydantic import Field

from kb.schema.marks import Fact, Relates, Shown, Title
from kb.schema.parts import Aliases, EdgeTo, Name, Part, Prose, Text, Topics, Unproven, Year
from kb.words import Pair

Saving = Literal[
    "stored-size", "compute", "latency", "energy", "bandwidth", "memory", "training-cost"
]
Need = Literal["data", "retraining", "special-hardware", "labels", "search", "sparse-kernels"]


class Formula(Part):
    """A formula and what it says."""

    tex: Prose = Field(description="LaTeX; rendered to MathML when the site is built.")
    says: Text = Field(description="The formula in words, with its symbols.")


class Snippet(Part):
    """What the reader should see in the code of the page, and how to break it."""

    shows: Text = Field(description="What the figure shows, and how far it agrees with the paper.")
    try_this: Text = Field(description="What to change in the code to see the technique break.")


class Technique(Unproven):
    """A technique."""

    name: Annotated[Name, Title(), Fact(needed=False), Shown(Pair("Name", "名称"))] = Field(
        description="Its name in both languages."
    )
    aliases: Annotated[Aliases, Fact(needed=False), Shown(Pair("Other names", "别名"))] = Field(
        default=Aliases(), description="Other names, for the search."
    )
    topics: Topics
    year: Annotated[Year | None, Fact(), Shown(Pair("Introduced", "提出年份"))] = Field(
        default=None, description="The year in which it was introduced."
    )
    idea: Annotated[Text, Fact(), Shown(Pair("Idea", "要点"))] = Field(
        description="The idea in one sentence."
    )
    explanation: Annotated[Text, Fact(needed=False), Shown(Pair("How it works", "原理"))] = Field(
        description="How it works and why, in a few sentences."
    )
    formulas: Annotated[tuple[Formula, ...], Fact(), Shown(Pair("Formula", "公式"))] = Field(
        default=(), description="The formulas that matter."
    )
    saves: Annotated[tuple[Saving, ...], Fact(needed=False), Shown(Pair("Saves", "节省"))] = Field(
        default=(), description="What it saves; nothing for techniques that only train better."
    )
    needs: Annotated[tuple[Need, ...], Fact(needed=False), Shown(Pair("Needs", "需要"))] = Field(
        default=(), description="What it needs."
    )
    gains: Annotated[Text, Fact(needed=False), Shown(Pair("Gains", "收益"))] = Field(
        description="What it saves, in words."
    )
    costs: Annotated[Text, Fact(needed=False), Shown(Pair("Costs", "代价"))] = Field(
        description="What it costs."
    )
    fails: Annotated[Text, Fact(needed=False), Shown(Pair("When it fails", "何时失效"))] = Field(
        description="When it does not work."
    )
    snippet: Snippet | None = Field(
        default=None, description="What its snippet.py shows; given when that file exists."
    )
    requires: Annotated[
        tuple[EdgeTo, ...],
        Relates("requires"),
        Fact(needed=False),
        Shown(Pair("Understand first", "先修")),
    ] = Field(default=(), description="Techniques to understand first.")
    variant_of: Annotated[
        tuple[EdgeTo, ...],
        Relates("variant_of"),
        Fact(needed=False),
        Shown(Pair("Variant of", "变体")),
    ] = Field(default=(), description="Techniques of which it is a variant.")
    alternative_to: Annotated[
        tuple[EdgeTo, ...],
        Relates("alternative_to"),
        Fact(needed=False),
        Shown(Pair("Alternative to", "可替代")),
    ] = Field(default=(), description="Techniques that do the same job another way.")
    combines: Annotated[
        tuple[EdgeTo, ...],
        Relates("combines"),
        Fact(needed=False),
        Shown(Pair("Combines with", "适合搭配")),
    ] = Field(default=(), description="Techniques that it works well with.")
