"""The seam between words and pages: each page says everything in both languages."""

from kb.site.html import tag
from kb.words import Bilingual


def both(pair: Bilingual) -> str:
    """``pair``, whose texts are HTML or Markdown, in both languages, the Chinese marked as such."""
    return pair.en if pair.en == pair.zh else f"{pair.en} {tag('span', pair.zh, lang='zh')}"


def plain(pair: Bilingual) -> str:
    """``pair`` in both languages where no markup is possible: in attributes."""
    return pair.en if pair.en == pair.zh else f"{pair.en} / {pair.zh}"


def say(pair: Bilingual) -> str:
    """``pair`` where there is room for one language only: titles and descriptions of pages."""
    return pair.en
