"""Addresses in XML, such as feeds and maps of sites: those in its texts and in attributes that lead
somewhere, with the titles beside them.
"""

from collections.abc import Iterator

from lxml import etree

from kb.lists import record
from kb.lists.mention import Found, Unreadable

_ATTRIBUTES = ("href", "src", "url", "uri", "link", "htmlUrl", "xmlUrl", "title")


def addresses(text: str) -> Found:
    """Each address in the XML ``text``. Names of namespaces lead nowhere. Raises Unreadable."""
    yield from record.addresses(_events(_tree(text)))


def _tree(text: str) -> "etree._Element":
    """The elements of ``text``; entities of its own are left out, and nothing is fetched."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(text.encode(errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(
            f"line {error.lineno or 1} is not XML: {error.msg}; correct it, or add `--as text`"
        ) from None
    etree.strip_elements(tree, etree.Entity, with_tail=False)
    return tree


def _events(tree: "etree._Element") -> Iterator[record.Event]:
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        alone = not len(node) and not node.attrib
        line = node.sourceline or 1
        if event == "start" and alone:
            yield record.Scalar(str(node.text or ""), line, 1, etree.QName(node).localname)
        elif event == "start":
            yield record.Mark.OPEN
            yield from _of_attributes(node, line)
            yield record.Scalar(str(node.text or ""), line, 1)
        elif not alone:
            yield record.Mark.CLOSE
        if event == "end" and node.tail:
            inside = sum(str(one).count("\n") for one in node.itertext())
            yield record.Scalar(str(node.tail), line + inside, 1)


def _of_attributes(node: "etree._Element", line: int) -> Iterator[record.Event]:
    for name, value in node.attrib.items():
        if (key := etree.QName(str(name)).localname) in _ATTRIBUTES:
            yield record.Scalar(str(value), line, 1, key)
