"""Archived copies: the newest good one by address, older ones from the list, new ones on demand."""

import asyncio
import datetime
import json
from dataclasses import replace

import pytest

from kb.ledger.look import ArchivedCopy
from kb.links.archive import ask_for_copy, newest_copy
from tests.links.faults import wechat, wechat_note
from tests.links.test_faults import settings_for
from tests.links.world import OPEN, ZH_TEXT, World, closes, http, opened, page, says

LINK = "http://mp.weixin.qq.com/s/one"
HOST = "web.archive.org"


@pytest.fixture
def world():
    with opened(World()) as one:
        yield one


def asked(world, ask, *urls):
    settings = settings_for(
        world, resolve={(HOST, world.port): OPEN[0]}, wayback=f"http://{HOST}:{world.port}"
    )
    found = {}
    asyncio.run(ask(urls or (LINK,), settings, found.__setitem__))
    return {
        url: replace(copy, url=copy.url.replace(f"http://{HOST}:{world.port}", ""))
        for url, copy in found.items()
    }


def newest_is(world, stamp, answer, link=LINK):
    world.at(
        HOST,
        f"/web/{link}",
        says(http(302, Location=f"http://{HOST}:{world.port}/web/{stamp}/{link}")),
    )
    world.at(HOST, f"/web/{stamp}id_/{link}", says(answer))


def listed(world, *stamps):
    for host, path in [
        (
            "web.archive.org",
            (
                f"/cdx/search/cdx?url={LINK.replace(':', '%3A').replace('/', '%2F')}&"
                "output=json&fl=timestamp&filter=statuscode:200&limit=-4"
            ),
        )
    ]:
        world.at(
            host,
            path,
            says(
                http(
                    200,
                    json.dumps([["timestamp"], *([stamp] for stamp in stamps)]),
                    kind="application/json",
                )
            ),
        )


ARTICLE = wechat(f"<div id='js_content'>{ZH_TEXT}</div>")
DELETED = wechat_note("该内容已被发布者删除")


def test_the_newest_copy_is_found_by_address(world):
    newest_is(world, "20240131120000", ARTICLE)
    assert asked(world, newest_copy) == {
        LINK: ArchivedCopy(f"/web/20240131120000/{LINK}", datetime.date(2024, 1, 31))
    }


def test_a_copy_of_the_deletion_is_passed_over_for_an_older_one(world):
    newest_is(world, "20240131120000", DELETED)
    listed(world, "20180301000000", "20190401000000", "20240131120000")
    world.at(HOST, f"/web/20190401000000id_/{LINK}", says(http(503)))
    world.at(HOST, f"/web/20180301000000id_/{LINK}", says(ARTICLE))
    assert asked(world, newest_copy) == {
        LINK: ArchivedCopy(f"/web/20180301000000/{LINK}", datetime.date(2018, 3, 1))
    }


def test_where_nothing_was_kept_nothing_is_found_and_the_next_is_asked(world):
    world.at(HOST, f"/web/{LINK}", says(http(404, page("Not archived"))))
    newest_is(world, "20200101000000", http(200, page("Kept")), "http://b.example/x?y=1")
    assert list(asked(world, newest_copy, LINK, "http://b.example/x?y=1#z")) == [
        "http://b.example/x?y=1#z"
    ]


def test_an_archive_in_trouble_gets_a_second_chance_and_its_list_a_try(world):
    world.at(HOST, f"/web/{LINK}", says(http(503), http(503)))
    listed(world, "20180301000000", "nonsense")
    world.at(HOST, f"/web/20180301000000id_/{LINK}", says(http(429, Retry_After="1"), ARTICLE))
    assert list(asked(world, newest_copy)) == [LINK]


def test_an_archive_that_is_down_finds_nothing(world):
    world.everywhere[HOST] = closes()
    assert asked(world, newest_copy) == {}


def test_a_copy_elsewhere_is_no_copy(world):
    newest_is(world, "20240131120000", http(302, Location=f"http://127.0.0.2:{world.port}/"))
    listed(world)
    assert asked(world, newest_copy) == {}


SAVED = {
    "by content-location": http(200, page("Saved"), Content_Location=f"/web/20261124101500/{LINK}"),
    "by a redirect": http(302, Location=f"/web/20261124101500/{LINK}"),
}


@pytest.mark.parametrize("answer", SAVED.values(), ids=SAVED.keys())
def test_a_copy_is_made_and_its_day_is_known(world, answer):
    world.at(HOST, f"/save/{LINK}", says(answer))
    world.at(HOST, f"/web/20261124101500/{LINK}", says(http(200, page("Saved"))))
    assert asked(world, ask_for_copy) == {
        LINK: ArchivedCopy(f"/web/20261124101500/{LINK}", datetime.date(2026, 11, 24))
    }


@pytest.mark.parametrize(
    "answer",
    [
        http(403),
        http(520),
        http(200, page("Busy")),
        http(200, "", Content_Location="/web/99999999999999/x"),
    ],
    ids=["refused", "failed", "no word of it", "no day"],
)
def test_a_copy_that_was_not_made_is_not_claimed(world, answer):
    world.at(HOST, f"/save/{LINK}", says(answer))
    assert asked(world, ask_for_copy) == {}
