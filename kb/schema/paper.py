"""Papers: research, surveys, theses and reports, with the facts a bibliography needs."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kb.schema.marks import Address, Fact, Relates, Shown, Title
from kb.schema.parts import EdgeTo, Line, Part, Text, Topics, Unproven, Url, Year
from kb.words import Pair

Arxiv = Annotated[
    str,
    StringConstraints(pattern=r"^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})$"),
    Address("https://arxiv.org/abs/{}"),
]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$"), Address("https://doi.org/{}")]


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

    title: Annotated[Line, Title(), Fact(), Shown(Pair("Title", "标题"))] = Field(
        description="Title of the version of record, as printed."
    )
    title_zh: Annotated[
        Line | None, Title("zh"), Fact(needed=False), Shown(Pair("Chinese title", "中文标题"))
    ] = Field(default=None, description="A Chinese title, if one is in use.")
    authors: Annotated[tuple[Line, ...], Fact(), Shown(Pair("Authors", "作者"))] = Field(
        min_length=1, description="All authors, in order, full names."
    )
    year: Annotated[Year, Fact(), Shown(Pair("Year", "年份"))] = Field(
        description="Year of the version of record."
    )
    form: Annotated[
        Literal["research", "survey", "thesis", "report"],
        Fact(needed=False),
        Shown(Pair("Form", "类型")),
    ] = Field(description="The sort of paper.")
    venue: Annotated[Venue | None, Fact(), Shown(Pair("Venue", "发表于"))] = Field(
        default=None, description="Where the version of record appeared."
    )
    arxiv: Annotated[Arxiv | None, Fact(), Shown(Pair("arXiv", "arXiv"))] = Field(
        default=None, description="arXiv id, quoted, without version."
    )
    doi: Annotated[Doi | None, Fact(), Shown(Pair("DOI", "DOI"))] = Field(
        default=None, description="DOI without any prefix."
    )
    links: Annotated[tuple[PaperLink, ...], Fact(name="code"), Shown(Pair("Links", "链接"))] = (
        Field(default=(), description="Code, project page, slides …")
    )
    topics: Annotated[Topics, Fact(needed=False)]
    introduces: Annotated[
        tuple[EdgeTo, ...], Relates("introduces"), Fact(), Shown(Pair("Introduces", "提出"))
    ] = Field(default=(), description="Techniques that the paper introduces.")
    studies: Annotated[
        tuple[EdgeTo, ...], Relates("studies"), Fact(needed=False), Shown(Pair("Studies", "研究"))
    ] = Field(default=(), description="Techniques that it examines or uses.")
    builds_on: Annotated[
        tuple[EdgeTo, ...], Relates("builds_on"), Fact(), Shown(Pair("Builds on", "建立在"))
    ] = Field(default=(), description="Papers that it extends or relies on.")
    compares_with: Annotated[
        tuple[EdgeTo, ...],
        Relates("compares_with"),
        Fact(needed=False),
        Shown(Pair("Compares itself with", "与之比较")),
    ] = Field(default=(), description="Papers that it compares itself with.")
    summary: Annotated[Text, Fact(), Shown(Pair("Summary", "摘要"))] = Field(
        description="What is done, why it works, what it costs: two or three sentences of our own."
    )
    results: Annotated[tuple[Result, ...], Fact(), Shown(Pair("Results", "结果"))] = Field(
        default=(), description="Headline numbers, each with its place."
    )
    versions: Annotated[tuple[Version, ...], Fact(), Shown(Pair("Versions", "版本"))] = Field(
        default=(), description="Versions that say something else."
    )
