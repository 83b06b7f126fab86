"""The two trees of pages, one a language: which files a tree holds, and how their pages pair up."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from kb.site.language import Language

REFERENCE = "reference.md"
"""The page about those that exist in English only."""


@dataclass(frozen=True, slots=True)
class Other:
    """Where the switch of a page leads, and the addresses of the page in all languages.

    ``url`` is from the root of the site; ``alternates`` are (`hreflang`, address), none for a page
    that exists in one language only.
    """

    language: Language
    url: str
    alternates: tuple[tuple[str, str], ...] = ()


def belongs(path: str, language: Language) -> bool:
    """Whether the source file at ``path`` is a page of the tree in ``language``."""
    return path.startswith(Language.CHINESE.folder) == (language is Language.CHINESE)


def prune(files: Files, language: Language) -> None:
    """Leave out of the tree in ``language`` what is not its own; the other tree can be linked to.

    Files that are no pages are shared: they belong to the English tree.
    """
    english = language is Language.ENGLISH
    for file in files:
        own = belongs(file.src_uri, language) if file.is_documentation_page() else english
        if not own:
            file.inclusion = InclusionLevel.EXCLUDED


def written_in_both(files: Files) -> frozenset[str]:
    """The hand-written pages that exist in both languages, by path in a tree."""
    found = {file.src_uri for file in files if file.is_documentation_page()}
    return frozenset(path for path in found if f"{Language.CHINESE.folder}{path}" in found)


def other(language: Language, file: File, paired: bool, config: MkDocsConfig) -> Other:
    """Where the switch of the page of ``file`` leads from the tree in ``language``.

    ``paired``: the page exists in both; if not, there is a page about it in the other tree.
    """
    there = language.other
    if not paired:
        part = PurePosixPath(file.src_uri).parts[0].removesuffix(".md")
        return Other(there, f"{there.folder}{REFERENCE.removesuffix('.md')}/#{part}")
    url = "" if file.url in (".", "./") else file.url.removeprefix(language.folder)
    found = {one.value: f"{config.site_url}{one.folder}{url}" for one in Language}
    alternates = (*found.items(), ("x-default", found[Language.ENGLISH.value]))
    return Other(there, f"{there.folder}{url}", alternates if config.site_url else ())
