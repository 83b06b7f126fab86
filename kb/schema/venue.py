"""Venues: where papers appear.

All of them stand in `venues.yaml`, a table that is not a kind of entry.
"""

from typing import Literal

from pydantic import Field

from kb.schema.parts import Line, Model, Part, Year


class Renamed(Part):
    """A later title."""

    since: Year = Field(description="The first year with that title.")
    name: Line = Field(description="The title, with the same slots.")


class FormerPublisher(Part):
    """Who published it before."""

    until: Year = Field(description="The last year that appeared there.")
    name: Line = Field(description="The publisher.")


class Volumes(Part):
    """Volumes that are counted by the year."""

    zero: Year = Field(
        description="The year before that of volume 1: NeurIPS, volume 32 in 2019, has 1987."
    )
    since: Year | None = Field(
        default=None,
        description="The first year for which this holds, if volumes were counted in another way "
        "before.",
    )


class Venue(Model):
    """A venue; its id is its key in `venues.yaml`. What varies by year stands with the paper."""

    short: Line = Field(description="Usual short name: ICML, CVPR, arXiv …")
    name: Line = Field(
        description="Title of the proceedings or the journal; "
        "`{year}`, `{number}` and `{ordinal}` are filled in."
    )
    type: Literal["conference", "journal", "workshop", "preprint", "thesis", "report"] = Field(
        description="The sort of venue; of a thesis or report, who issued it."
    )
    renamed: tuple[Renamed, ...] = Field(default=(), description="Titles that it took later.")
    year_zero: Year | None = Field(
        default=None,
        description="The year before the first, if it is held every year: "
        "ICML, the 36th in 2019, has 1983; `{ordinal}` is counted from it.",
    )
    volumes: Volumes | None = Field(
        default=None,
        description="How the volume follows from the year, if there is one each year; papers need "
        "not repeat it.",
    )
    series: Line | None = Field(default=None, description="The series in which it appears: PMLR …")
    publisher: Line | None = Field(default=None, description="Who publishes it.")
    former_publishers: tuple[FormerPublisher, ...] = Field(
        default=(), description="Who published it before, each with its last year."
    )
    place: Line | None = Field(default=None, description="Where it is always held, if it is.")
