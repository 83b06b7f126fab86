"""How a command asks the web: from a loopback internet, with redirects, limits and pauses."""

import pytest

from kb.commands.network import PAUSE, asking, paced
from kb.importers.gather import MOST, Reply
from tests.links.test_faults import settings_for
from tests.links.world import World, bomb, http, opened, says

HOST = "a.example"


@pytest.fixture(scope="module")
def world():
    with opened(World()) as made:
        yield made


def ask(world, path, *answers):
    url = world.at(HOST, path, says(*answers))
    return asking(settings_for(world))(url)


def test_a_record_comes_as_text(world):
    assert ask(world, "/a", http(200, "剪枝", "application/json")) == Reply(200, "剪枝")


def test_redirects_are_followed_but_not_for_ever(world):
    world.at(HOST, "/end", says(http(200, "here")))
    assert ask(world, "/start", http(301, "", Location="/end")).text == "here"
    assert ask(world, "/loop", http(302, "", Location="/loop")).status == 302


def test_nobody_is_led_to_a_place_of_this_machine(world):
    found = ask(world, "/in", http(302, "", Location="http://10.0.0.1/"))
    assert "is not a public address" in found.fault


@pytest.mark.parametrize(
    "answer", [http(200, b"x" * 20_000_000), bomb()], ids=["20 MB", "200 MB, packed"]
)
def test_what_is_too_large_is_cut_off_and_said(world, answer):
    found = ask(world, f"/{len(answer)}", answer)
    assert (found.whole, len(found.text)) == (False, MOST)


def test_between_two_requests_to_one_host_there_is_a_pause():
    now, slept = [0.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    fetch = paced(lambda url: Reply(200, url), lambda: now[0], sleep)
    for url in ("https://a.org/1", "https://b.org/1", "https://a.org/2", "https://a.org/3"):
        assert fetch(url).text == url
    assert slept == [PAUSE, PAUSE]
    now[0] += 60
    fetch("https://a.org/4")
    assert slept == [PAUSE, PAUSE]
