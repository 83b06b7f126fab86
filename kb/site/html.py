"""HTML as text: the one place where tags are put together. Pure."""

from html import escape

_VOID = frozenset({"br", "img", "input"})
_SHAPES = frozenset({"circle", "path", "rect"})


_MARKS = {ord(mark): f"&#{ord(mark)};" for mark in "\\`[]"}
"""Marks that Markdown reads before it knows that they stand in a tag."""


def attribute(text: str) -> str:
    """``text`` for an HTML attribute in double quotes, on one line, also within Markdown."""
    return escape(" ".join(text.split()), quote=True).translate(_MARKS)


def text(words: str) -> str:
    """``words`` as the text of an element: for SVG, which Markdown leaves alone."""
    return escape(words, quote=True)


def tag(name: str, /, *inside: str, **attributes: str | float | bool | None) -> str:
    """An element: attributes are escaped here, ``inside`` is HTML already.

    A final underscore of an attribute's name is dropped (``class_``), others become hyphens
    (``data_kind``). True gives an attribute without a value, None and False none at all.
    """
    shown = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return f"<{name}{shown}>"
    if name in _SHAPES and not inside:
        return f"<{name}{shown}/>"
    return f"<{name}{shown}>{''.join(inside)}</{name}>"


def link(inside: str, href: str, **attributes: str | float | bool | None) -> str:
    """A link within the site; ``inside`` is HTML already."""
    return tag("a", inside, href=href, **attributes)


def _attribute(key: str, value: str | float | bool | None) -> str:
    name = key.removesuffix("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{attribute(str(value))}"'
