"""The page of the exports: what, how large, under which licence, how to read it, checksums."""

import hashlib
from collections.abc import Mapping

from kb import words
from kb.recipes import RECIPES
from kb.schema import VERSION
from kb.site.html import link
from kb.site.language import Language
from kb.site.markdown import front_matter
from kb.site.pages import parts

FOLDER = "exports/"
CHECKSUMS = "exports/SHA256SUMS"


def page(language: Language, files: Mapping[str, bytes]) -> str:
    """What can be downloaded; ``files`` are the exports by their path from the root of the site."""
    return "".join(
        (
            front_matter(language.say(words.EXPORTS_TITLE), language.say(words.EXPORTS_ABOUT)),
            parts.title(language, words.EXPORTS_TITLE),
            f"{language.say(words.EXPORTS_INTRO)}\n\n",
            _table(language, files),
            parts.section(language, words.LICENCE, language.say(words.EXPORTS_LICENCE)),
            parts.section(
                language,
                words.SCHEMA_VERSION,
                language.say(words.SCHEMA_VERSION_IS).replace("{n}", str(VERSION)),
            ),
            parts.heading(language, words.HOW_TO_READ),
            *(_recipes(language, file) for file in files if file in RECIPES),
            parts.section(language, words.PLAIN_TEXT, language.say(words.PLAIN_TEXT_IS)),
            parts.heading(language, words.CHECKSUMS),
            f"{language.say(words.CHECKSUMS_ARE)}\n\n```text\n{checksums(files)}```\n",
        )
    )


def checksums(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of each file in the folder of exports, as `sha256sum --check` reads it."""
    inside = [path for path in sorted(files) if path.startswith(FOLDER) and path != CHECKSUMS]
    return "".join(
        f"{hashlib.sha256(files[path]).hexdigest()}  {path.removeprefix(FOLDER)}\n"
        for path in inside
    )


def _table(language: Language, files: Mapping[str, bytes]) -> str:
    rows = [
        parts.row(
            link(path.removeprefix(FOLDER), f"../{language.shared}{path}", download=True),
            _size(len(made)),
            language.say(words.EXPORTS[path]) if path in words.EXPORTS else "",
        )
        for path, made in files.items()
        if path != CHECKSUMS
    ]
    return parts.table(language, (words.FILE, words.SIZE, words.CONTENT), "|---|--:|---|", rows)


def _size(count: int) -> str:
    return f"{max(round(count / 1000), 1):,} kB"


def _recipes(language: Language, file: str) -> str:
    """A heading with the file's name, what one must know, and a block for each program."""
    note = language.say(words.EXPORT_NOTES[file]) + "\n\n" if file in words.EXPORT_NOTES else ""
    blocks = [
        f"{one.program}:\n\n``` {{ .{one.language} .no-copy }}\n{_with_word(one.code)}\n```\n"
        for one in RECIPES[file]
    ]
    return f"\n### {file.removeprefix(FOLDER)}\n\n{note}" + "\n".join(blocks)


def _with_word(code: str) -> str:
    return code.replace("{word}", words.WORD_TO_FIND.zh)
