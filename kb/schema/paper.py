"""Papers: research, surveys, theses and reports, with the facts a bibliography needs."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kb.schema.parts import EdgeTo, Line, Part, Text, Topics, Unproven, Url, Year

Arxiv = Annotated[str, StringConstraints(pattern=r"^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})$")]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")]

PAPER_FACTS = (
    "title",
    "authors",
    "year",
    "venue",
    "arxiv",
    "doi",
    "code",
    "introduces",
    "builds_on",
    "summary",
    "results",
    "versions",
)


class Venue(Part):
    """Where the version of record appeared."""

    name: Line = Field(description="Usual short name: ICML, CVPR, AAAI, arXiv …")
    year: Year = Field(description="Year of the venue.")
    type: Literal["conference", "journal", "workshop", "preprint", "thesis"] = Field(
        description="The sort of venue."
    )
    volume: Line | None = Field(default=None, description="Volume or series: PMLR 97.")


class PaperLink(Part):
    """An address that belongs to the paper."""

    role: Literal["code", "project", "pdf", "slides", "video", "data"] = Field(
        description="What the address holds."
    )
    url: Url = Field(description="The address.")
    official: bool = Field(
        default=False, description="True only if the authors say that it is theirs."
    )
    note: Text | None = Field(default=None, description="Anything a reader should know about it.")


class Result(Part):
    """One number that the paper reports, with the place where it stands."""

    model: Line = Field(description="The model the number is about.")
    dataset: Line = Field(description="The data set it was measured on.")
    metric: Line = Field(
        description="What was measured: top-1 accuracy, compression ratio, speed-up …"
    )
    value: float = Field(description="The number.")
    unit: Line | None = Field(default=None, description="Its unit: %, x, ms …")
    baseline: float | None = Field(
        default=None, description="The same metric of the uncompressed model."
    )
    params: float | None = Field(
        default=None, gt=0, description="Number of parameters of the model."
    )
    flops: float | None = Field(
        default=None, gt=0, description="FLOPs for one input, as the paper counts them."
    )
    macs: float | None = Field(
        default=None, gt=0, description="Multiply-accumulate operations for one input."
    )
    seen_in: Line = Field(description="Where in the paper it stands: abstract, Table 2 …")
    version: Line | None = Field(
        default=None, description="The version of the paper that was read."
    )
    note: Text | None = Field(default=None, description="What one must know to compare the number.")


class Version(Part):
    """A version that differs from the version of record."""

    version: Line = Field(description="Which version: arXiv v1, journal …")
    differs: tuple[Line, ...] = Field(min_length=1, description="The fields that differ.")
    note: Text = Field(description="What that version says.")


class Paper(Unproven):
    """A paper. The file's name is its BibTeX key: surname, year, first word of the title."""

    title: Line = Field(description="Title of the version of record, as printed.")
    title_zh: Line | None = Field(default=None, description="A Chinese title, if one is in use.")
    authors: tuple[Line, ...] = Field(
        min_length=1, description="All authors, in order, full names."
    )
    year: Year = Field(description="Year of the version of record.")
    form: Literal["research", "survey", "thesis", "report"] = Field(
        description="The sort of paper."
    )
    venue: Venue | None = Field(default=None, description="Where the version of record appeared.")
    arxiv: Arxiv | None = Field(default=None, description="arXiv id, quoted, without version.")
    doi: Doi | None = Field(default=None, description="DOI without any prefix.")
    links: tuple[PaperLink, ...] = Field(default=(), description="Code, project page, slides …")
    topics: Topics
    introduces: tuple[EdgeTo, ...] = Field(
        default=(), description="Techniques that the paper introduces."
    )
    studies: tuple[EdgeTo, ...] = Field(
        default=(), description="Techniques that it examines or uses."
    )
    builds_on: tuple[EdgeTo, ...] = Field(
        default=(), description="Papers that it extends or relies on."
    )
    compares_with: tuple[EdgeTo, ...] = Field(
        default=(), description="Papers that it compares itself with."
    )
    summary: Text = Field(
        description="What is done, why it works, what it costs: two or three sentences of our own."
    )
    results: tuple[Result, ...] = Field(
        default=(), description="Headline numbers, each with its place."
    )
    versions: tuple[Version, ...] = Field(
        default=(), description="Versions that say something else."
    )
