"""Articles: texts to read about papers, techniques and practice."""

from typing import Annotated, Literal

from pydantic import Field

from kb.schema.marks import Address, Covers, Fact, Relates, Says, Shown, Title
from kb.schema.parts import Day, EdgeTo, Language, Line, Part, Text, Tie, Topics, Unproven, Url
from kb.words.pair import Pair

Basis = Literal["named-in-title", "literal-translation", "copy-read", "third-party", "inferred"]


class About(Tie):
    """What the article is about, and how we know."""

    bare = ""

    basis: Basis = Field(description="Why we say so.")


class Copy(Part):
    """Another address that holds a copy of the same text."""

    url: Url = Field(description="The address of the copy.")
    note: Text | None = Field(default=None, description="What to know about the copy.")


class Article(Unproven):
    """A text to read: post, explainer, survey, talk report, news."""

    title: Annotated[Line, Title(), Fact(needed=False), Shown(Pair("Title", "标题"))] = Field(
        description="Title in the language of the article, as printed."
    )
    title_en: Annotated[
        Line, Title("en"), Fact(needed=False), Shown(Pair("English title", "英文标题"))
    ] = Field(description="The title in English.")
    url: Annotated[Url, Address(own=True), Fact(needed=False), Shown(Pair("Address", "地址"))] = (
        Field(description="The address.")
    )
    language: Annotated[Language, Fact(needed=False), Shown(Pair("Language", "语言"))] = Field(
        description="The language it is written in."
    )
    form: Annotated[
        Literal["explainer", "survey", "roundup", "news", "engineering", "talk", "thesis-report"],
        Fact(needed=False),
        Shown(Pair("Form", "类型")),
    ] = Field(description="The sort of text.")
    topics: Topics
    about: Annotated[
        tuple[About, ...],
        Relates("about"),
        Says("about"),
        Covers(Pair("what it is about", "所讲内容")),
        Shown(Pair("About", "所讲")),
    ] = Field(
        default=(), description="Papers, techniques or resources it is about, each with its basis."
    )
    same_text: Annotated[
        tuple[EdgeTo, ...],
        Relates("same_text"),
        Fact(needed=False),
        Shown(Pair("Same text", "同一文本")),
    ] = Field(default=(), description="Articles that are the same text under another address.")
    published: Annotated[
        Day | None, Fact(), Covers(Pair("date", "日期")), Shown(Pair("Published", "发布日期"))
    ] = Field(default=None, description="Day of publication.")
    publisher: Annotated[
        Line | None, Fact(), Covers(Pair("publisher", "发布者")), Shown(Pair("Publisher", "发布者"))
    ] = Field(default=None, description="Account, magazine or person that published it.")
    copies: Annotated[tuple[Copy, ...], Fact(), Shown(Pair("Copies", "副本"))] = Field(
        default=(), description="Other addresses of the same text that are not entries."
    )
    summary: Annotated[
        Text | None,
        Fact(needed=False),
        Covers(Pair("summary", "摘要")),
        Shown(Pair("Summary", "摘要")),
    ] = Field(default=None, description="What it says, in our own words.")
