"""Resources: things to use, such as libraries, engines, lists of links, data sets, courses."""

from typing import Annotated, Literal

from pydantic import Field

from kb.schema.article import About
from kb.schema.marks import Address, Covers, Fact, Key, Refers, Relates, Says, Shown, Title
from kb.schema.parts import Day, Language, Line, Ref, Text, Tie, Topics, Unproven, Url
from kb.words.pair import Pair


class Implementation(Tie):
    """What a resource implements, and how that stood on a day."""

    status: Literal["active", "superseded", "ended"] | None = Field(
        default=None, description="Whether the implementation is still offered."
    )
    as_of: Day | None = Field(default=None, description="The day for which the status holds.")
    by: Annotated[Ref | None, Refers()] = Field(
        default=None, description="The resource that took its place."
    )


class Resource(Unproven):
    """A thing to use."""

    title: Annotated[Line, Title(), Fact(), Key(), Shown(Pair("Title", "标题"))] = Field(
        description="Its name, as its makers write it."
    )
    title_en: Annotated[
        Line | None, Title("en"), Fact(needed=False), Shown(Pair("English title", "英文标题"))
    ] = Field(default=None, description="The name in English, if the title is not.")
    url: Annotated[Url, Address(own=True), Fact(), Key(), Shown(Pair("Address", "地址"))] = Field(
        description="Its address."
    )
    language: Annotated[Language, Fact(needed=False), Shown(Pair("Language", "语言"))] = Field(
        description="The language of its documentation."
    )
    form: Annotated[
        Literal["library", "engine", "link-list", "dataset", "course", "tool", "code"],
        Fact(needed=False),
        Shown(Pair("Form", "类型")),
    ] = Field(description="The sort of thing.")
    topics: Topics
    implements: Annotated[
        tuple[Implementation, ...],
        Relates("implements"),
        Says("edge"),
        Key(),
        Shown(Pair("Implements", "实现")),
    ] = Field(default=(), description="Techniques or papers that it implements.")
    about: Annotated[
        tuple[About, ...], Relates("about"), Says("about"), Shown(Pair("About", "所讲"))
    ] = Field(default=(), description="What it is about, each with its basis.")
    license: Annotated[
        Line | None, Fact(), Covers(Pair("licence", "许可证")), Shown(Pair("Licence", "许可证"))
    ] = Field(default=None, description="SPDX name of its licence.")
    status: Annotated[
        Literal["active", "archived", "inactive", "discontinued"] | None,
        Fact(),
        Covers(Pair("status", "维护状态")),
        Shown(Pair("Status", "维护状态")),
    ] = Field(default=None, description="Whether it is looked after.")
    summary: Annotated[Text, Fact(needed=False), Shown(Pair("Summary", "简介"))] = Field(
        description="What it is good for, in our own words."
    )
