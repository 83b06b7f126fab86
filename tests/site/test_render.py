"""The project that `kb render` writes, built by generators that know nothing of us."""

import importlib.util
import json
import posixpath
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from kb.commands.main import main

pytestmark = pytest.mark.site

RAW = re.compile(
    r'\]\([^\s)]+\)|\{: ?[#.]|\{[#.][\w-]+\}|\{ \.|markdown="1"|^(===|!!!|\?\?\?) "|```', re.M
)
GENERATORS = {
    "mkdocs": (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"),
    "zensical": (sys.executable, "-m", "zensical", "build"),
}
LAYOUTS = {
    "zh/techniques/toy-pruning/index.html": True,
    "zh/techniques/toy-pruning.html": False,
}
"""Where a page lies, and the setting that says so: that it lies in a folder of its own."""
CODE = re.compile(r"^(`{3,})[^\n]*\n.*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
WITHIN = re.compile(r'(?:href|src)="(?!https?:|mailto:|#)[^"]*"')


class Read(HTMLParser):
    """The targets, the anchors and the words of a page; code is not among its words."""

    def __init__(self, text):
        super().__init__()
        self.targets, self.anchors, self.words = [], set(), []
        self.code = 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.code += tag in ("code", "pre", "script", "style")
        self.words += ['markdown="1"'] if "markdown" in found else []
        self.anchors |= {found[name] for name in ("id", "name") if found.get(name)}
        self.targets += [found[name] for name in ("href", "src") if found.get(name)]

    def handle_endtag(self, tag):
        self.code -= tag in ("code", "pre", "script", "style")

    def handle_data(self, data):
        if not self.code:
            self.words.append(data)


def faults(site, left_out=()):
    """What is dead or raw in the pages of the built ``site``."""
    pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    read = {name: Read(path.read_text(encoding="utf-8")) for name, path in pages.items()}
    for name, page in read.items():
        if name in left_out:
            continue
        if raw := RAW.search("".join(page.words)):
            yield f"{name}: raw {raw[0]}"
        for target in page.targets:
            if fault := dead(site, read, name, target):
                yield f"{name}: {fault} {target}"


def dead(site, read, name, target):
    """What is wrong with a ``target`` of the page ``name``; None if nothing is."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    path = name
    if parts.path:
        path = posixpath.join("/", posixpath.dirname(name), unquote(parts.path))
        path = posixpath.normpath(path).lstrip("/")
    if (site / path).is_dir():
        path = posixpath.normpath(posixpath.join(path, "index.html"))
    if not (site / path).is_file():
        return "dead"
    wanted = unquote(parts.fragment)
    known = not wanted or path not in read or wanted in read[path].anchors
    return None if known else "no anchor"


def installed(generator):
    """Whether the module of ``generator`` is there; it may be missing on a machine of its own."""
    return importlib.util.find_spec(generator) is not None


@pytest.mark.parametrize("page", LAYOUTS, ids=["folders", "files"])
@pytest.mark.parametrize("generator", GENERATORS)
def test_another_generator_builds_it_with_nothing_dead_or_raw(generator, page, project):
    if not installed(generator):
        pytest.skip(f"{generator} is not installed: pip install -r requirements/test.txt")
    assert main(["--root", "catalog", "render", "out"]) == 0
    with Path("out/mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"use_directory_urls: {json.dumps(LAYOUTS[page])}\n")
    done = subprocess.run(
        GENERATORS[generator], cwd="out", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "WARNING" not in done.stdout + done.stderr, done.stderr
    site = Path("out/site")
    assert list(faults(site, ["404.html"])) == []
    assert (site / page).is_file()
    assert (site / "techniques/toy-pruning/figure.svg").is_file()


def test_no_page_says_where_another_one_will_lie(project):
    assert main(["--root", "catalog", "render", "out"]) == 0
    raw = {
        path.relative_to("out/docs").as_posix(): found
        for path in Path("out/docs").rglob("*.md")
        if (found := WITHIN.findall(CODE.sub("", path.read_text(encoding="utf-8"))))
    }
    assert raw == {}


def test_the_check_finds_what_is_dead_and_raw(tmp_path):
    (tmp_path / "a.html").write_text(
        '<h2 id="here">A {#a}</h2><a href="#there"></a><a href="b/">b</a><img src="c.svg">'
        "<code>{#fine}</code>"
    )
    assert list(faults(tmp_path)) == [
        "a.html: raw {#a}",
        "a.html: no anchor #there",
        "a.html: dead b/",
        "a.html: dead c.svg",
    ]
