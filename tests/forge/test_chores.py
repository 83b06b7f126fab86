"""What a maintainer has to do, and the edits that are ready."""

import datetime
import shutil

import pytest

from kb.commands.main import main
from kb.forge import chores
from kb.ledger.look import Look
from kb.ledger.merge import after
from tests import catalogs
from tests.catalogs import TODAY, TOY

OLD, NEW = "https://example.org/toybox", "https://toybox.example/"
LATER = TODAY + datetime.timedelta(days=800)


def saw(url, verdict="alive", **more):
    return {url: after(None, Look(url, verdict, "x", **more), datetime.date(2026, 10, 1))}


def lines(text, title):
    _, _, rest = text.partition(f"## {title} (")
    return [line for line in rest.partition("\n## ")[0].splitlines() if line.startswith("- ")]


def test_nothing_is_stale_on_the_day():
    found = chores.stale(catalogs.toy().catalog, {}, TODAY)
    assert chores.of_stale(found) == "Everything was looked at within two years.\n"


def test_what_nobody_read_for_two_years_is_stale_oldest_first():
    text = chores.of_stale(chores.stale(catalogs.toy().catalog, {}, LATER))
    said = lines(text, "Pages that nobody has read for two years")
    days = [line.rpartition(" (")[2][:10] for line in said]
    assert days == sorted(days) and any("`first2015toys`" in line for line in said)
    assert text.startswith("## Do these first\n\n1. ") and "\n3. " in text and "\n4. " not in text


def test_an_archived_repository_is_named_until_the_entry_says_so():
    catalog = catalogs.toy().catalog
    ledger = saw("https://example.org/toybox", notes=("the repository is archived",))
    text = chores.of_stale(chores.stale(catalog, ledger, TODAY))
    assert len(lines(text, "Repositories that were archived")) == 1


def test_a_preprint_without_a_venue_is_worth_a_look_after_a_year():
    text = (TOY / "papers" / "first2015toys.yaml").read_text()
    cut = "\n".join(line for line in text.splitlines() if not line.startswith("venue:")) + "\n"
    catalog = catalogs.toy_with({"papers/first2015toys.yaml": cut.encode()})
    later = datetime.date(2027, 2, 1)
    title = "Preprints that nobody has looked up for a year"
    said = lines(chores.of_stale(chores.stale(catalog, {}, later)), title)
    assert any("`first2015toys`: a preprint of 2015" in line for line in said)
    assert all("nobody knows whether it was published" in line for line in said)
    assert lines(chores.of_stale(chores.stale(catalog, {}, TODAY)), title) == []


@pytest.fixture
def tree(tmp_path):
    """The toy catalogue."""
    shutil.copytree(TOY, tmp_path / "catalog")
    return tmp_path


def run(tree, *words):
    return main(["--root", str(tree / "catalog"), "chores", *words], TODAY)


def test_moved_links_are_listed_and_written_on_request(tree, capsys):
    path = tree / "catalog" / "resources" / "toybox.yaml"
    before = path.read_text()
    assert run(tree, "moved") == 0 and path.read_text() == before
    assert "https\\://toybox.example/" in capsys.readouterr().out
    assert run(tree, "moved", "--write") == 0
    assert path.read_text() == before.replace(OLD, NEW)
    assert main(["--root", str(tree / "catalog"), "fmt", "--check"], TODAY) == 0


UNMOVED = {
    "it is alive": saw("https://example.org/toybox"),
    "where to is unknown": saw("https://example.org/toybox", "moved"),
    "to an unsafe address": saw("https://example.org/toybox", "moved", address="http://x.example/"),
}


@pytest.mark.parametrize("case", UNMOVED)
def test_what_did_not_move_for_good_stays(case):
    assert chores.moved(catalogs.toy().catalog, UNMOVED[case]) == []


def test_a_month_in_a_few_lines(tree, capsys):
    (tree / "catalog" / "articles" / "toys-explained-again.yaml").unlink()
    assert main(["--root", str(TOY), "chores", "month", str(tree)], TODAY) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 new of kind article") and "`toys-explained-again`" in out
    assert run(tree, "month", str(tree)) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"
