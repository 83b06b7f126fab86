"""The parts of a page that show code: snippet, output, figure, today's libraries."""

from kb import words
from kb.code import Code, Runtime
from kb.schema import Text
from kb.schema.technique import Snippet
from kb.site.html import link, tag
from kb.site.language import Language
from kb.site.markdown import fence, prose
from kb.site.pages import trial
from kb.site.pages.parts import beside
from kb.words import Pair


def section(
    language: Language, id: str, code: Code, texts: Snippet | None, runtime: Runtime | None
) -> str:
    """The snippet of technique ``id``, readable without JavaScript.

    ``texts`` says what it shows and how to break it; None: nothing is said.
    """
    if code.source is None:
        return ""
    return _box(
        "kb-snippet",
        f"{_bar(language, runtime)}\n\n",
        _box("kb-shown", _figure(language, id, code), _output(language, code.output)) + "\n",
        trial.section(language, code, texts) if texts else "",
        prose(language.say(texts.shows)) + "\n\n" if texts and texts.shows else "",
        trial.agreement(language, texts.texts) if texts else "",
        _block(language, "kb-code no-copy", words.CODE, code.source, "python"),
        _break_it(language, texts.try_this) + "\n\n" if texts and texts.try_this else "",
        _downloads(
            language, id, (f"{id}.ipynb", words.NOTEBOOK), ("snippet.py", words.SOURCE_FILE)
        ),
    )


def libraries(language: Language, id: str, code: Code) -> str:
    """The same with today's libraries: code, recorded output, the file."""
    if code.libraries is None:
        return ""
    return "".join(
        (
            _block(language, "kb-code", words.CODE, code.libraries, "python"),
            _output(language, code.libraries_output),
            _downloads(language, id, ("libraries.py", words.SOURCE_FILE)),
        )
    )


def picture(language: Language, code: Code, folder: str) -> str:
    """The recorded figure of ``code``, whose files lie in ``folder``; nothing without one.

    Its words are Chinese on Chinese pages if that was recorded. Its size keeps the page still while
    it loads.
    """
    chinese = code.chinese if language is Language.CHINESE else None
    figure, name = (chinese, "figure.zh.svg") if chinese else (code.figure, "figure.svg")
    if figure is None:
        return ""
    return tag(
        "img",
        lang=None if chinese or language is Language.ENGLISH else Language.ENGLISH.value,
        src=f"{folder}{name}",
        alt=". ".join(part.rstrip(words.STOPS) for part in (figure.title, figure.about) if part),
        width=480,
        height=320,
        loading="lazy",
        decoding="async",
    )


def _figure(language: Language, id: str, code: Code) -> str:
    shown = picture(language, code, beside(language, id, ""))
    return tag("div", shown, class_="kb-figure") + "\n\n" if shown else ""


def _output(language: Language, output: str | None) -> str:
    return _block(language, "kb-output no-copy", words.RECORDED, output, "text") if output else ""


def _break_it(language: Language, try_this: Text) -> str:
    return f"**{language.say(words.BREAK_IT)}** {prose(language.say(try_this))}"


def _bar(language: Language, runtime: Runtime | None) -> str:
    """Where the script puts its buttons; without a runtime, the reason why there are none."""
    if runtime is None:
        return tag("p", language.say(words.NO_RUNTIME), class_="kb-norun")
    button = tag(
        "kb-run",
        data_runtime=runtime.version,
        data_numpy=runtime.numpy,
        data_bytes=runtime.size,
    )
    return tag("div", button, class_="kb-bar")


def _block(language: Language, name: str, caption: Pair, text: str, syntax: str) -> str:
    """Code or output under its caption. Only self-contained code keeps the theme's copy button."""
    said = tag("p", language.say(caption), class_="kb-caption")
    return _box(name, f"{said}\n\n", f"{fence(text, syntax)}\n\n") + "\n"


def _box(name: str, *inside: str) -> str:
    """A box whose inside is Markdown."""
    return f'<div class="{name}" markdown="1">\n\n{"".join(inside)}</div>\n'


def _downloads(language: Language, id: str, *files: tuple[str, Pair]) -> str:
    links = [
        link(language.say(caption), beside(language, id, name), download=True)
        for name, caption in files
    ]
    return tag("p", " · ".join(links), class_="kb-downloads") + "\n\n"
