"""The page of the kind of entry that a test adds."""

from kb.catalog import Entry
from kb.code import Shelf
from kb.graph import Graph
from kb.schema import Model
from kb.site.language import Language
from kb.site.pages import parts


def render(language: Language, graph: Graph, entry: Entry[Model], shelf: Shelf) -> str:
    """Its name and kind."""
    return parts.opening(language, graph, entry)
