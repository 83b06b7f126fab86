"""Topics: the tree that holds the catalogue together. All of them stand in `topics.yaml`."""

from pydantic import Field

from kb.schema.parts import Aliases, EdgeTo, Model, Name, Text


class Topic(Model):
    """A topic. Its id is its key in `topics.yaml`."""

    name: Name = Field(description="Its name in both languages.")
    broader: EdgeTo | None = Field(default=None, description="The topic above it.")
    aliases: Aliases = Field(default=Aliases(), description="Other names, for the search.")
    summary: Text = Field(description="What holds the topic together, in a paragraph.")
