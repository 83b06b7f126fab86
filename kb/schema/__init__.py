"""The shape of entries: a frozen Pydantic model for each kind, holding what a person typed."""

from kb.schema.article import About, Article
from kb.schema.paper import Paper
from kb.schema.parts import EdgeTo, Evidence, Model, Name, Text, Unconfirmed, Unproven
from kb.schema.reading_list import ReadingList
from kb.schema.resource import Resource
from kb.schema.technique import Technique
from kb.schema.topic import Topic

__all__ = [
    "About",
    "Article",
    "EdgeTo",
    "Evidence",
    "Model",
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
