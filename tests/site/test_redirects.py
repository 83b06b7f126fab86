"""Old addresses of renamed entries: each answers in the built site, the files beside pages, too."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from kb.commands.main import main
from kb.site.entries import address_of
from tests.catalogs import toy

RENAMED = {
    "first2015toys": "first2015bears",
    "toy-pruning": "bear-pruning",
    "cutting": "trimming",
    "toys-explained": "toys-told",
    "toybox": "box",
    "toy-list": "list-of-toys",
}
LISTED = {"toys-explained-again": "first2015bears"}
"""What has no page of its own, and the page in which it stands."""


def led(site: Path, address: str) -> str:
    """The address to which a browser comes that asks for ``address`` in ``site``."""
    page = (site / address / "index.html").read_text(encoding="utf-8")
    refresh = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    if not refresh:
        return address
    assert f'<a href="{refresh[1]}">' in page
    target = urljoin(f"https://host/deep/folder/{address}", refresh[1])
    assert f'<link rel="canonical" href="{target}">' in page
    return led(site, target.removeprefix("https://host/deep/folder/"))


@pytest.mark.site
def test_every_old_address_answers_in_the_built_site(project, monkeypatch):
    monkeypatch.setenv("KB_SITE_URL", "https://host/deep/folder/")
    old = {address_of(entry) for entry in toy().catalog.entries.values()}
    paper = project / "catalog" / "papers" / "first2015toys.yaml"
    paper.write_text(paper.read_text().replace('title: "Toys: ', 'title: "Bears: '))
    for before, after in RENAMED.items():
        assert main(["rename", before, f"passing-{after}"]) == 0
        assert main(["rename", f"passing-{after}", after]) == 0
    assert main(["build"]) == 0
    site = project / "site"
    for address in old:
        arrived = led(site, address)
        name = address.rstrip("/").rpartition("/")[2]
        expected = LISTED.get(name) or RENAMED.get(name, name)
        assert arrived.rstrip("/").rpartition("/")[2] == expected
    assert (site / "techniques" / "toy-pruning" / "toy-pruning.ipynb").is_file()
    assert led(site, "papers/passing-first2015bears/") == "papers/first2015bears/"
    assert "passing" not in (site / "sitemap.xml").read_text()
