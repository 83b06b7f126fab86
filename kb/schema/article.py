"""Articles: texts to read about papers, techniques and practice."""

import datetime
from typing import Any, Literal

from pydantic import Field, model_serializer

from kb.schema.parts import EdgeTo, Language, Line, Part, Text, Topics, Unproven, Url

Basis = Literal["named-in-title", "literal-translation", "copy-read", "third-party", "inferred"]


class About(EdgeTo):
    """What the article is about, and how we know."""

    basis: Basis = Field(description="Why we say so.")
    source: Url | None = Field(default=None, description="The copy or the page that ties the two.")

    @model_serializer(mode="wrap")
    def _in_full(self, handler: Any) -> Any:
        return handler(self)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        return handler(core)


class Copy(Part):
    """Another address that holds a copy of the same text."""

    url: Url = Field(description="The address of the copy.")
    note: Text | None = Field(default=None, description="What to know about the copy.")


class Article(Unproven):
    """A text to read: post, explainer, survey, talk report, news."""

    title: Line = Field(description="Title in the language of the article, as printed.")
    title_en: Line = Field(description="The title in English.")
    url: Url = Field(description="The address.")
    language: Language = Field(description="The language it is written in.")
    form: Literal[
        "explainer", "survey", "roundup", "news", "engineering", "talk", "thesis-report"
    ] = Field(description="The sort of text.")
    topics: Topics
    about: tuple[About, ...] = Field(
        default=(), description="Papers, techniques or resources it is about, each with its basis."
    )
    same_text: tuple[EdgeTo, ...] = Field(
        default=(), description="Articles that are the same text under another address."
    )
    published: datetime.date | None = Field(default=None, description="Day of publication.")
    publisher: Line | None = Field(
        default=None, description="Account, magazine or person that published it."
    )
    copies: tuple[Copy, ...] = Field(
        default=(), description="Other addresses of the same text that are not entries."
    )
    summary: Text | None = Field(default=None, description="What it says, in our own words.")
