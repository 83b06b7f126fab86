"""What a run looks at, what it makes of a look, and what is wrong with a link then."""

import datetime
from collections import Counter

import pytest

from kb.ledger.look import ArchivedCopy, Look
from kb.ledger.merge import after
from kb.links.findings import FAIL, STRICT, findings, troubles
from kb.links.journal import Memory
from kb.links.session import Session, due
from kb.links.wanted import Mentions, shard_of

URL = "https://example.org/a"
TODAY = datetime.date(2026, 11, 24)
TITLE = "Learning both Weights and Connections for Efficient Neural Networks"
OTHER = "Attention Is All You Need"


def seen(story, url=URL):
    """The record of a story such as `7 alive, 0 gone`: verdicts by days before today; `wrong` is a
    page with another title.
    """
    found = None
    for part in story.split(", "):
        days, verdict = part.split()
        wrong = verdict == "wrong"
        look = Look(
            url,
            "alive" if wrong else verdict,
            f"said {verdict}",
            title=OTHER if wrong else None,
            address="https://example.org/new" if verdict == "moved" else None,
        )
        found = after(found, look, TODAY - datetime.timedelta(int(days)), TITLE if wrong else None)
    return found


# record, journal of a killed run, --max-age, looked at?
DUE = {
    "never seen": (None, None, 7, True),
    "good of late": ("3 alive", None, 7, False),
    "moved of late": ("3 moved", None, 7, False),
    "good long ago": ("7 alive", None, 7, True),
    "good today without age": ("0 alive", None, 0, True),
    "failed of late": ("3 alive, 1 gone", None, 7, True),
    "blocked of late": ("1 blocked", None, 7, True),
    "seen by a run that was killed today": ("0 gone", "0 gone", 0, False),
    "seen by a run that was killed yesterday": ("1 unsure", "1 unsure", 0, False),
    "seen by a run that was killed last week": ("7 alive", "7 alive", 0, True),
}


@pytest.mark.parametrize("case", DUE)
def test_what_is_due(case):
    known, left, age, wanted = DUE[case]
    ledger = {URL: seen(known)} if known else {}
    resumed = {URL: seen(left)} if left else {}
    assert due([URL], ledger, resumed, TODAY, age) == ([URL] if wanted else [])


def test_shards_keep_hosts_together_and_share_them_out():
    urls = [
        f"https://{www}host{host}.example/{page}"
        for host in range(400)
        for page in range(3)
        for www in ("", "www.")
    ]
    of_host = {}
    for url in urls:
        of_host.setdefault(url.split("/")[2].removeprefix("www."), set()).add(shard_of(url, 4))
    assert all(len(shards) == 1 for shards in of_host.values())
    sizes = Counter(shards.copy().pop() for shards in of_host.values())
    assert set(sizes) == {1, 2, 3, 4} and min(sizes.values()) > 60


def test_a_shard_is_the_same_on_every_machine():
    assert [
        shard_of(f"https://{host}/", 4)
        for host in ("arxiv.org", "github.com", "mp.weixin.qq.com", "doi.org")
    ] == [1, 4, 3, 2]
    assert shard_of("http://[::1", 1) == 1


# record, troubles, codes of findings, codes of a strict run
TROUBLES = {
    "alive": ("0 alive", [], [], []),
    "never looked at": ("", [], [], []),
    "gone at first sight": ("0 gone", ["gone"], ["KB701"], ["KB701"]),
    "failing, once alive": ("7 alive, 0 gone", [], [], []),
    "gone for good": ("30 alive, 20 gone, 10 gone, 0 gone", ["gone"], ["KB701"], ["KB701"]),
    "blocked": ("0 blocked", ["blocked"], [], ["KB703"]),
    "unsure": ("0 unsure", ["unsure"], [], ["KB704"]),
    "moved": ("0 moved", ["moved"], [], ["KB705"]),
    "another title": ("0 wrong", ["wrong"], ["KB702"], ["KB702"]),
    "another title once where the right one was": ("7 alive, 0 wrong", [], [], []),
    "another title on two days": ("9 alive, 7 wrong, 0 wrong", ["wrong"], ["KB702"], ["KB702"]),
    "the right title again": ("9 alive, 7 wrong, 3 alive, 0 wrong", [], [], []),
    "another title, then blocked, then again": (
        "9 alive, 7 wrong, 3 blocked, 0 wrong",
        ["wrong"],
        ["KB702"],
        ["KB702"],
    ),
    "another title, and gone since": (
        "30 wrong, 20 gone, 10 gone, 0 gone",
        ["gone", "wrong"],
        ["KB701", "KB702"],
        ["KB701", "KB702"],
    ),
}


@pytest.mark.parametrize("case", TROUBLES)
def test_what_is_wrong_with_a_link(case):
    story, wrong, codes, strict = TROUBLES[case]
    known = seen(story) if story else after(None, Look(URL, "alive", ""), TODAY)
    places = (lambda: ("catalog/a.yaml", (3, 6)),)
    assert troubles(known, (TITLE,)) == wrong
    for counting, expected in ((FAIL, codes), (STRICT, strict)):
        found = findings(known, (TITLE,), places, counting)
        assert [one.code for one in found] == expected
        assert all(one.hint and str(one).startswith("catalog/a.yaml:3:6: ") for one in found)


def test_a_title_that_was_corrected_since_is_no_trouble():
    assert troubles(seen("0 wrong"), (OTHER,)) == []


def test_a_copy_is_the_cure_of_a_gone_link():
    run = Session({URL: Mentions(())}, Memory(), TODAY, lambda verdict: None)
    run.saw(Look(URL, "gone", "404", 404))
    run.copied(URL, ArchivedCopy("https://archive.example/a", datetime.date(2020, 1, 1)))
    assert (
        findings(run.journal.records[URL], (), (lambda: ("a", (1, 1)),))[0].hint
        == "a copy of 2020-01-01: https://archive.example/a"
    )


def test_copies_are_looked_for_where_there_is_none():
    urls = {
        name: f"https://example.org/{name}"
        for name in ("alive", "kept", "old", "gone", "saved", "blocked", "unseen")
    }
    run = Session(
        {url: Mentions(()) for url in urls.values()}, Memory(), TODAY, lambda verdict: None
    )
    for name, verdict in (
        ("alive", "alive"),
        ("kept", "moved"),
        ("old", "alive"),
        ("gone", "gone"),
        ("saved", "gone"),
        ("blocked", "blocked"),
    ):
        run.saw(Look(urls[name], verdict, "", 200))
    for name, year in (("kept", 2026), ("old", 2020), ("saved", 2010)):
        run.copied(
            urls[name], ArchivedCopy(f"https://archive.example/{name}", datetime.date(year, 6, 1))
        )
    assert run.without_copy("gone") == [urls["gone"]]
    assert sorted(run.without_copy("alive")) == [urls["alive"], urls["old"]]


def test_gone_without_any_answer_waits_for_a_sign_of_a_network():
    urls = [f"https://example.org/{number}" for number in range(4)]
    heard = []
    run = Session({url: Mentions(()) for url in urls}, Memory(), TODAY, heard.append)
    run.saw(Look(urls[0], "gone", "no such name"))
    run.saw(Look(urls[1], "unsure", "no answer in time"))
    assert (heard, len(run.unproven)) == (["unsure"], 1)
    run.saw(Look(urls[2], "blocked", "403", 403))
    run.saw(Look(urls[3], "gone", "no such name"))
    assert (heard, run.unproven) == (["unsure", "blocked", "gone", "gone"], [])
