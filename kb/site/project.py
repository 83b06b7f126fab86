"""A project that any generator of Markdown sites can build: where its files lie, its settings."""

import json
import re
from collections.abc import Iterable, Mapping

from kb.site.language import Language
from kb.site.relinked import relinked
from kb.words import home

PAGES = "docs/"
"""The folder of the pages, and of the files that they lead to."""
SETTINGS = "mkdocs.yml"
_STYLES = "assets/kb/"
_MENU = ("index.md", "browse.md", "map.md", "glossary.md", "status.md", "links.md", "exports.md")
_TITLE = re.compile(r'^title: (".*")$', re.M)


def project(pages: Mapping[str, str], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Everything that is written, by path: settings, and the pages with the ``files`` beside them.

    ``pages`` and ``files`` are named from the root of the site.
    """
    styles = [path for path in files if path.startswith(_STYLES) and path.endswith(".css")]
    sources = frozenset((*pages, *files))
    found = {
        f"{PAGES}{path}": relinked(path, text, sources).encode() for path, text in pages.items()
    }
    found |= {
        f"{PAGES}{path}": _anywhere(content) if path in styles else content
        for path, content in files.items()
    }
    return found | {SETTINGS: _settings(pages, styles).encode()}


def _anywhere(sheet: bytes) -> bytes:
    """A style sheet without what only one theme has: its box of text, its scheme of colours."""
    text = sheet.decode().replace(".md-typeset", ":is(.md-typeset, body)")
    light = '[data-md-color-scheme="default"] {'
    return text.replace(light, f":root,\n{light}").encode()


def _settings(pages: Mapping[str, str], styles: Iterable[str]) -> str:
    """Settings that need no extension but those of Python-Markdown itself, and name no theme: each
    generator has its own. JSON is YAML, too.
    """
    menu = [
        {_title(pages[path]): path}
        for language in Language
        for path in (f"{language.folder}{name}" for name in _MENU)
        if path in pages
    ]
    settings: dict[str, object] = {
        "site_name": home.SITE.en,
        "docs_dir": PAGES.rstrip("/"),
        "nav": menu,
        "extra_css": list(styles),
        "markdown_extensions": ["attr_list", "md_in_html", "tables", "fenced_code"],
    }
    return "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in settings.items()
    )


def _title(page: str) -> str:
    found = _TITLE.search(page)
    return str(json.loads(found[1])) if found else ""
