"""The page that shows what the files of a pull request would look like on the site."""

from kb.code import Shelf
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import front_matter
from kb.site.pages import parts
from kb.words import adding


def page(language: Language, shelf: Shelf) -> str:
    """What it is, and where the script asks for the files; only this page may ask another host."""
    checker = shelf.checker
    host = checker.raw if checker else ""
    return "".join(
        (
            front_matter(
                language.say(adding.PREVIEW_TITLE), language.say(adding.PREVIEW_ABOUT), asks=host
            ),
            parts.title(language, adding.PREVIEW_TITLE),
            f"{language.say(adding.PREVIEW_INTRO)}\n\n",
            _form(language, shelf, host) if host else language.say(adding.PREVIEW_NONE),
            "\n",
        )
    )


def _form(language: Language, shelf: Shelf, host: str) -> str:
    checker = shelf.checker
    if checker is None:
        return ""
    form = tag(
        "kb-preview",
        tag("p", language.say(adding.ADD_SCRIPT)),
        data_version=checker.version,
        data_core=checker.core,
        data_bytes=str(checker.size),
        data_root=f"../{language.shared}",
        data_raw=host,
    )
    return tag("div", form)
