"""Hostile entries in a real browser: they run nothing and send no request."""

import datetime
import json
import shutil

import pytest

from kb.ledger.file import save
from kb.ledger.look import VERDICTS, Look
from kb.ledger.merge import after, merged
from kb.walk import targets
from tests.browser.conftest import build_loosely, opened
from tests.catalogs import TOY, toy

pytestmark = pytest.mark.site

MARK = "document.title='pwned'"
TEXTS = {
    "end of title": (
        f"</title><script>{MARK}</script> &lt;/title&gt;&lt;script&gt;{MARK}&lt;/script&gt;"
    ),
    "script": f"<script>{MARK}</script>",
    "image": f"<img src=x onerror={MARK}>",
    "foreign image": "![x](https://evil.example/x.png) <img src=//evil.example/y.png>",
    "link": f"[click](javascript:{MARK})",
    "data link": f"[click](data:text/html,<script>{MARK}</script>)",
    "svg": f"<svg onload={MARK}><animate onbegin={MARK} attributeName=x dur=1s></svg>",
    "attribute list": "word {: onclick=document.title='pwned' style=position:fixed }",
    "fence": f"``` {{.html onclick={MARK}}} <script>{MARK}</script> ```",
    "formula": (
        f"$</math><script>{MARK}</script>$ $\\text{{<img src=x onerror={MARK}>}}$ "
        f"$\\href{{javascript:{MARK}}}{{x}}$"
    ),
    "template": "{{ config.site_name }} {% raw %} {{ ''.__class__ }}",
    "style": "<style>@import url(//evil.example/x.css);</style>",
    "front matter": "---\ntemplate: evil.html\n---",
    "entities": "&lt;script&gt;document.title='pwned'&lt;/script&gt; &#60;script&#62;",
    "quotes": f'" onmouseover="{MARK}" x="',
    "snippet": "--8<-- \"/etc/passwd\" ;--8<-- '/etc/passwd'",
}


def quoted(value):
    return json.dumps(value, ensure_ascii=False)


def paper(text):
    return f"""title: {quoted("Evil " + text)}
title_zh: {quoted(text)}
authors: [{quoted("E " + text)}]
year: 2015
form: research
venue: {{id: neurips, year: 2015, volume: {quoted(text)}}}
topics: [cutting]
builds_on:
  - {{id: first2015toys, why: {{en: {quoted(text)}, zh: {quoted(text)}}}}}
summary: {{en: {quoted(text)}, zh: {quoted(text)}}}
results:
  - {{model: {quoted(text)}, dataset: {quoted(text)}, metric: {quoted(text)}, value: 1,
     unit: {quoted(text)}, where: {quoted(text)},
     note: {{en: {quoted(text)}, zh: {quoted(text)}}}}}
versions:
  - {{version: {quoted(text)}, differs: {{title: {quoted(text)}}},
     note: {{en: {quoted(text)}, zh: {quoted(text)}}}}}
sources:
  page: {{url: "https://example.org/x", supports: [title], seen: 2026-01-01,
     note: {{en: {quoted(text)}, zh: {quoted(text)}}}}}
open:
  - {{claim: {quoted(text)}, note: {{en: {quoted(text)}, zh: {quoted(text)}}}}}
"""


def evil_ledger():
    """Looks at the toys' links, with a hostile reason, title, note and new address each."""
    urls = sorted({target.url for target in targets(toy().catalog)})
    looks = [
        Look(
            urls[number % len(urls)],
            VERDICTS[number % 5],
            text,
            200,
            f"https://example.org/{text}",
            text,
            redirects=(text,),
            notes=(text,),
        )
        for number, text in enumerate(TEXTS.values())
    ]
    return merged(
        {
            look.url: after(
                None, look, datetime.date(2026, 1, 1 + number), "Toys: A First Look & 100% Fun"
            )
        }
        for number, look in enumerate(looks)
    )


@pytest.fixture(scope="module")
def evil_site(tmp_path_factory, built, serve):
    """The address of a site full of attacks."""
    return serve(
        built("evilsite", lambda folder: build_evil(tmp_path_factory.mktemp("evil"), folder))
    )


def build_evil(scratch, folder):
    """The toy catalogue with one hostile paper per row of the table, and a technique with all."""
    root = shutil.copytree(TOY, scratch / "catalog")
    for number, text in enumerate(TEXTS.values()):
        (root / "papers" / f"e2015evil{number}.yaml").write_text(paper(text), encoding="utf-8")
    technique = (root / "techniques" / "toy-pruning" / "entry.yaml").read_text(encoding="utf-8")
    hostile = json.dumps(" ".join(TEXTS.values()))
    code = "\n".join(("```", "</code></pre></div>", "````", "~~~", "    ```", *TEXTS.values()))
    for name in ("snippet.py", "output.txt", "libraries.py", "libraries.txt"):
        (root / "techniques" / "toy-pruning" / name).write_text(code, encoding="utf-8")
    figure = root / "techniques" / "toy-pruning" / "figure.svg"
    figure.write_text(
        figure.read_text(encoding="utf-8").replace(
            "Small toys need little room",
            "&quot; onload=&quot;document.title='pwned' &lt;b&gt; {: onclick=x}",
        ),
        encoding="utf-8",
    )
    (root / "techniques" / "toy-rounding" / "snippet.py").write_text("print(1)", encoding="utf-8")
    (root / "techniques" / "toy-rounding" / "figure.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg"><script>{MARK}</script></svg>', encoding="utf-8"
    )
    (root / "techniques" / "toy-pruning" / "entry.yaml").write_text(
        technique.replace("Toy pruning", "Toy <script>document.title='pwned'</script>")
        .replace("Small toys are missed by nobody.", hostile)
        .replace(r"w < \sigma", r"\text{<img src=x onerror=document.title=1>}"),
        encoding="utf-8",
    )
    save(root / "links.jsonl", evil_ledger())
    said = build_loosely(root, folder)
    assert (
        "KB501 raw-html" in said
        and "figure.svg is left out: it is more than a drawing: an element `script`" in said
    )
    assert not (folder / "techniques" / "toy-rounding" / "figure.svg").exists()


@pytest.fixture(scope="module")
def walker(chromium):
    """One page that goes from place to place."""
    with opened(chromium) as page:
        yield page


@pytest.mark.parametrize(
    "place",
    [
        *(f"papers/e2015evil{number}/" for number in range(len(TEXTS))),
        "techniques/toy-pruning/",
        "techniques/toy-rounding/",
        "papers/first2015toys/",
        "papers/third2019more/",
        "resources/toybox/",
        "articles/toys-explained/",
        "links/",
        "",
        "browse/",
        "map/",
        "topics/cutting/",
        "status/",
    ],
)
def test_hostile_entries_execute_nothing(walker, evil_site, place):
    page = walker
    page.goto(evil_site + place)
    page.wait_for_timeout(150)
    for link in page.locator(".md-content a:visible").all()[:2]:
        link.hover()
    assert page.title() != "pwned" and page.evaluate("document.title") != "pwned"
    assert (
        page.locator(
            ".md-content script, .md-content img:not([src$='figure.svg']), .md-content style, "
            ".md-content [onclick], .md-content [onerror], .md-content [onload]"
        ).count()
        == 0
    )
    assert (
        page.locator(".md-content a[href^='javascript:'], .md-content a[href^='data:']").count()
        == 0
    )
    assert "root:x:" not in page.content()
    assert page.troubles == []


def test_hostile_entries_are_harmless_in_the_search(page, evil_site):
    page.goto(evil_site)
    page.keyboard.press("/")
    page.fill(".kb-search input[type=search]", "evil")
    page.wait_for_selector(".kb-search li")
    assert page.locator(".kb-search li img, .kb-search li script").count() == 0
    assert page.troubles == [] and page.evaluate("document.title") != "pwned"


def test_hostile_code_is_shown_verbatim(page, evil_site):
    page.goto(f"{evil_site}techniques/toy-pruning/")
    shown = page.locator(".kb-code code, .kb-output code").all_text_contents()
    assert len(shown) == 4
    for text in shown:
        assert text.startswith("```\n</code></pre></div>\n````\n~~~\n    ```\n") and all(
            line in text for one in TEXTS.values() for line in one.splitlines()
        )
