"""The settings of mkdocs.yml, which are in English, in another language."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from kb.site import guide
from kb.site.language import Language
from kb.site.pages import FOR_READERS
from kb.words import frame

_WORDS = {pair.en: pair for pair in frame.SETTINGS}


def translate(config: MkDocsConfig, language: Language) -> list[str]:
    """Say everything in ``config`` that readers see in ``language``; the menu leads to its pages.

    Returns what `kb.words.frame.SETTINGS` does not know; it stays as it is.
    """
    texts = _Texts(language)
    config.theme["language"] = language.value
    config.site_name = texts.said(config.site_name)
    config.site_description = texts.said(config.site_description or "")
    config.nav = _menu(config.nav or [], texts, Path(config.docs_dir))
    config.extra["homepage"] = language.folder
    for palette in config.theme["palette"]:
        palette["toggle"]["name"] = texts.said(palette["toggle"]["name"])
    contents = config.mdx_configs.setdefault("toc", {})
    contents["permalink_title"] = texts.said(contents.get("permalink_title", ""))
    return texts.unknown


class _Texts:
    """Says texts of the settings in ``language``, and keeps those that it does not know."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.unknown: list[str] = []

    def said(self, text: str) -> str:
        if text in _WORDS:
            return self.language.say(_WORDS[text])
        if text:
            self.unknown.append(text)
        return text


def _menu(items: list[dict[str, object]], texts: _Texts, docs: Path) -> list[dict[str, object]]:
    """The menu without the pages that exist in English only."""
    folder = texts.language.folder
    found: list[dict[str, object]] = []
    for item in items:
        for title, inside in item.items():
            if isinstance(inside, list):
                found.append({texts.said(title): _menu(inside, texts, docs)})
            elif inside in FOR_READERS or _written(f"{folder}{inside}", docs):
                found.append({texts.said(title): f"{folder}{inside}"})
    return found


def _written(path: str, docs: Path) -> bool:
    """Whether somebody has written the page at ``path``: in ``docs``, or as a guide."""
    return path in guide.PAGES.values() or (docs / path).is_file()
