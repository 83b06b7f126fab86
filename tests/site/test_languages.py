"""The two trees as built: each in one language, page by page the same, linked both ways."""

import posixpath
import re
import shutil
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from kb.kinds import KINDS
from kb.site.guide import PAGES
from kb.site.language import Language
from kb.site.mkdocs.build import build
from kb.words import frame
from tests.catalogs import ROOT, TOY
from tests.site.test_words import HAN, PAIRS

pytestmark = pytest.mark.site
EN, ZH = Language.ENGLISH, Language.CHINESE
SITE = "https://toys.example/kb/"
SILENT = {"script", "style", "code", "pre", "kbd", "math"}
VOID = {"meta", "link", "img", "br", "input", "hr", "source", "wbr", "area", "col"}
SAID = {"title", "aria-label", "alt", "placeholder", "data-hint", "data-read", "data-close"}
ADDRESSES = {"a": "href", "link": "href", "img": "src", "script": "src"}


class Read(HTMLParser):
    """What a page says in which language, its anchors, and where its links lead."""

    def __init__(self, text):
        super().__init__()
        self.open = [("", "", False)]
        self.said, self.ids, self.links, self.alternates = [], [], [], {}
        self.canonical = self.switch = ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        lang = found.get("lang", self.open[-1][1])
        silent = self.open[-1][2] or tag in SILENT
        self.said += [(lang, found[name]) for name in SAID & found.keys() if not silent]
        if tag == "meta" and {"og:", "desc"} & {
            found.get("property", "")[:3],
            found.get("name", "")[:4],
        }:
            self.said.append((lang, found["content"]))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "link" and "hreflang" in found:
            self.alternates[found["hreflang"]] = found["href"]
        elif found.get("rel") == "canonical":
            self.canonical = found["href"]
        elif address := found.get(ADDRESSES.get(tag, ""), ""):
            self.links.append(address)
        if "data-kb-switch" in found:
            self.switch = found["href"]
        if tag not in VOID:
            self.open.append((tag, lang, silent))

    def handle_endtag(self, tag):
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not self.open[-1][2]:
            self.said.append((self.open[-1][1], " ".join(data.split())))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Every page of the toy site, by its path, as `kb build` writes it."""
    folder = tmp_path_factory.mktemp("languages")
    shutil.copytree(TOY, folder / "catalog")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copytree(ROOT / "kb" / "site" / "theme", folder / "kb" / "site" / "theme")
    for name in ("mkdocs.yml", *PAGES):
        shutil.copy(ROOT / name, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("KB_SITE_URL", SITE)
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        patch.delenv("KB_CATALOG", raising=False)
        assert build() == 0
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site):
    """Every page of the site as read, by its address from the root; not those that lead on."""
    return {
        file.relative_to(site).as_posix().removesuffix("index.html"): Read(text)
        for file in sorted(site.rglob("*.html"))
        if "search" not in file.parts and file.name != "404.html"
        if 'http-equiv="refresh"' not in (text := file.read_text("utf-8"))
    }


def language(path):
    return ZH if path.startswith("zh/") else EN


def english_only(path):
    return path.startswith(("rules/", "fields/", "design/", "benchmarks/", "snippets/"))


def test_both_trees_have_the_same_pages_but_for_those_for_maintainers(pages):
    english = {path for path in pages if language(path) is EN and not english_only(path)}
    assert {f"zh/{path}" for path in english} == {path for path in pages if language(path) is ZH}
    assert len(english) > 15 and any(map(english_only, pages))


def test_every_page_says_its_language(pages):
    assert [path for path, page in pages.items() if page.said[0][0] != language(path).value] == []


# What is the same in every language: names and units, and what stands in an address.
NAMES = re.compile(
    r"Material for MkDocs|BibTeX|\b(PDF|DOI|arXiv|FLOPs|MACs|Python|YAML|JSON|Git\w*|KB\d+|Tab)\b"
)


def foreign(said, here):
    """What of the words on a page is in the other language and not marked as such."""
    found = [text for lang, text in said if lang == here.value]
    if here is EN:
        return [
            text for text in found if HAN.search(text.translate({ord(one): None for one in "“”"}))
        ]
    interface = {pair.en for pair in [*PAIRS, *KIND_NAMES] if pair.en != pair.zh}
    run = re.compile(r"[A-Za-z]{2,}(?: [a-z]{2,}){2,}")
    return [text for text in found if text in interface or run.search(NAMES.sub("", text))]


KIND_NAMES = [kind.names for kind in KINDS.values()]


def test_no_page_holds_words_of_the_other_language_that_are_not_marked(pages):
    hand_written = ("zh/contribute/", "zh/link-states/", "design/")  # they quote the other one
    wrong = {
        path: strange
        for path, page in pages.items()
        if path not in hand_written and (strange := foreign(page.said, language(path)))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "lang", "here", "found"),
    [
        ("Run it", "zh", ZH, True),
        ("see what it rests on", "zh", ZH, True),
        ("Run it", "en", ZH, False),
        ("使用 Material for MkDocs 构建", "zh", ZH, False),
        ("动手运行", "en", EN, True),
        ("“Toys”", "en", EN, False),
    ],
)
def test_a_foreign_word_would_be_found(text, lang, here, found):
    assert bool(foreign([(lang, text)], here)) == found


def test_both_languages_have_the_same_anchors(pages):
    for path, page in pages.items():
        if language(path) is ZH:
            assert page.ids == pages[path.removeprefix("zh/")].ids, path


def test_pages_name_each_other_and_themselves(pages):
    for path, page in pages.items():
        assert page.canonical == SITE + path
        if english_only(path):
            assert page.alternates == {}
            continue
        bare = path.removeprefix("zh/")
        assert page.alternates == {
            "en": SITE + bare,
            "zh": f"{SITE}zh/{bare}",
            "x-default": SITE + bare,
        }


def there(path, link):
    """Where ``link`` on the page at ``path`` leads: a path from the root, and an anchor."""
    parts = urlsplit(link)
    folder = path.rpartition("/")[0]
    whole = posixpath.normpath(posixpath.join("/", folder, unquote(parts.path))).lstrip("/")
    return (path.strip("/") if not parts.path else whole), unquote(parts.fragment)


def test_the_switch_leads_to_the_same_page_or_to_the_one_about_it(pages):
    for path, page in pages.items():
        target, anchor = there(path, page.switch)
        bare = path.removeprefix("zh/").strip("/")
        if english_only(path):
            assert target == "zh/reference" and anchor == bare.split("/")[0]
            assert anchor in pages["zh/reference/"].ids
        else:
            assert target == (bare if language(path) is ZH else f"zh/{bare}".strip("/")), path


def test_every_link_within_the_site_leads_to_a_file_and_an_anchor(site, pages):
    dead = []
    for path, page in pages.items():
        for link in page.links:
            if urlsplit(link).scheme or urlsplit(link).netloc:
                continue
            target, anchor = there(path, link)
            file = site / target
            known = (
                pages.get("" if target in ("", ".") else f"{target}/") if file.is_dir() else None
            )
            if not (file.is_file() or known) or (anchor and known and anchor not in known.ids):
                dead.append((path, link))
    assert dead == []


def test_the_site_map_names_every_page_once_with_its_alternates(site, pages):
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    listed = ElementTree.parse(site / "sitemap.xml").getroot().findall("s:url", names)
    found = {
        one.findtext("s:loc", namespaces=names).removeprefix(SITE): {
            link.get("hreflang"): link.get("href") for link in one.findall("x:link", names)
        }
        for one in listed
    }
    assert len(listed) == len(found)
    assert found == {path: page.alternates for path, page in pages.items()}


@pytest.mark.parametrize("place", ["404.html", "zh/404.html"])
def test_what_is_not_found_is_said_in_both_languages(site, place):
    said = Read((site / place).read_text("utf-8")).said
    assert ("en", frame.LOST.en) in said and ("zh", frame.LOST.zh) in said


def test_shared_files_exist_once(site):
    folders = {path.name for path in (site / "zh").iterdir() if path.is_dir()}
    assert not folders & {"assets", "search", "images"}
    # A page and its plain-text edition are all that a tree has of its own.
    kinds = {path.suffix for path in (site / "zh").rglob("*") if path.is_file()}
    assert kinds == {".html", ".txt"}
