"""The badges beside links that are not simply alive."""

import re
from html import unescape

from kb.health import Health
from kb.ledger.record import Record
from kb.site.html import link
from kb.site.language import Language
from kb.site.markdown import anchor
from kb.words import link_health, vocabularies
from kb.words.pair import Pair

_ANCHOR = re.compile(r'<a href="([^"]*)" rel="noopener nofollow">.*?</a>')


def badged(language: Language, health: Health, markdown: str, up: str = "../../") -> str:
    """``markdown`` with a badge beside each external link that is not simply alive.

    ``up`` leads from the page to the root of the site.
    """
    return _ANCHOR.sub(
        lambda found: found[0] + badge(language, health, unescape(found[1]), up), markdown
    )


def badge(language: Language, health: Health, url: str, up: str) -> str:
    """The badges of a link and its archived copy; nothing for links alive or never checked."""
    one = health.records.get(url)
    if one is None or not one.looks:
        return ""
    said = _said(health, one)
    badges = [
        link(language.say(state), f"{up}links/", class_=f"status status-{tone}")
        for tone, state in said
    ]
    lost = any(tone == "not" for tone, _ in said)
    return "".join(
        f" {part}"
        for part in (*badges, copy_of(language, one) if lost else "", _moved(language, one))
        if part
    )


def _said(health: Health, one: Record) -> list[tuple[str, Pair]]:
    found = [("not", link_health.WRONG_TARGET)] if health.wrong(one) else []
    if one.state == "gone":
        return [*found, ("not", link_health.GONE_SINCE.fill(day=one.since))]
    if one.failing:
        found.append(("not", link_health.FAILING_SINCE.fill(day=one.failing)))
    if one.state in ("moved", "blocked", "unsure"):
        found.append(("partly", vocabularies.LINK_STATES[one.state].name))
    return found


def copy_of(language: Language, one: Record) -> str:
    """A link to the archived copy, with its date."""
    return (
        anchor(f"{language.say(link_health.COPY)} {one.copy.day}", one.copy.url) if one.copy else ""
    )


def _moved(language: Language, one: Record) -> str:
    if one.state != "moved" or one.good is None or not one.good.address:
        return ""
    return anchor(language.say(link_health.NEW_ADDRESS), one.good.address)
