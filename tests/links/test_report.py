"""The report: what is new, fallen, revived and forgotten, in every format."""

import datetime
import json
from xml.etree import ElementTree

import pytest

from kb.commands.links import REPORT_FORMATS
from kb.ledger.look import ArchivedCopy, Look
from kb.ledger.merge import after, with_copy
from kb.links.report import FORMATS, MOST, compare

START = datetime.date(2026, 3, 1)
TITLES = {"https://a.example/wrong": ("Deep `Toys`",), "https://a.example/revived": ("Toys",)}


def ledger(stories):
    """Records by address, of stories such as `0 alive, 7 gone`."""
    found = {}
    for url, story in stories.items():
        for part in story.split(", "):
            day, verdict = part.split()
            expected = TITLES[url][0] if verdict == "wrong" else None
            look = Look(
                url,
                "alive" if verdict == "wrong" else verdict,
                f"said {verdict}",
                200,
                f"{url}/new" if verdict == "moved" else None,
                "<x> @all `Quarks`" if expected else None,
            )
            found[url] = after(found.get(url), look, START + datetime.timedelta(int(day)), expected)
    return found


OLD = {
    "https://a.example/alive": "0 alive",
    "https://a.example/fallen": "0 gone, 7 gone",
    "https://a.example/failing": "7 alive",
    "https://a.example/revived": "0 gone, 3 gone, 7 gone",
    "https://a.example/gone": "0 gone, 3 gone, 6 gone",
    "https://a.example/forgotten": "0 alive",
    "https://a.example/wrong": "0 alive",
}
NEW = {
    "https://a.example/alive": "0 alive, 14 alive",
    "https://a.example/fallen": "0 gone, 7 gone, 14 gone",
    "https://a.example/failing": "7 alive, 14 gone",
    "https://a.example/revived": "0 gone, 3 gone, 7 gone, 14 alive",
    "https://a.example/wrong": "0 alive, 7 wrong, 14 wrong",
    "https://a.example/gone": "0 gone, 3 gone, 6 gone",
    "https://b.example/new": "14 moved",
    "https://b.example/blocked": "14 blocked",
    "https://b.example/unsure": "14 unsure",
    "https://b.example/first-look-gone": "14 gone",
}
ENTRIES = {url: ["entry"] for url in [*NEW, "https://b.example/never"]}


def report(old=OLD, new=NEW):
    made = ledger(new)
    if "https://a.example/gone" in made:
        made["https://a.example/gone"] = with_copy(
            made["https://a.example/gone"],
            "https://a.example/gone",
            ArchivedCopy("https://archive.example/gone", datetime.date(2020, 1, 1)),
        )
    return compare(ledger(old), made, ENTRIES, TITLES)


def names(records):
    return [one.url.rsplit("/", 1)[1] for one in records]


def test_changes_are_told_apart():
    found = report()
    assert names(found.new) == ["blocked", "first-look-gone", "new", "unsure"]
    assert names(found.fallen) == ["fallen", "wrong"]
    assert names(found.revived) == ["revived"]
    assert names(found.forgotten) == ["forgotten"]
    assert names(found.failing) == ["failing", "first-look-gone"]


def test_nothing_changes_against_itself():
    found = report(NEW, NEW)
    assert (found.new, found.fallen, found.revived, found.forgotten) == ((), (), (), ())


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name, golden):
    golden(f"links/{name}.txt", FORMATS[name](report()))


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_at_all_is_a_report_too(name, golden):
    golden(f"links/{name}-empty.txt", FORMATS[name](compare({}, {}, {}, {})))


def test_the_command_offers_every_format():
    assert tuple(FORMATS) == REPORT_FORMATS


def test_json_and_junit_can_be_read():
    assert json.loads(FORMATS["json"](report()))["counts"]["gone"] == 2
    suite = ElementTree.fromstring(FORMATS["junit"](report()))
    assert (suite.attrib["tests"], suite.attrib["failures"], suite.attrib["skipped"]) == (
        "11",
        "3",
        "4",
    )


def test_what_strangers_wrote_can_call_nobody_in_an_issue():
    line = next(line for line in FORMATS["markdown"](report()).splitlines() if "@all" in line)
    assert line.count("`") == 2 and line.strip().startswith("`") and line.endswith("`")


def test_a_long_issue_is_cut_with_words():
    urls = {f"https://a.example/{number:03}": "0 gone, 3 gone, 6 gone" for number in range(150)}
    said = FORMATS["markdown"](compare({}, ledger(urls), {url: [] for url in urls}, {}))
    assert f"- and {150 - MOST} more" in said and len(said) < 60_000
