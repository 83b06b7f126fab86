"""The parts of a page that show code: snippet, output, figure, today's libraries."""

from kb.code import Code, Runtime
from kb.schema import Text
from kb.schema.technique import Snippet
from kb.site.html import link, tag
from kb.site.language import Language
from kb.site.markdown import fence, prose
from kb.site.pages import trial
from kb.site.pages.parts import beside
from kb.words import captions
from kb.words.pair import Pair

_SHORT = 20
"""Lines of code that are not worth a fold."""


def panel(language: Language, id: str, code: Code, texts: Snippet | None) -> str:
    """The figure of technique ``id`` with its control: claims, knobs and experiments.

    One block of HTML, since it is the first thing after the idea. Nothing without a snippet.
    """
    if code.source is None:
        return ""
    shown = picture(language, code, beside(language, id, ""), lazy=False)
    figure = tag("div", shown, class_="kb-figure") if shown else ""
    tried = trial.section(language, code, texts) if texts else ""
    look = tag("div", figure, class_="kb-look")
    return tag("div", look, tried, class_="kb-panel kb-lab", id="experiment") + "\n\n"


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
        _folded(language, "kb-code no-copy", code.source),
        _box("kb-shown", _output(language, code.output)) + "\n",
        prose(language.say(texts.shows)) + "\n\n" if texts and texts.shows else "",
        trial.agreement(language, texts.texts) if texts else "",
        _break_it(language, texts.try_this) + "\n\n" if texts and texts.try_this else "",
        _downloads(
            language, id, (f"{id}.ipynb", captions.NOTEBOOK), ("snippet.py", captions.SOURCE_FILE)
        ),
    )


def libraries(language: Language, id: str, code: Code) -> str:
    """The same with today's libraries: code, recorded output, the file."""
    if code.libraries is None:
        return ""
    return "".join(
        (
            _output(language, code.libraries_output),
            _folded(language, "kb-code", code.libraries),
            _downloads(language, id, ("libraries.py", captions.SOURCE_FILE)),
        )
    )


def picture(language: Language, code: Code, folder: str, lazy: bool = True) -> str:
    """The recorded figure of ``code``, whose files lie in ``folder``; nothing without one.

    Its words are Chinese on Chinese pages if that was recorded. Its size keeps the page still while
    it loads. ``lazy``: it may be far below what is seen first.
    """
    chinese = code.chinese if language is Language.CHINESE else None
    figure, name = (chinese, "figure.zh.svg") if chinese else (code.figure, "figure.svg")
    if figure is None:
        return ""
    return tag(
        "img",
        lang=None if chinese or language is Language.ENGLISH else Language.ENGLISH.value,
        src=f"{folder}{name}",
        alt=". ".join(part.rstrip(captions.STOPS) for part in (figure.title, figure.about) if part),
        width=480,
        height=320,
        loading="lazy" if lazy else None,
        decoding="async",
    )


def _output(language: Language, output: str | None) -> str:
    return (
        _block(language, "kb-output no-copy", captions.RECORDED, output, "text") if output else ""
    )


def _break_it(language: Language, try_this: Text) -> str:
    return f"**{language.say(captions.BREAK_IT)}** {prose(language.say(try_this))}"


def _bar(language: Language, runtime: Runtime | None) -> str:
    """Where the script puts its buttons; without a runtime, the reason why there are none."""
    if runtime is None:
        return tag("p", language.say(captions.NO_RUNTIME), class_="kb-norun")
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


def _folded(language: Language, name: str, source: str) -> str:
    """Code under a line that says how long it is; short code is not folded."""
    count = len(source.strip("\n").split("\n"))
    if count <= _SHORT:
        return _block(language, name, captions.CODE, source, "python")
    said = tag("summary", language.say(captions.ALL_LINES.fill(count=count)))
    inside = _box(name, f"{fence(source, 'python')}\n\n")
    return f'<details class="kb-fold" markdown="1">\n{said}\n\n{inside}\n</details>\n\n'


def _box(name: str, *inside: str) -> str:
    """A box whose inside is Markdown."""
    return f'<div class="{name}" markdown="1">\n\n{"".join(inside)}</div>\n'


def _downloads(language: Language, id: str, *files: tuple[str, Pair]) -> str:
    links = [
        link(language.say(caption), beside(language, id, name), download=True)
        for name, caption in files
    ]
    return tag("p", " · ".join(links), class_="kb-downloads") + "\n\n"
