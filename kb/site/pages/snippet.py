"""The parts of a page that show code: a snippet with figure, output and the place where it runs; the same with libraries; the picture on a card."""

from typing import Any

from kb.code import Code, Figure, Runtime
from kb.site.markdown import attribute, fence, prose, tabs
from kb.site.pages.words import both


def section(id: str, code: Code, texts: Any, runtime: Runtime | None) -> str:
    """The snippet of technique ``id``, all of it readable without JavaScript. ``texts`` says what it shows and how to break it, or is None."""
    if code.source is None:
        return ""
    return "".join(
        (
            '<div class="kb-snippet" markdown="1">\n\n',
            _bar(runtime),
            '<div class="kb-shown" markdown="1">\n\n',
            f'<div class="kb-figure">{picture(code.figure, "figure.svg")}</div>\n\n'
            if code.figure
            else "",
            _block("kb-output no-copy", ("recorded output", "记录的输出"), code.output, "text")
            if code.output
            else "",
            "</div>\n\n",
            tabs(prose(texts.shows.en), prose(texts.shows.zh)) + "\n" if texts else "",
            _block("kb-code no-copy", ("code", "代码"), code.source, "python"),
            tabs(
                f"**To see it break** {prose(texts.try_this.en)}",
                f"**改一改，看它怎么失效** {prose(texts.try_this.zh)}",
            )
            + "\n"
            if texts
            else "",
            _downloads(
                (f"{id}.ipynb", ("Open as a notebook", "下载为 notebook")),
                ("snippet.py", ("The file", "源文件")),
            ),
            "</div>\n",
        )
    )


def libraries(code: Code) -> str:
    """The same with today's libraries: code, recorded output, the file."""
    if code.libraries is None:
        return ""
    return "".join(
        (
            _block("kb-code", ("code", "代码"), code.libraries, "python"),
            _block(
                "kb-output no-copy",
                ("recorded output", "记录的输出"),
                code.libraries_output,
                "text",
            )
            if code.libraries_output
            else "",
            _downloads(("libraries.py", ("The file", "源文件"))),
        )
    )


def picture(figure: Figure, address: str) -> str:
    """An image of the recorded figure at ``address``; its size keeps the page still while it loads."""
    said = attribute(". ".join(part.rstrip(".") for part in (figure.title, figure.about) if part))
    return f'<img src="{address}" alt="{said}" width="480" height="320" loading="lazy" decoding="async">'


def _bar(runtime: Runtime | None) -> str:
    """Where the script puts its buttons; without a runtime, the reason why there are none."""
    if runtime is None:
        en, zh = (
            "This site was built without Python for the browser, so the code cannot be run here.",
            "本站构建时没有带上浏览器版 Python，因此这里不能运行代码。",
        )
        return f'<p class="kb-norun">{en} <span lang="zh">{zh}</span></p>\n\n'
    named = f'data-runtime="{attribute(runtime.version)}" data-numpy="{attribute(runtime.numpy)}" data-bytes="{runtime.size}"'
    return f'<div class="kb-bar"><kb-run {named}></kb-run></div>\n\n'


def _block(name: str, caption: tuple[str, str], text: str, language: str) -> str:
    """Code or output under its caption. The theme's button to copy is left to the one block of a page that stands on its own legs."""
    return f'<div class="{name}" markdown="1">\n\n<p class="kb-caption">{both(caption)}</p>\n\n{fence(text, language)}\n\n</div>\n\n'


def _downloads(*files: tuple[str, tuple[str, str]]) -> str:
    links = [f'<a href="{name}" download>{both(words)}</a>' for name, words in files]
    return f'<p class="kb-downloads">{" · ".join(links)}</p>\n\n'
