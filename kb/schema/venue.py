"""Venues: where papers appear.

All of them stand in `venues.yaml`, a table that is not a kind of entry.
"""

from typing import Literal

from pydantic import Field

from kb.schema.parts import Line, Model


class Venue(Model):
    """A venue; its id is its key in `venues.yaml`. What varies by year stands with the paper."""

    short: Line = Field(description="Usual short name: ICML, CVPR, arXiv …")
    name: Line = Field(
        description="Title of the proceedings or the journal; "
        "`{year}` and `{number}` are filled in."
    )
    type: Literal["conference", "journal", "workshop", "preprint", "thesis"] = Field(
        description="The sort of venue."
    )
    series: Line | None = Field(default=None, description="The series in which it appears: PMLR …")
    publisher: Line | None = Field(default=None, description="Who publishes it.")
    place: Line | None = Field(default=None, description="Where it is always held, if it is.")
