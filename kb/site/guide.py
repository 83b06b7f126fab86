"""The contributor's guide of the repository as pages of the site: the same text, other links. Pure.

A link that is right beside the guide on a forge leads to a file; on the site it leads to the page
that shows the same.
"""

import posixpath
import re

from kb.site.markdown import front_matter
from kb.words import CONTRIBUTE_ABOUT

PAGES = {"CONTRIBUTING.md": "contribute.md", "CONTRIBUTING.zh.md": "zh/contribute.md"}
"""The file of each guide, and its page."""
_SHOWN = {"docs/schema/": "fields.md", "kb/rules/": "rules/index.md", **PAGES}
_LINK = re.compile(r"\[([^\]\n]*)\]\((?!https?://|#)([^)\s]+)\)")
_PAGE = re.compile(r"docs/(?=(?:zh/)?[\w-]+\.md$)")
_CODE = re.compile(r"^```\w*\n.*?^```$", re.MULTILINE | re.DOTALL)


def page(file: str, text: str, repository: str = "") -> str:
    """The Markdown of the page of the guide ``file``, which says ``text``.

    ``repository`` is its web page; without one, links to files that no page shows are dropped.
    """
    heading, _, body = text.partition("\n")
    here = PAGES[file]
    parts, at = [], 0
    for code in _CODE.finditer(body):
        parts += [_linked(body[at : code.start()], here, repository), code[0]]
        at = code.end()
    body = "".join([*parts, _linked(body[at:], here, repository)])
    about = CONTRIBUTE_ABOUT.zh if here.startswith("zh/") else CONTRIBUTE_ABOUT.en
    name = heading.removeprefix("# ")
    return f"{front_matter(name, about, hide=())}{heading}\n{body}"


def _linked(text: str, here: str, repository: str) -> str:
    """``text`` with links as the page at ``here`` needs them."""

    def shown(found: re.Match[str]) -> str:
        label, target = found[1], found[2]
        inside = _SHOWN.get(target) or (_PAGE.sub("", target) if _PAGE.match(target) else "")
        if inside:
            return f"[{label}]({posixpath.relpath(inside, posixpath.dirname(here) or '.')})"
        return f"[{label}]({repository}/blob/main/{target})" if repository else label

    return _LINK.sub(shown, text)
