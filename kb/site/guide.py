"""The contributor's guide of the repository as pages of the site: the same text, other links. Pure.

A link that is right beside the guide on a forge leads to a file; on the site it leads to the page
that shows the same.
"""

import posixpath
import re
from collections.abc import Iterator
from itertools import count

from kb.site.markdown import front_matter
from kb.words.reference import CONTRIBUTE_ABOUT

PAGES = {"CONTRIBUTING.md": "contribute.md", "CONTRIBUTING.zh.md": "zh/contribute.md"}
"""The file of each guide, and its page."""
_SHOWN = {"docs/schema/": "fields.md", "kb/rules/": "rules/index.md", **PAGES}
_LINK = re.compile(r"\[([^\]\n]*)\]\((?!https?://|#)([^)\s]+)\)")
_PAGE = re.compile(r"docs/(?=(?:zh/)?[\w-]+\.md$)")
_OTHER = re.compile(r"\n\[[^\]\n]*\]\(CONTRIBUTING[\w.]*\)\n")
_HEADING = re.compile(r"^(##+ .*)$", re.MULTILINE)
_FENCE = re.compile(r"^```(\w+)$", re.MULTILINE)
_CODE = re.compile(r"^```\w*\n.*?^```$", re.MULTILINE | re.DOTALL)


def page(file: str, text: str, repository: str = "") -> str:
    """The Markdown of the page of the guide ``file``, which says ``text``.

    ``repository`` is its web page; without one, links to files that no page shows are dropped.
    """
    heading, _, body = _OTHER.sub("", text, count=1).partition("\n")
    here = PAGES[file]
    steps = count(1)
    parts, at = [], 0
    for code in _CODE.finditer(body):
        parts += [
            _shown(body[at : code.start()], here, repository, steps),
            _FENCE.sub(r"``` { .\1 .no-copy }", code[0]),
        ]
        at = code.end()
    body = "".join([*parts, _shown(body[at:], here, repository, steps)])
    about = CONTRIBUTE_ABOUT.zh if here.startswith("zh/") else CONTRIBUTE_ABOUT.en
    name = heading.removeprefix("# ")
    return f"{front_matter(name, about)}{heading} {{#how-to-contribute}}\n{body}"


def _shown(text: str, here: str, repository: str, steps: Iterator[int]) -> str:
    """``text`` with links as the page needs them, and headings with anchors of both languages."""
    return _HEADING.sub(
        lambda found: f"{found[1]} {{#step-{next(steps)}}}", _linked(text, here, repository)
    )


def _linked(text: str, here: str, repository: str) -> str:
    """``text`` with links as the page at ``here`` needs them."""

    def shown(found: re.Match[str]) -> str:
        label, target = found[1], found[2]
        inside = _SHOWN.get(target) or (_PAGE.sub("", target) if _PAGE.match(target) else "")
        if inside:
            return f"[{label}]({posixpath.relpath(inside, posixpath.dirname(here) or '.')})"
        return f"[{label}]({repository}/blob/main/{target})" if repository else label

    return _LINK.sub(shown, text)
