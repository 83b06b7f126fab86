"""Resources: things to use, such as libraries, engines, lists of links, data sets, courses."""

from typing import Literal

from pydantic import Field

from kb.schema.article import About
from kb.schema.parts import EdgeTo, Language, Line, Text, Topics, Unproven, Url


class Resource(Unproven):
    """A thing to use."""

    title: Line = Field(description="Its name, as its makers write it.")
    title_en: Line | None = Field(
        default=None, description="The name in English, if the title is not."
    )
    url: Url = Field(description="Its address.")
    language: Language = Field(description="The language of its documentation.")
    form: Literal["library", "engine", "link-list", "dataset", "course", "tool", "code"] = Field(
        description="The sort of thing."
    )
    topics: Topics
    implements: tuple[EdgeTo, ...] = Field(
        default=(), description="Techniques or papers that it implements."
    )
    about: tuple[About, ...] = Field(
        default=(), description="What it is about, each with its basis."
    )
    license: Line | None = Field(default=None, description="SPDX name of its licence.")
    status: Literal["active", "archived", "inactive", "discontinued"] | None = Field(
        default=None, description="Whether it is looked after."
    )
    summary: Text = Field(description="What it is good for, in our own words.")
