"""Addresses in HTML by its standard: attributes that lead somewhere, and bare addresses in what
readers see. What is code is no link.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

from lxml import etree

from kb.lists import prose
from kb.lists.destination import fault, is_address, written
from kb.lists.mention import Found, MalformedAddress, Mention, Unreadable

_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "base": (),
    "blockquote": ("cite",),
    "body": ("background",),
    "button": ("formaction",),
    "del": ("cite",),
    "embed": ("src",),
    "form": ("action",),
    "frame": ("src",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "input": ("src", "formaction"),
    "ins": ("cite",),
    "link": ("href", "to"),
    "object": ("data",),
    "q": ("cite",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
_ANYWHERE = ("xlink:href",)
_OF_COMPONENTS = ("href", "src", "to", "url")  # of tags that HTML does not have, as in MDX
_MAY_BE_EMPTY = ("action", "formaction", "to", "url")
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*url\s*=\s*[\"']?([^\"']*)", re.I)
_BREAK = re.compile(r"</?wbr\s*/?>", re.I)  # a line may be broken there, also inside an address
_ONLY_HOSTS = ("preconnect", "dns-prefetch")
_UNSEEN = ("script", "style", "code", "pre", "kbd", "samp", "textarea", "title", "a")
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s[^,]*)?(?:,|\Z)")
_TAG = re.compile(r"<[A-Za-z]")
_LIMIT = etree.ErrorTypes.ERR_RESOURCE_LIMIT  # the parser stops there, and loses the rest


def addresses(text: str, first: int = 1) -> Found:
    """Each address in the HTML ``text``, whose first line has the number ``first``.

    Raises Unreadable.
    """
    if (tree := _tree(text)) is None:
        return
    base = _base(tree)
    for node in tree.iter():
        line = first + (node.sourceline or 1) - 1
        if isinstance(node.tag, str):
            yield from _of_attributes(node, (line, 1), base, _text)
        yield from _of_texts(node, line)


def opened(tag: str, at: tuple[int, int], text: Callable[[], str]) -> Found:
    """Each address in the attributes of a single ``tag``; ``text`` is what stands behind it."""
    if not _TAG.match(tag) or (tree := _tree(tag)) is None:
        return
    for node in tree.iter():
        if isinstance(node.tag, str):
            yield from _of_attributes(node, at, "", lambda _: text())


def _tree(text: str) -> "etree._Element | None":
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    content = _BREAK.sub("", text).replace("\0", "\ufffd").encode(errors="replace")
    if not content.strip():
        return None
    tree = etree.fromstring(content, parser)
    if any(one.type == _LIMIT for one in parser.error_log):
        raise Unreadable("it is nested too deeply; give a flatter file, or add `--as text`")
    return tree


def _base(tree: "etree._Element") -> str:
    found = tree.find(".//base[@href]")
    base = "" if found is None else written(found.get("href") or "")
    return base if is_address(base) and not fault(base) else ""


def _of_attributes(
    node: "etree._Element",
    at: tuple[int, int],
    base: str,
    text: "Callable[[etree._Element], str]",
) -> Found:
    if node.tag == "meta":
        yield from _of_refresh(node, at, base)
        return
    for name in (*_ATTRIBUTES.get(str(node.tag), _OF_COMPONENTS), *_ANYWHERE):
        value = node.get(name)
        if value is None or (name in _MAY_BE_EMPTY and not value.strip()):
            continue
        if node.tag == "link" and node.get("rel", "").lower() in _ONLY_HOSTS:
            continue
        for url in _CANDIDATE.findall(value) if name == "srcset" else [value]:
            yield from _destination(written(url), at, base, text(node) if node.tag == "a" else "")


def _of_refresh(node: "etree._Element", at: tuple[int, int], base: str) -> Found:
    if node.get("http-equiv", "").lower() == "refresh" and (
        found := _REFRESH.match(node.get("content", ""))
    ):
        yield from _destination(written(found[1]), at, base, "")


def _destination(url: str, at: tuple[int, int], base: str, title: str) -> Found:
    if wrong := fault(url):
        yield MalformedAddress(*at, wrong.message, wrong.instead)
        return
    if base:
        url = urljoin(base, url)
    if is_address(url):
        yield Mention(url, *at, title)


def _of_texts(node: "etree._Element", line: int) -> Found:
    """Bare addresses in the text of ``node``, and in the text behind it up to the next tag."""
    if isinstance(node.tag, str) and _may_link(node.text) and not _is_unseen(node):
        yield from prose.addresses(str(node.text), line)
    parent = node.getparent()
    if _may_link(node.tail) and (parent is None or not _is_unseen(parent)):
        inside = sum(one.count("\n") for one in _inside(node))
        yield from prose.addresses(str(node.tail), line + inside)


def _may_link(text: str | None) -> bool:
    return text is not None and ("/" in text or "／" in text)


def _inside(node: "etree._Element") -> "Iterator[str]":
    return (str(one) for one in node.itertext()) if isinstance(node.tag, str) else iter(())


def _is_unseen(node: "etree._Element") -> bool:
    return node.tag in _UNSEEN or any(one.tag in _UNSEEN for one in node.iterancestors())


def _text(node: "etree._Element") -> str:
    return " ".join("".join(str(one) for one in node.itertext()).split())
