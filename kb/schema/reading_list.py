"""Reading lists: entries in an order that somebody chose, under headings, with remarks."""

from pydantic import Field

from kb.schema.parts import EdgeTo, Language, Line, Model, Part, Text, Topics, Url


class Remark(Part):
    """Something that the list itself says, restated in our words."""

    says: Text = Field(description="The remark.")
    about: tuple[EdgeTo, ...] = Field(default=(), description="The entries that it speaks of.")


class Section(Part):
    """A heading of the list with what stands under it."""

    heading: Line = Field(description="The heading, as printed.")
    heading_en: Line = Field(description="The heading in English.")
    remarks: tuple[Remark, ...] = Field(default=(), description="What the list says here.")
    items: tuple[EdgeTo, ...] = Field(
        default=(), description="The entries, in the order of the list."
    )


class ReadingList(Model):
    """An ordered reading list."""

    title: Line = Field(description="Title, as printed.")
    title_en: Line = Field(description="The title in English.")
    language: Language = Field(description="The language of the list.")
    url: Url | None = Field(default=None, description="Its address, if it has one.")
    topics: Topics
    summary: Text = Field(description="What the list is.")
    sections: tuple[Section, ...] = Field(min_length=1, description="Its headings, in order.")
