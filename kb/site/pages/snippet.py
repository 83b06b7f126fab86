"""The parts of a page that show code: snippet, output, figure, today's libraries."""

from kb import words
from kb.code import Code, Figure, Runtime
from kb.schema import Text
from kb.schema.technique import Snippet
from kb.site.html import link, tag
from kb.site.language import both
from kb.site.markdown import fence, prose, prose_tabs, tabs
from kb.site.pages import trial
from kb.words import Pair


def section(id: str, code: Code, texts: Snippet | None, runtime: Runtime | None) -> str:
    """The snippet of technique ``id``, readable without JavaScript.

    ``texts`` says what it shows and how to break it; None: nothing is said.
    """
    if code.source is None:
        return ""
    return _box(
        "kb-snippet",
        f"{_bar(runtime)}\n\n",
        _box("kb-shown", _figure(code.figure), _output(code.output)) + "\n",
        trial.section(code, texts) if texts else "",
        prose_tabs(texts.shows) + "\n" if texts and texts.shows else "",
        trial.agreement(texts.texts) + "\n" if texts and texts.texts else "",
        _block("kb-code no-copy", words.CODE, code.source, "python"),
        _break_it(texts.try_this) + "\n" if texts and texts.try_this else "",
        _downloads((f"{id}.ipynb", words.NOTEBOOK), ("snippet.py", words.SOURCE_FILE)),
    )


def libraries(code: Code) -> str:
    """The same with today's libraries: code, recorded output, the file."""
    if code.libraries is None:
        return ""
    return "".join(
        (
            _block("kb-code", words.CODE, code.libraries, "python"),
            _output(code.libraries_output),
            _downloads(("libraries.py", words.SOURCE_FILE)),
        )
    )


def picture(figure: Figure, address: str) -> str:
    """The recorded figure at ``address``; its size keeps the page still while it loads."""
    return tag(
        "img",
        src=address,
        alt=". ".join(part.rstrip(".") for part in (figure.title, figure.about) if part),
        width=480,
        height=320,
        loading="lazy",
        decoding="async",
    )


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return tag("div", picture(figure, "figure.svg"), class_="kb-figure") + "\n\n"


def _output(output: str | None) -> str:
    return _block("kb-output no-copy", words.RECORDED, output, "text") if output else ""


def _break_it(try_this: Text) -> str:
    return tabs(
        f"**{words.BREAK_IT.en}** {prose(try_this.en)}",
        f"**{words.BREAK_IT.zh}** {prose(try_this.zh)}",
    )


def _bar(runtime: Runtime | None) -> str:
    """Where the script puts its buttons; without a runtime, the reason why there are none."""
    if runtime is None:
        return tag("p", both(words.NO_RUNTIME), class_="kb-norun")
    button = tag(
        "kb-run",
        data_runtime=runtime.version,
        data_numpy=runtime.numpy,
        data_bytes=runtime.size,
    )
    return tag("div", button, class_="kb-bar")


def _block(name: str, caption: Pair, text: str, language: str) -> str:
    """Code or output under its caption. Only self-contained code keeps the theme's copy button."""
    said = tag("p", both(caption), class_="kb-caption")
    return _box(name, f"{said}\n\n", f"{fence(text, language)}\n\n") + "\n"


def _box(name: str, *inside: str) -> str:
    """A box whose inside is Markdown."""
    return f'<div class="{name}" markdown="1">\n\n{"".join(inside)}</div>\n'


def _downloads(*files: tuple[str, Pair]) -> str:
    links = [link(both(caption), name, download=True) for name, caption in files]
    return tag("p", " · ".join(links), class_="kb-downloads") + "\n\n"
