"""The settings of mkdocs.yml, which are in English, in another language."""

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from kb import words
from kb.site.language import Language
from kb.site.pages import FOR_READERS

log = logging.getLogger("mkdocs.plugins.kb")
_WORDS = {pair.en: pair for pair in words.SETTINGS}


def translate(config: MkDocsConfig, language: Language) -> None:
    """Say everything in ``config`` that readers see in ``language``; the menu leads to its pages.

    What `kb.words.SETTINGS` does not know is a warning, and stays as it is.
    """
    config.theme["language"] = language.value
    config.site_name = _said(config.site_name, language)
    config.site_description = _said(config.site_description or "", language)
    config.nav = _menu(config.nav or [], language, Path(config.docs_dir))
    config.extra["homepage"] = language.folder
    for palette in config.theme["palette"]:
        palette["toggle"]["name"] = _said(palette["toggle"]["name"], language)
    contents = config.mdx_configs.setdefault("toc", {})
    contents["permalink_title"] = _said(contents.get("permalink_title", ""), language)


def _menu(
    items: list[dict[str, object]], language: Language, docs: Path
) -> list[dict[str, object]]:
    """The menu without the pages that exist in English only."""
    found: list[dict[str, object]] = []
    for item in items:
        for title, inside in item.items():
            if isinstance(inside, list):
                found.append({_said(title, language): _menu(inside, language, docs)})
            elif inside in FOR_READERS or (docs / language.folder / str(inside)).is_file():
                found.append({_said(title, language): f"{language.folder}{inside}"})
    return found


def _said(text: str, language: Language) -> str:
    if text and text not in _WORDS:
        log.warning("`%s` in mkdocs.yml has no words in `kb.words.SETTINGS`; add a pair", text)
    return language.say(_WORDS[text]) if text in _WORDS else text
