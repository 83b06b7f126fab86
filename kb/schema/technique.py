"""Techniques: ways to make a network smaller or faster, with idea, formula, cost and limits."""

from typing import Literal

from pydantic import Field

from kb.schema.parts import Aliases, EdgeTo, Name, Part, Prose, Text, Topics, Unproven, Year

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

    name: Name = Field(description="Its name in both languages.")
    aliases: Aliases = Field(default=Aliases(), description="Other names, for the search.")
    topics: Topics
    year: Year | None = Field(default=None, description="The year in which it was introduced.")
    idea: Text = Field(description="The idea in one sentence.")
    explanation: Text = Field(description="How it works and why, in a few sentences.")
    formulas: tuple[Formula, ...] = Field(default=(), description="The formulas that matter.")
    saves: tuple[Saving, ...] = Field(
        default=(), description="What it saves; nothing for techniques that only train better."
    )
    needs: tuple[Need, ...] = Field(default=(), description="What it needs.")
    gains: Text = Field(description="What it saves, in words.")
    costs: Text = Field(description="What it costs.")
    fails: Text = Field(description="When it does not work.")
    snippet: Snippet | None = Field(
        default=None, description="What its snippet.py shows; given when that file exists."
    )
    requires: tuple[EdgeTo, ...] = Field(default=(), description="Techniques to understand first.")
    variant_of: tuple[EdgeTo, ...] = Field(
        default=(), description="Techniques of which it is a variant."
    )
    alternative_to: tuple[EdgeTo, ...] = Field(
        default=(), description="Techniques that do the same job another way."
    )
    combines: tuple[EdgeTo, ...] = Field(
        default=(), description="Techniques that it works well with."
    )
