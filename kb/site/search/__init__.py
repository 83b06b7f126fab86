"""The search: what it knows of each entry, and the small files in which a page looks that up."""

from kb.site.search.index import files
from kb.site.search.records import Indexed, records

__all__ = ["Indexed", "files", "records"]
