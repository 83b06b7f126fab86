"""What a page says beside a claim fills in the form for a correction so that it is taken."""

import datetime
import html
import re

import pytest

from kb.catalog import assemble
from kb.forge.form import FIELD, NOW, PAGE, READ, RIGHT, WRONG, filled
from kb.forge.issue import outcome
from kb.forge.outcome import FormContext
from kb.site.language import Language
from kb.site.pages import Pages
from kb.source.files import load
from tests.catalogs import TOY, toy

MARK = re.compile(r'<span(?: class="ground"|(?= data-entry))( data-[^>]*)?>')
DATA = re.compile(r' data-(\w+)="([^"]*)"')
DAY = datetime.date(2026, 11, 27)


def marks(language):
    site = Pages(toy(), (), {}, language=language)
    for path in site.entries:
        for one in MARK.finditer(site.markdown(path)):
            yield {name: html.unescape(text) for name, text in DATA.findall(one[1] or "")}


@pytest.fixture(scope="module")
def known():
    files = load(TOY)[0]
    return FormContext(files, assemble(files), DAY)


def body(one):
    said = {
        WRONG: one["entry"],
        FIELD: one["field"],
        NOW: one["now"],
        RIGHT: f"{one['now']}1",
        PAGE: one.get("page", "https://example.org/right"),
        READ: "2026-11-27",
    }
    return "\n\n".join(f"### {label}\n\n{text}" for label, text in said.items())


@pytest.mark.parametrize("language", Language)
def test_every_claim_with_a_value_can_be_corrected(known, language):
    found = list(marks(language))
    named = [one for one in found if one]
    assert len(named) > 10 and len(named) >= 0.8 * len(found)
    for one in named:
        made = outcome(filled(body(one)), known)
        assert made.file.content != next(f.content for f in known.files if f.path == made.file.path)


def test_a_sentence_is_corrected_in_the_language_of_the_page():
    for language in Language:
        fields = {one["field"].rsplit(".", 1)[-1] for one in marks(language) if one}
        assert language.value in fields and language.other.value not in fields
