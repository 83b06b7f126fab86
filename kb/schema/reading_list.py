"""Reading lists: entries in an order that somebody chose, under headings, with remarks."""

from typing import Annotated

from pydantic import Field

from kb.schema.marks import Relates, Shown, Title
from kb.schema.parts import EdgeTo, Language, Line, Model, Part, Text, Topics, Url
from kb.words.pair import Pair


class Remark(Part):
    """Something that the list itself says, restated in our words."""

    says: Text = Field(description="The remark.")
    about: Annotated[tuple[EdgeTo, ...], Relates("mentions")] = Field(
        default=(), description="The entries that it speaks of."
    )


class Section(Part):
    """A heading of the list with what stands under it."""

    heading: Line = Field(description="The heading, as printed.")
    heading_en: Line = Field(description="The heading in English.")
    remarks: tuple[Remark, ...] = Field(default=(), description="What the list says here.")
    items: Annotated[tuple[EdgeTo, ...], Relates("lists")] = Field(
        default=(), description="The entries, in the order of the list."
    )


class ReadingList(Model):
    """An ordered reading list."""

    title: Annotated[Line, Title(), Shown(Pair("Title", "标题"))] = Field(
        description="Title, as printed."
    )
    title_en: Annotated[Line, Title("en"), Shown(Pair("English title", "英文标题"))] = Field(
        description="The title in English."
    )
    language: Annotated[Language, Shown(Pair("Language", "语言"))] = Field(
        description="The language of the list."
    )
    url: Annotated[Url | None, Shown(Pair("Address", "地址"))] = Field(
        default=None, description="Its address, if it has one."
    )
    topics: Topics
    summary: Annotated[Text, Shown(Pair("Summary", "简介"))] = Field(
        description="What the list is."
    )
    sections: Annotated[tuple[Section, ...], Shown(Pair("Sections", "章节"))] = Field(
        min_length=1, description="Its headings, in order."
    )
