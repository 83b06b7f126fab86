"""The page of the exports: what, how large, under which licence, how to read it, checksums."""

import hashlib
from collections.abc import Mapping

from kb.recipes import RECIPES
from kb.schema import VERSION
from kb.site.html import link
from kb.site.language import Language
from kb.site.markdown import front_matter
from kb.site.pages import parts
from kb.words import reference

FOLDER = "exports/"
CHECKSUMS = "exports/SHA256SUMS"


def page(language: Language, files: Mapping[str, bytes]) -> str:
    """What can be downloaded; ``files`` are the exports by their path from the root of the site."""
    return "".join(
        (
            front_matter(
                language.say(reference.EXPORTS_TITLE), language.say(reference.EXPORTS_ABOUT)
            ),
            parts.title(language, reference.EXPORTS_TITLE),
            f"{language.say(reference.EXPORTS_INTRO)}\n\n",
            _table(language, files),
            parts.section(
                language, reference.DATA_LICENCE, language.say(reference.EXPORTS_LICENCE)
            ),
            parts.section(
                language,
                reference.SCHEMA_VERSION,
                language.say(reference.SCHEMA_VERSION_IS).replace("{n}", str(VERSION)),
            ),
            parts.heading(language, reference.HOW_TO_READ),
            *(_recipes(language, file) for file in files if file in RECIPES),
            parts.section(language, reference.PLAIN_TEXT, language.say(reference.PLAIN_TEXT_IS)),
            parts.heading(language, reference.CHECKSUMS),
            f"{language.say(reference.CHECKSUMS_ARE)}\n\n```text\n{checksums(files)}```\n",
        )
    )


def checksums(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of each file, as `sha256sum --check` reads it in the folder of exports."""
    return "".join(
        f"{hashlib.sha256(files[path]).hexdigest()}  {_from_folder(path)}\n"
        for path in sorted(files)
        if path != CHECKSUMS
    )


def _from_folder(path: str) -> str:
    """``path``, from the root of the site, as seen from the folder of exports."""
    return path.removeprefix(FOLDER) if path.startswith(FOLDER) else f"../{path}"


def _table(language: Language, files: Mapping[str, bytes]) -> str:
    rows = [
        parts.row(
            link(path.removeprefix(FOLDER), f"../{language.shared}{path}", download=True),
            _size(len(made)),
            language.say(reference.EXPORTS[path]) if path in reference.EXPORTS else "",
        )
        for path, made in files.items()
        if path != CHECKSUMS
    ]
    return parts.table(
        language, (reference.FILE, reference.FILE_SIZE, reference.CONTENT), "|---|--:|---|", rows
    )


def _size(count: int) -> str:
    return f"{max(round(count / 1000), 1):,} kB" if count else "0 kB"


def _recipes(language: Language, file: str) -> str:
    """A heading with the file's name, what one must know, and a block for each program."""
    note = (
        language.say(reference.EXPORT_NOTES[file]) + "\n\n"
        if file in reference.EXPORT_NOTES
        else ""
    )
    blocks = [
        f"{one.program}:\n\n``` {{ .{one.language} .no-copy }}\n{_with_word(one.code)}\n```\n"
        for one in RECIPES[file]
    ]
    return f"\n### {file.removeprefix(FOLDER)}\n\n{note}" + "\n".join(blocks)


def _with_word(code: str) -> str:
    return code.replace("{word}", reference.WORD_TO_FIND.zh)
