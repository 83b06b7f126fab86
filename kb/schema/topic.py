"""Topics: the tree that holds the catalogue together. All of them stand in `topics.yaml`."""

from typing import Annotated

from pydantic import Field

from kb.schema.marks import Relates, Shown, Title
from kb.schema.parts import Aliases, EdgeTo, Model, Name, Text
from kb.words import Pair


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
