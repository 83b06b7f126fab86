"""The shape of entries: one frozen Pydantic model a kind. Models hold what a person typed and do nothing."""

from kb.schema.article import About, Article
from kb.schema.paper import Paper
from kb.schema.parts import EdgeTo, Model, Evidence, Name, Text, Unconfirmed, Unproven
from kb.schema.reading_list import ReadingList
from kb.schema.resource import Resource
from kb.schema.technique import Technique
from kb.schema.topic import Topic

__all__ = [
    "About",
    "Article",
    "EdgeTo",
    "Model",
    "Evidence",
    "Name",
    "Paper",
    "ReadingList",
    "Resource",
    "Technique",
    "Text",
    "Topic",
    "Unconfirmed",
    "Unproven",
]
