"""Records: what follows from looks, and that no order, interruption or split of them changes it."""

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kb.ledger.file import line, parse
from kb.ledger.look import VERDICTS, ArchivedCopy, Look
from kb.ledger.merge import after, merge, merged, with_copy
from kb.ledger.record import GONE_DAYS, MONTHS, WEEKS, record, remembered

URL = "https://example.org/a"
START = datetime.date(2026, 3, 1)


def seen(story, url=URL):
    """The record of a story such as `0 alive, 7 gone`: verdicts by day."""
    found = None
    for part in story.split(", "):
        day, verdict = part.split()
        found = after(
            found, Look(url, verdict, f"said {verdict}"), START + datetime.timedelta(int(day))
        )
    return found


def days(*dates):
    return tuple((date - START).days if date else None for date in dates)


# story, state, since, failing
STORIES = {
    "alive": ("0 alive", "alive", 0, None),
    "alive for long": ("0 alive, 7 alive, 14 alive", "alive", 0, None),
    "one failure leaves an alive link alive": ("0 alive, 7 gone", "alive", 0, 7),
    "two failures, too": ("0 alive, 7 gone, 14 gone", "alive", 0, 7),
    "three failures make it gone": ("0 alive, 7 gone, 14 gone, 21 gone", "gone", 7, 7),
    "three failures, three days apart, make it gone": (
        "0 alive, 7 gone, 10 gone, 13 gone",
        "gone",
        7,
        7,
    ),
    "three failures within five days do not": ("0 alive, 7 gone, 9 gone, 12 gone", "alive", 0, 7),
    "daily failures count every third day": (
        "0 alive, 1 gone, 2 gone, 3 gone, 4 gone, 5 gone, 6 gone, 7 gone",
        "gone",
        1,
        1,
    ),
    "six daily failures are not enough": (
        "0 alive, 1 gone, 2 gone, 3 gone, 4 gone, 5 gone, 6 gone",
        "alive",
        0,
        1,
    ),
    "a good look clears failures": ("0 alive, 7 gone, 14 gone, 15 alive, 21 gone", "alive", 15, 21),
    "a good look revives": ("0 gone, 7 gone, 14 gone, 21 alive", "alive", 21, None),
    "the kindest look of a day counts": ("0 gone, 7 gone, 14 gone, 14 alive", "alive", 14, None),
    "never anything but failures": ("0 gone, 7 gone", "unknown", 0, 0),
    "gone from the start": ("0 gone, 7 gone, 14 gone", "gone", 0, 0),
    "blocked never becomes gone": (
        ", ".join(f"{7 * n} blocked" for n in range(20)),
        "blocked",
        0,
        None,
    ),
    "unsure never becomes gone": (
        ", ".join(f"{7 * n} unsure" for n in range(20)),
        "unsure",
        0,
        None,
    ),
    "unsure between failures does not clear them": (
        "0 alive, 7 gone, 14 unsure, 21 gone, 28 gone",
        "gone",
        7,
        7,
    ),
    "blocked after gone proves nothing": ("0 gone, 7 gone, 14 gone, 21 blocked", "gone", 0, 0),
    "blocked and failures": ("0 alive, 7 gone, 14 blocked", "blocked", 14, 7),
    "moved is good": ("0 gone, 7 gone, 14 moved, 21 gone", "moved", 14, 21),
    "since counts from the last change": (
        "0 alive, 7 unsure, 14 alive, 21 alive",
        "alive",
        14,
        None,
    ),
}


@pytest.mark.parametrize("case", STORIES)
def test_the_state_follows_from_the_looks(case):
    story, state, since, failing = STORIES[case]
    found = seen(story)
    assert (found.state, *days(found.since, found.failing)) == (state, since, failing)


def test_since_does_not_creep_while_nothing_changes():
    story = [f"{7 * week} gone" for week in range(40)]
    assert {days(seen(", ".join(story[:count])).since) for count in range(3, 41)} == {(0,)}


def test_since_is_at_most_a_month_late_after_a_quick_change():
    story = ["0 alive", "7 unsure", *(f"{7 * week} alive" for week in range(2, 60))]
    found = [days(seen(", ".join(story[:count])).since)[0] for count in range(3, 60)]
    assert found[:8] == [14] * 8 and max(found) <= 14 + 31


def test_changes_tell_what_fell_and_what_came_back():
    found = seen("0 alive, 7 alive, 14 gone, 40 gone, 80 moved")
    assert [(*days(day), verdict) for day, verdict in found.changes] == [
        (0, "alive"),
        (14, "gone"),
        (80, "moved"),
    ]


def test_a_record_stays_small_however_often_one_looks():
    found = seen(", ".join(f"{n} {VERDICTS[n % 5]}" for n in range(3000)))
    assert len(found.looks) == GONE_DAYS + len(VERDICTS) - 1 and len(found.firsts) <= WEEKS + MONTHS
    assert len(line(found)) < 3000


def test_texts_of_strangers_are_cut_and_cleaned():
    look = Look(
        URL,
        "alive",
        "fine\x1b[31m\nred",
        200,
        "https://example.org/b",
        "t" * 5000,
        redirects=("https://example.org/b",) * 50,
    )
    kept = remembered(look, START, expected="A\u202eB")
    assert (kept.reason, len(kept.title), len(kept.redirects), kept.expected) == (
        "fine [31m red",
        300,
        3,
        "A B",
    )


def test_records_of_two_addresses_do_not_merge():
    with pytest.raises(ValueError, match="two addresses"):
        merge(record("https://a.example", ()), record("https://b.example", ()))


LOOKS = some.builds(
    remembered,
    some.builds(
        Look,
        some.just(URL),
        some.sampled_from(VERDICTS),
        some.sampled_from(("a", "b")),
        some.sampled_from((None, 200, 404)),
        title=some.sampled_from((None, "T", "U")),
    ),
    some.integers(0, 900).map(lambda number: START + datetime.timedelta(number)),
    some.sampled_from((None, "T")),
)
COPIES = some.none() | some.builds(
    ArchivedCopy,
    some.sampled_from(("https://x.example/1", "https://x.example/2")),
    some.sampled_from((START, START + datetime.timedelta(1))),
)
RECORDS = some.builds(
    lambda looks, copy: record(URL, looks, (), copy), some.lists(LOOKS, max_size=60), COPIES
)


@given(RECORDS, RECORDS, RECORDS)
def test_merging_is_commutative_associative_and_idempotent(a, b, c):
    assert merge(a, b) == merge(b, a)
    assert merge(merge(a, b), c) == merge(a, merge(b, c))
    assert merge(a, a) == a and merge(merge(a, b), b) == merge(a, b)


@given(some.lists(LOOKS, max_size=80), some.randoms(use_true_random=False), some.integers(1, 5))
def test_any_order_any_interruption_and_any_split_give_the_same_record(looks, chance, parts):
    shuffled = chance.sample(looks, len(looks))
    shards = [shuffled[number::parts] for number in range(parts)]
    together = merged([{URL: one_by_one(shard)} for shard in chance.sample(shards, parts)])
    assert together[URL] == record(URL, looks) == one_by_one(looks)


@given(some.lists(LOOKS, max_size=80))
def test_thinning_out_loses_no_failure_that_counts(looks):
    good = max((look.day for look in looks if look.verdict in ("alive", "moved")), default=None)
    failures = sorted(
        {look.day for look in looks if look.verdict == "gone" and (good is None or look.day > good)}
    )
    assert (record(URL, looks).state == "gone") == (greedy(failures) >= 3)


@given(RECORDS)
def test_a_record_survives_writing_and_reading(one):
    assert parse(line(one).encode()) == one


@given(RECORDS, COPIES)
def test_the_newest_copy_stays(one, copy):
    if copy:
        kept = with_copy(one, URL, copy).copy
        assert kept.day == max(known.day for known in (one.copy, copy) if known)


def one_by_one(looks):
    found = record(URL, ())
    for look in looks:
        found = merge(found, record(URL, [look]))
    return found


def greedy(dates):
    count, last = 0, None
    for day in dates:
        if last is None or (day - last).days >= 3:
            count, last = count + 1, day
    return count


def test_a_ledger_is_the_same_however_its_addresses_are_split():
    chance = random.Random(7)
    urls = [f"https://h{number % 7}.example/{number}" for number in range(60)]
    whole = {url: seen("0 alive, 7 gone", url) for url in urls}
    mixed = chance.sample(urls, len(urls))
    assert merged(
        [{url: whole[url] for url in mixed[:25]}, {url: whole[url] for url in mixed[20:]}]
    ) == dict(sorted(whole.items()))


def misnamed(story):
    """The record of a story in which `wrong` is a page with another title than `T`."""
    found = None
    for part in story.split(", "):
        day, said = part.split()
        wrong = said == "wrong"
        look = Look(URL, "alive" if wrong else said, "", title="U" if wrong else None)
        date = START + datetime.timedelta(int(day))
        found = after(found, look, date, "T" if wrong else None)
    return found


# story, the day of the look that proves another title, if there is one
MISNAMED = {
    "never right": ("0 wrong", 0),
    "once, where it was right": ("0 alive, 7 wrong", None),
    "twice on one day": ("0 alive, 7 wrong, 7 wrong", None),
    "on two days": ("0 alive, 7 wrong, 8 wrong", 8),
    "right again on the same day": ("0 alive, 7 wrong, 8 wrong, 8 alive", None),
    "right in between": ("0 alive, 7 wrong, 8 alive, 9 wrong", None),
    "gone in between": ("0 alive, 7 wrong, 8 gone, 9 wrong", 9),
    "for a long time": ("0 alive, " + ", ".join(f"{day} wrong" for day in range(1, 60)), 59),
    "right at last": ("0 wrong, 7 wrong, 8 moved", None),
}


@pytest.mark.parametrize("case", MISNAMED)
def test_another_title_needs_proof_where_the_right_one_was(case):
    story, day = MISNAMED[case]
    found = misnamed(story).wrong(["T"])
    assert (found and (found.day - START).days) == day
    assert misnamed(story).wrong(["another"]) is None


@given(some.lists(LOOKS, max_size=80))
def test_thinning_out_loses_no_other_title_that_counts(looks):
    right = {look.day for look in looks if look.verdict in ("alive", "moved") and not look.expected}
    days = {look.day for look in looks if look.misnamed and look.day > max(right, default=START)}
    days |= {look.day for look in looks if look.misnamed and not right}
    assert (record(URL, looks).wrong(["T"]) is not None) == (len(days) >= (2 if right else 1))
