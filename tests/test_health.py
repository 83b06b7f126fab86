"""What the ledger says of the links of the toy catalogue."""

import pytest

from kb.health import Health
from tests.catalogs import toy, toy_ledger

HEALTH = Health(toy().catalog, toy_ledger())
STATES = {
    "https://arxiv.org/abs/1501.00001": ["alive", "wrong"],
    "https://toys.museum/third": ["alive", "failing"],
    "https://example.org/toybox": ["moved"],
    "https://example.org/toys": ["unknown"],
    "https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa": ["gone"],
}


@pytest.mark.parametrize("url", STATES)
def test_a_link_has_a_state_and_perhaps_a_fault(url):
    assert HEALTH.states(HEALTH.records[url]) == STATES[url]


def test_links_are_counted():
    assert (len(HEALTH.records), len(HEALTH.checked), HEALTH.alive) == (13, 8, 4)
    assert HEALTH.day == "2026-10-19"


def test_before_the_first_check_nothing_is_known():
    health = Health(toy().catalog, {})
    assert (len(health.records), health.checked, health.alive, health.day) == (13, [], 0, "")
