"""Papers: research, surveys, theses and reports, with the facts a bibliography needs."""

import json
from typing import Annotated, Literal

from pydantic import (
    Field,
    GetJsonSchemaHandler,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    StringConstraints,
    field_serializer,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from kb.schema.marks import Address, Covers, Fact, Key, Refers, Relates, Says, Shown, Title
from kb.schema.names import Author
from kb.schema.parts import (
    Grounded,
    Line,
    Part,
    Plain,
    Ref,
    Short,
    Text,
    Tie,
    Topics,
    Unproven,
    Url,
    Year,
    whole,
)
from kb.words.pair import Pair

ARXIV = (
    r"^((0[7-9]|1[0-4])(0[1-9]|1[0-2])\.\d{4}"
    r"|(1[5-9]|[2-9]\d)(0[1-9]|1[0-2])\.\d{5}|[a-z-]+(\.[A-Z]{2})?/\d{7})$"
)
"""Ids of arXiv: four digits behind the dot until 2014, five since 2015, and those before 2007."""
DOI = r"^10\.\d{4,9}/\S*[^\s.,;]$"
Arxiv = Annotated[str, StringConstraints(pattern=ARXIV), Address("https://arxiv.org/abs/{}")]
Doi = Annotated[str, StringConstraints(pattern=DOI), Address("https://doi.org/{}")]


class Appearance(Part):
    """Where the version of record appeared."""

    id: Ref = Field(description="The id of the venue in `venues.yaml`.")
    year: Year = Field(description="Year of the venue.")
    volume: Line | None = Field(default=None, description="Volume: 97 for PMLR 97.")
    number: Line | None = Field(
        default=None, description="Number of the issue, the workshop, the report or the preprint."
    )
    pages: Line | None = Field(default=None, description="First and last page: 6105-6114.")
    degree: Literal["doctor", "master"] | None = Field(
        default=None, description="The degree of a thesis; a doctor's if it does not say."
    )


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


class Span(Part):
    """A number, or a range `{from, to}`."""

    low: float = Field(alias="from", description="The number, or the lower end of the range.")
    high: float = Field(alias="to", description="The upper end of the range.")

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, value: object) -> object:
        return value if isinstance(value, dict | Span) else {"from": value, "to": value}

    @model_serializer(mode="wrap")
    def _to_number(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo) -> object:
        return self.low if self.low == self.high and not whole(info) else handler(self)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "number"}, handler(core)]}


class Quantity(Short, Grounded):
    """A number beside the result; with its own source if it stands elsewhere."""

    bare = "value"
    scalars = (int, float, str)

    value: float = Field(gt=0, description="The number.")


class Bits(Part):
    """Bit widths."""

    weight: float | None = Field(default=None, gt=0, description="Bits of a weight.")
    activation: float | None = Field(default=None, gt=0, description="Bits of an activation.")
    kv: float | None = Field(default=None, gt=0, description="Bits of the key-value cache.")


class Calibration(Part):
    """The data that a method without training was tuned on."""

    set: Line | None = Field(default=None, description="The data set.")
    samples: int | None = Field(default=None, gt=0, description="Number of samples.")
    length: int | None = Field(default=None, gt=0, description="Tokens of a sample.")


class Result(Grounded):
    """One number that the paper reports: what it is evidence of, and under which conditions."""

    of: Annotated[tuple[Ref, ...], Refers()] = Field(
        default=(), description="Techniques that it is evidence of."
    )
    with_: Annotated[tuple[Ref, ...], Refers()] = Field(
        default=(), alias="with", description="Techniques that were applied together with them."
    )
    model: Line = Field(description="The model the number is about.")
    dataset: Line = Field(description="The data set it was measured on.")
    metric: Line = Field(
        description="What was measured: top-1 accuracy, compression ratio, speed-up …"
    )
    value: Span = Field(description="The number, or a range.")
    unit: Line | None = Field(default=None, description="Its unit: %, x, ms …")
    baseline: float | None = Field(
        default=None, description="The same metric of the uncompressed model."
    )
    params: Quantity | None = Field(default=None, description="Number of parameters of the model.")
    flops: Quantity | None = Field(
        default=None, description="FLOPs for one input, as the paper counts them."
    )
    macs: Quantity | None = Field(
        default=None, description="Multiply-accumulate operations for one input."
    )
    bits: Bits | None = Field(default=None, description="Bit widths.")
    group_size: int | None = Field(default=None, gt=0, description="Weights that share a scale.")
    context: int | None = Field(default=None, gt=0, description="Tokens of context.")
    stride: int | None = Field(default=None, gt=0, description="Stride of the evaluation window.")
    split: Line | None = Field(default=None, description="Part of the data set: test, validation.")
    calibration: Calibration | None = Field(default=None, description="What it was calibrated on.")
    checkpoint: Line | None = Field(default=None, description="The weights that were started from.")
    evaluator: Line | None = Field(default=None, description="The program that measured.")
    hardware: Line | None = Field(default=None, description="What it was measured on.")
    batch: int | None = Field(default=None, gt=0, description="Inputs at a time.")
    finetuned: bool | None = Field(
        default=None, description="Whether the model was trained after compression."
    )
    version: Line | None = Field(
        default=None, description="The version of the paper that was read."
    )
    note: Text | None = Field(default=None, description="What one must know to compare the number.")


class Version(Grounded):
    """A version that differs from the version of record."""

    version: Line = Field(description="Which version: arXiv v1, journal …")
    differs: dict[Line, Plain] = Field(
        min_length=1, description="The fields that differ, each with what that version says."
    )
    note: Text | None = Field(default=None, description="What one must know about that version.")

    @field_serializer("differs", mode="wrap")
    def _as_text(
        self,
        differs: dict[str, Plain],
        handler: SerializerFunctionWrapHandler,
        info: SerializationInfo,
    ) -> dict[str, object]:
        """As typed; in full, what is not text becomes the JSON of it."""
        said: dict[str, object] = handler(differs)
        if not whole(info):
            return said
        return {
            field: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for field, value in said.items()
        }


class Paper(Unproven):
    """A paper. The file's name is its BibTeX key: surname, year, first word of the title."""

    title: Annotated[Line, Title(), Fact(), Key(), Shown(Pair("Title", "标题"))] = Field(
        description="Title of the version of record, as printed."
    )
    title_zh: Annotated[
        Line | None, Title("zh"), Fact(needed=False), Shown(Pair("Chinese title", "中文标题"))
    ] = Field(default=None, description="A Chinese title, if one is in use.")
    authors: Annotated[tuple[Author, ...], Fact(), Key(), Shown(Pair("Authors", "作者"))] = Field(
        min_length=1, description="All authors in order: full names, names in parts, organizations."
    )
    year: Annotated[Year, Fact(), Shown(Pair("Year", "年份"))] = Field(
        description="Year of the version of record."
    )
    form: Annotated[
        Literal["research", "survey", "thesis", "report"],
        Fact(needed=False),
        Shown(Pair("Form", "类型")),
    ] = Field(description="The sort of paper.")
    venue: Annotated[Appearance | None, Fact(), Shown(Pair("Venue", "发表于"))] = Field(
        default=None, description="Where the version of record appeared."
    )
    arxiv: Annotated[Arxiv | None, Fact(), Shown(Pair("arXiv", "arXiv"))] = Field(
        default=None, description="arXiv id, quoted, without version."
    )
    doi: Annotated[Doi | None, Fact(), Covers(Pair("DOI", "DOI")), Shown(Pair("DOI", "DOI"))] = (
        Field(default=None, description="DOI without any prefix.")
    )
    links: Annotated[tuple[PaperLink, ...], Fact(name="code"), Shown(Pair("Links", "链接"))] = (
        Field(default=(), description="Code, project page, slides …")
    )
    topics: Annotated[Topics, Fact(needed=False)]
    introduces: Annotated[
        tuple[Tie, ...],
        Relates("introduces"),
        Says("edge"),
        Key(),
        Shown(Pair("Introduces", "提出")),
    ] = Field(default=(), description="Techniques that the paper describes first.")
    develops: Annotated[
        tuple[Tie, ...], Relates("develops"), Says("edge"), Shown(Pair("Develops", "发展"))
    ] = Field(default=(), description="Older techniques that it extends or made known.")
    studies: Annotated[
        tuple[Tie, ...], Relates("studies"), Says("edge"), Shown(Pair("Studies", "研究"))
    ] = Field(default=(), description="Techniques that it examines or uses.")
    builds_on: Annotated[
        tuple[Tie, ...], Relates("builds_on"), Says("edge"), Shown(Pair("Builds on", "建立在"))
    ] = Field(default=(), description="Papers that it extends or relies on.")
    compares_with: Annotated[
        tuple[Tie, ...],
        Relates("compares_with"),
        Says("edge"),
        Shown(Pair("Compares itself with", "与之比较")),
    ] = Field(default=(), description="Papers that it compares itself with.")
    concurrent_with: Annotated[
        tuple[Tie, ...],
        Relates("concurrent_with"),
        Says("edge"),
        Shown(Pair("Concurrent with", "同期工作")),
    ] = Field(default=(), description="Papers that describe the same at the same time.")
    summary: Annotated[Text, Fact(), Shown(Pair("Summary", "摘要"))] = Field(
        description="What is done, why it works, what it costs: two or three sentences of our own."
    )
    results: Annotated[
        tuple[Result, ...],
        Says("row"),
        Key(),
        Covers(Pair("numbers", "数据")),
        Shown(Pair("Results", "结果")),
    ] = Field(default=(), description="Headline numbers, each with its place.")
    versions: Annotated[tuple[Version, ...], Says("version"), Shown(Pair("Versions", "版本"))] = (
        Field(default=(), description="Versions that say something else.")
    )
