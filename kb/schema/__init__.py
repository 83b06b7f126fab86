"""The shape of entries: a frozen Pydantic model for each kind, holding what a person typed."""

from kb.schema.article import About, Article
from kb.schema.names import Author
from kb.schema.paper import Appearance, Paper
from kb.schema.parts import (
    Cite,
    EdgeTo,
    Grounded,
    Model,
    Name,
    Open,
    Source,
    Statement,
    Text,
    Tie,
    Unproven,
)
from kb.schema.reading_list import ReadingList
from kb.schema.resource import Resource
from kb.schema.technique import Technique
from kb.schema.term import Term
from kb.schema.topic import Topic
from kb.schema.venue import Venue

VERSION = 1
"""The version of the fields: raised when one is renamed, dropped, or changes its shape."""

__all__ = [
    "VERSION",
    "About",
    "Appearance",
    "Article",
    "Author",
    "Cite",
    "EdgeTo",
    "Grounded",
    "Model",
    "Name",
    "Open",
    "Paper",
    "ReadingList",
    "Resource",
    "Source",
    "Statement",
    "Technique",
    "Term",
    "Text",
    "Tie",
    "Topic",
    "Unproven",
    "Venue",
]
