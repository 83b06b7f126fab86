"""The Markdown of a page as HTML, without MkDocs, whose extensions need a file system."""

import re

from markdown import markdown

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TABLES = "markdown.extensions.tables"
_EXTENSIONS = (
    _TABLES,
    *(f"markdown.extensions.{name}" for name in ("attr_list", "fenced_code", "md_in_html", "toc")),
)
"""Those of `mkdocs.yml` as far as pages of entries without code need them."""


def html(text: str) -> str:
    """The HTML of a page, given its Markdown with front matter."""
    made: str = markdown(
        _FRONT_MATTER.sub("", text),
        extensions=_EXTENSIONS,
        extension_configs={_TABLES: {"use_align_attribute": True}},
    )
    return made
