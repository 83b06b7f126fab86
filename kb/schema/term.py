"""Terms: the words of the field and what else they are called. All stand in `vocabulary.yaml`.

A table that is not a kind of entry: it is the glossary, and the search finds entries by it.
"""

from pydantic import Field

from kb.schema.parts import Aliases, Id, Line, Model, Name, Text


class Term(Model):
    """A term; its id is its key in `vocabulary.yaml`. All its words find the same."""

    name: Name = Field(description="The term in both languages.")
    abbreviations: tuple[Line, ...] = Field(
        default=(), description="What it is shortened to: PTQ, BN …"
    )
    aliases: Aliases = Field(
        default=Aliases(), description="What else it is called, typing habits included."
    )
    taiwan: tuple[Line, ...] = Field(
        default=(),
        description="What it is called in Taiwan, where that differs by more than the characters.",
    )
    former: Aliases = Field(
        default=Aliases(), description="Terms that are no longer used, in our texts or elsewhere."
    )
    leads_to: tuple[Id, ...] = Field(
        default=(), description="Entries that who looks for the term wants to find, best first."
    )
    authors: tuple[Line, ...] = Field(
        default=(),
        description="Of a person: the name or names as printed in papers. The term finds these.",
    )
    meaning: Text | None = Field(
        default=None, description="What it means, in a sentence; without it the glossary omits it."
    )
