"""Topics: the tree that holds the catalogue together. All of them stand in `topics.yaml`."""

from typing import Annotated

from pydantic import Field

from kb.schema.marks import Refers, Relates, Shown, Title
from kb.schema.parts import Aliases, EdgeTo, Model, Name, Part, Ref, Text
from kb.words.pair import Pair


class Question(Part):
    """What one asks of every method of a topic."""

    ask: Text = Field(description="The question, in a few words.")
    answer: Text = Field(description="The answers that the methods give, in a sentence or two.")


class Group(Part):
    """Techniques of a topic that belong together."""

    name: Name = Field(description="What they are called together.")
    says: Text | None = Field(default=None, description="What they have in common, in a sentence.")
    techniques: Annotated[tuple[Ref, ...], Refers()] = Field(
        min_length=1, description="Their ids, in reading order."
    )


class Named(Part):
    """A method that papers introduce and that has no page of its own."""

    name: Name = Field(description="What it is called.")
    says: Text = Field(description="What it does, in a sentence.")
    papers: Annotated[tuple[Ref, ...], Refers()] = Field(
        min_length=1, description="The papers that describe it, the first one first."
    )


class Topic(Model):
    """A topic. Its id is its key in `topics.yaml`."""

    name: Annotated[Name, Title(), Shown(Pair("Name", "名称"))] = Field(
        description="Its name in both languages."
    )
    broader: Annotated[EdgeTo | None, Relates("broader"), Shown(Pair("Part of", "属于"))] = Field(
        default=None, description="The topic above it."
    )
    aliases: Annotated[Aliases, Shown(Pair("Other names", "别名"))] = Field(
        default=Aliases(), description="Other names, for the search."
    )
    summary: Annotated[Text, Shown(Pair("Summary", "简介"))] = Field(
        description="What holds the topic together, in a paragraph."
    )
    questions: Annotated[tuple[Question, ...], Shown(Pair("Questions", "问题"))] = Field(
        default=(), description="The questions that its methods answer; three are enough."
    )
    groups: Annotated[tuple[Group, ...], Shown(Pair("Groups", "分组"))] = Field(
        default=(),
        description="Its techniques in groups; those that no group names stand at the end.",
    )
    named: Annotated[
        tuple[Named, ...], Shown(Pair("Methods without a page", "没有单独页面的方法"))
    ] = Field(default=(), description="Methods that papers introduce and that have no page yet.")
