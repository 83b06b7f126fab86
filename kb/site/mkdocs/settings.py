"""The project's mkdocs.yml as MkDocs reads it, for the build and for the preview."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from kb.site.language import Language
from kb.site.mkdocs.plugin import Plugin, locate
from kb.site.mkdocs.translate import translate
from kb.words import vocabularies

NAME = "mkdocs.yml"


class CannotStart(Exception):
    """There is nothing that could be built or shown; the message says what is needed."""


def configured(
    root: Path | None, strict: bool = False, language: Language = Language.ENGLISH
) -> tuple[MkDocsConfig, Plugin]:
    """The configuration in the working directory and our plugin in it.

    ``root`` replaces the catalogue that is named there; ``language`` is that of the tree.

    Raises CannotStart.
    """
    if not Path(NAME).is_file():
        raise CannotStart(
            f"there is no `{NAME}` in `{Path.cwd()}`; run this in the folder of the project"
        )
    with noted() as said:
        try:
            config = load_config(NAME, strict=strict)
        except (MkDocsException, OSError) as error:
            why = " ".join(("; ".join(said) or str(error)).split())
            raise CannotStart(f"`{NAME}` cannot be used: {why}") from None
    plugin = config.plugins.get("kb")
    if not isinstance(plugin, Plugin):
        raise CannotStart(f"`{NAME}` does not name the plugin `kb`; add it under `plugins`")
    if root:
        plugin.config.catalog = str(root.resolve())
    locate(config)
    plugin.language = language
    unknown = translate(config, language) if language is not Language.ENGLISH else []
    if unknown and strict:
        other = vocabularies.LANGUAGES[language.value].en
        raise CannotStart(
            f"`{unknown[0]}` in `{NAME}` has no words in {other}; "
            "add a pair to `SETTINGS` in `kb/words/frame.py`"
        )
    if not plugin.catalog.is_dir():
        raise CannotStart(f"{plugin.catalog} is not a folder")
    return config, plugin


@contextlib.contextmanager
def noted(level: int = logging.WARNING) -> Iterator[list[str]]:
    """Collects what MkDocs logs at ``level`` or above, instead of printing it."""
    said: list[str] = []
    handler = _Notes(said, level)
    logger = logging.getLogger("mkdocs")
    kept, logger.level = logger.level, level
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.setLevel(kept)


class _Notes(logging.Handler):
    def __init__(self, said: list[str], level: int) -> None:
        super().__init__(level)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
