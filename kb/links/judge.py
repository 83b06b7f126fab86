"""Judges what was seen. Pure: the same sight gives the same verdict.

Only *gone* may ever fail a build, so it needs proof: a status that means it, a name or a port that
does not exist, or a page that says so in its own name. Who keeps us out is *blocked*; whatever time
may mend is *unsure*.
"""

import re
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

from kb.addresses import host_of
from kb.ledger.look import Verdict
from kb.links import words
from kb.links.interstitials import interstitial
from kb.links.model import Doubt, Hop, Judgement, NetworkFault, Seen
from kb.links.page import WebPage, read
from kb.links.prints import print_of
from kb.links.sites import ANY, Site, leads_to_wall

GONE = (404, 410, 451)
BLOCKED = (401, 402, 403, 407, 412, 418, 999)
AGAIN = (408, 425, 429)
BARE = 160
SHORT = 1500
BRIEF = 700
ARTICLE = 60
CUT = 40_000
_LOGIN = re.compile(
    r"(?:(?:user|account|member)[-_]?)?(?:log|sign)[-_]?(?:in|on)(?:\.\w{1,5})?|"
    r"wp-login\.php|passport|sso|oauth2?|authorize|auth|authwall|cas",
    re.I,
)
_MISSING = re.compile(
    r"(?:.*/)?(?:(?:error|page|status|http)?[-_]?404|(?:page)?[-_]?not[-_]?found)(?:\.\w{1,5})?/?",
    re.I,
)
_LOGIN_HOSTS = frozenset("login passport accounts sso auth signin idp".split())
_WALL = re.compile(
    r"captcha|antispider|/cdn-cgi/challenge|/challenge/|unhuman|botcheck|/verify(?:code|[?/]|$)",
    re.I,
)
_HOME = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2,4})?/?)?(?:(?:index|default|home)(?:\.\w{1,5})?/?)?", re.I
)
_PARKED_LABEL = re.compile(r"ww\d{1,3}")


def judge(seen: Seen, site: Site = ANY) -> Judgement | Doubt:
    """The verdict on ``seen``, or two of them and what decides."""
    if seen.fault and not _status_tells(seen):
        return _fault(seen, seen.fault)
    if not site.follow and seen.status in (301, 302, 303, 307, 308):
        return Judgement(
            "alive",
            "it is registered; what lies behind it was not asked",
            notes=(f"leads to {seen.headers.get('location', '')[:200]}",),
        )
    return _redirect(seen, site) or _status(seen, site) or _content(seen, site)


def _status_tells(seen: Seen) -> bool:
    """A missing page that comes slowly is missing all the same."""
    return (
        seen.status is not None
        and not 200 <= seen.status < 400
        and seen.fault is not None
        and seen.fault.kind in ("timeout", "truncated", "reset", "invalid")
    )


def _fault(seen: Seen, fault: NetworkFault) -> Judgement:
    if fault.kind in ("name", "refused"):
        return Judgement("gone", _after(seen, fault.words), again=True, network=True)
    if fault.kind == "loop" or (fault.kind == "scheme" and seen.hops):
        return Judgement("gone", fault.words, again=True)
    return Judgement(
        "unsure",
        _after(seen, fault.words),
        again=fault.kind not in ("address", "forbidden", "scheme", "hops"),
    )


def _after(seen: Seen, words: str) -> str:
    return (
        f"redirects to {seen.final_url[:120]}: {words}"
        if seen.hops and not words.startswith("redirects")
        else words
    )


def _redirect(seen: Seen, site: Site) -> Judgement | None:
    """What the place where redirects led to says by its address alone."""
    if not seen.hops:
        return None
    before, after = urlsplit(seen.url), urlsplit(seen.final_url)
    if leads_to_wall(site, seen.final_url) or (
        _WALL.search(f"{after.path}?{after.query}") and not _WALL.search(before.path)
    ):
        return Judgement("blocked", f"redirects to a captcha: {seen.final_url[:120]}")
    if _is_login(seen.final_url) and not _is_login(seen.url):
        return Judgement("blocked", f"redirects to a login: {seen.final_url[:120]}")
    if _parking_host(seen):
        return Judgement("gone", f"the domain is parked at {host_of(seen.final_url)}", again=True)
    if (
        (seen.status or 0) < 400
        and _HOME.fullmatch(after.path)
        and not _HOME.fullmatch(before.path)
        and not _names_a_page(after.query)
    ):
        return Judgement("unsure", f"redirects to the home page {seen.final_url[:120]}")
    if _MISSING.fullmatch(after.path[:2000]) and not _MISSING.fullmatch(before.path[:2000]):
        return Judgement(
            "gone", f"redirects to a page for what is missing: {seen.final_url[:120]}", again=True
        )
    return None


def _names_a_page(query: str) -> bool:
    """`p=123` shows one page of many, `from=search` only says where somebody came from."""
    return bool(re.search(r"=[^&]{0,40}\d", query)) and "404" not in query


def _is_login(url: str) -> bool:
    parts = urlsplit(url)
    return (
        any(_LOGIN.fullmatch(segment) for segment in parts.path[:2000].split("/"))
        or host_of(url).split(".")[0] in _LOGIN_HOSTS
    )


def _parking_host(seen: Seen) -> bool:
    before, after = host_of(seen.url), host_of(seen.final_url)
    if before == after:
        return False
    parked = any(after == host or after.endswith(f".{host}") for host in words.PARKING_HOSTS)
    return parked or bool(
        _PARKED_LABEL.fullmatch(after.split(".")[0])
        and not _PARKED_LABEL.fullmatch(before.split(".")[0])
    )


def _status(seen: Seen, site: Site) -> Judgement | None:
    """What the status alone says; None for a page whose content counts."""
    status, answers = seen.status or 0, _after(seen, f"answers {_phrase(seen.status or 0)}")
    if seen.headers.get("cf-mitigated") or seen.headers.get("x-amzn-waf-action"):
        return Judgement("blocked", f"{answers}: a bot wall")
    if status in GONE:
        return Judgement("gone", answers, again=True)
    if status in BLOCKED or status in site.blocked_statuses:
        return Judgement("blocked", answers)
    if status >= 500 and _is_wall(seen):
        return Judgement("blocked", f"{answers} with a bot wall")
    if 200 <= status < 300:
        return None
    return Judgement(
        "unsure", answers + _patience(seen), again=status in AGAIN or 500 <= status < 600
    )


def _patience(seen: Seen) -> str:
    asked = seen.headers.get("retry-after", "")[:40]
    return (
        f" and asks to wait until {asked}"
        if asked and not asked.isdigit()
        else f" and asks to wait {asked} s"
        if asked
        else ""
    )


def _is_wall(seen: Seen) -> bool:
    """A server error that is really a challenge: its title, its scripts, or a script that sets a
    cookie.
    """
    page = read(seen.text)
    if words.is_called(words.GUARDED_TITLE, page.title) or any(
        mark in seen.text for mark in words.GUARD_MARKS[:10]
    ):
        return True
    return bool(
        page.scripts
        and len(page.text) < ARTICLE
        and ("document.cookie" in seen.text or "set-cookie" in seen.headers)
    )


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _content(seen: Seen, site: Site) -> Judgement | Doubt:
    kind = seen.headers.get("content-type", "").split(";")[0].strip().lower()
    if not seen.text.strip("\0 \t\r\n"):
        codings = {
            coding.strip().lower() for coding in seen.headers.get("content-encoding", "").split(",")
        }
        unreadable = codings - {"", "identity", "gzip", "deflate", "x-gzip"}
        return (
            _good(seen, None)
            if unreadable
            else Judgement(
                "unsure",
                _after(seen, f"answers {_phrase(seen.status or 0)} with nothing in it"),
                again=True,
            )
        )
    if any(mark in seen.text for mark in site.blocked_marks) and len(seen.text) < 5000:
        return Judgement("blocked", "the site asks for a browser")
    if kind and "html" not in kind and kind != "text/plain":
        return _good(seen, None)
    page = read(seen.text, site.article)
    return _article(seen, site, page) if site.article else _page(seen, site, page)


def _article(seen: Seen, site: Site, page: WebPage) -> Judgement:
    """A site whose articles stand in an element of their own."""
    title = _title(seen, site, page)
    if len(page.article or "") >= ARTICLE:
        return _good(seen, title)
    bare = "".join(page.text.split()) if len(page.text) < SHORT else ""
    said: tuple[tuple[Verdict, tuple[str, ...]], ...] = (
        ("gone", site.gone),
        ("blocked", site.blocked),
        ("unsure", site.unsure),
    )
    for verdict, phrases in said:
        if phrase := next((phrase for phrase in phrases if phrase in bare), None):
            return Judgement(verdict, f"{site.name} says `{phrase}`", again=verdict == "gone")
    if (
        page.article
        or (page.article is not None and page.images)
        or (page.og_title and len(seen.text) > CUT)
    ):
        return _good(seen, title)
    return Judgement(
        "unsure", f"neither an article nor a message of {site.name} that we know", again=True
    )


def _page(seen: Seen, site: Site, page: WebPage) -> Judgement | Doubt:
    good, weight = _good(seen, _title(seen, site, page)), _weight(page.text)
    if not page.text and not page.title and not page.images:
        return _blank(seen, page)
    found = _certain(seen, page, weight)
    if found:
        return found
    print = print_of(page, seen.url, seen.final_url)
    worst = _worst(page, seen, weight)
    if not site.probe and not worst:
        return good
    home = _HOME.fullmatch(urlsplit(seen.url).path) and not urlsplit(seen.url).query
    alike = "for an address that can't exist the host gives the same page"
    nothing = good if home else Judgement("unsure", f"{alike}, so this one says nothing")
    same = (
        Judgement(worst.verdict, f"{worst.reason}; {alike}", again=worst.again)
        if worst
        else nothing
    )
    differs = (
        Judgement("unsure", f"{worst.reason}, though the host tells missing pages apart")
        if worst and _opens_with_it(page, weight)
        else good
    )
    near = bool(worst) or len(page.text) < BRIEF or _wrong_kind(seen)
    return Doubt(differs, same, print, near)


def _opens_with_it(page: WebPage, weight: int) -> bool:
    """Whether a page of few words is called missing, or says so at its very beginning: no proof,
    but no sign of life either.
    """
    called = words.is_called(words.MISSING_TITLE, page.title, *page.headings) and weight < SHORT
    return bool(called or (weight < SHORT // 2 and words.is_about(words.MISSING_WORDS, page.text)))


def _blank(seen: Seen, page: WebPage) -> Judgement:
    if page.scripts and re.search(
        r"document\.cookie|location\.(?:reload|href|replace|assign)|location\s?=",
        seen.text[:50_000],
    ):
        return Judgement("blocked", "nothing but a script that sends the browser on")
    if page.scripts:
        return _good(seen, None)
    return Judgement("unsure", "the page is blank", again=True)


def _certain(seen: Seen, page: WebPage, weight: int) -> Judgement | None:
    """What a short page says of itself beyond doubt: in its title or heading, or in few words."""
    if weight >= SHORT // 2:
        return None
    bare = weight < BARE
    return (
        _walled(seen, page, bare)
        or _missing(page, bare, weight < 2 * BARE)
        or _login(page, bare)
        or _parked(seen, page, bare)
        or (_before_the_text(page) if bare else None)
    )


def _names(page: WebPage) -> tuple[str, ...]:
    return (page.title, page.og_title, *page.headings)


def _walled(seen: Seen, page: WebPage, bare: bool) -> Judgement | None:
    said = words.is_called(words.GUARDED_TITLE, *_names(page))
    if not said and bare:
        said = words.says(words.GUARDED_WORDS, page.text)
    if said:
        return Judgement("blocked", f"a captcha or a bot wall: `{said}`")
    if bare and any(mark in seen.text for mark in words.GUARD_MARKS):
        return Judgement("blocked", "a captcha or a bot wall")
    return None


def _missing(page: WebPage, bare: bool, short: bool) -> Judgement | None:
    said = words.is_called(words.MISSING_TITLE, *_names(page)) if short else ""
    if not said and bare:
        said = words.is_about(words.MISSING_WORDS, page.text)
    return Judgement("gone", f"the page says `{said}`", again=True) if said else None


def _login(page: WebPage, bare: bool) -> Judgement | None:
    if not (page.password or bare):
        return None
    said = words.is_called(words.LOGIN_TITLE, *_names(page))
    if not said and bare:
        said = words.says(words.LOGIN_WORDS, page.text)
    return Judgement("blocked", f"asks to log in: `{said}`") if said else None


def _parked(seen: Seen, page: WebPage, bare: bool) -> Judgement | None:
    said = ""
    if host_of(seen.url) != host_of(seen.final_url):
        said = words.says(words.PARKED_WORDS, f"{page.title} . {page.text}")
    if not said and (bare or any(mark in seen.text for mark in words.PARKING_MARKS)):
        said = words.is_about(words.PARKED_WORDS, page.text)
    said = said or words.is_about(words.PARKED_WORDS, page.title)
    return Judgement("gone", f"the domain is parked: `{said}`", again=True) if said else None


def _before_the_text(page: WebPage) -> Judgement | None:
    """What a page with hardly any text is if its title is that of an interstitial."""
    kind, said = interstitial(page.title), page.title[:80]
    if kind in ("redirect", "wait"):
        return Judgement("unsure", f"a page before the text: `{said}`", again=True)
    if kind in ("consent", "login", "guard", "browser"):
        return Judgement("blocked", f"a page before the text: `{said}`")
    return None


def _worst(page: WebPage, seen: Seen, weight: int) -> Judgement | None:
    """What the page would be if it turned out to be the host's answer to everything."""
    if weight >= 2 * SHORT:
        return None
    text = f"{page.title} . {page.text}"
    if said := words.says(words.PARKED_WORDS, text) or next(
        (mark for mark in words.PARKING_MARKS if mark in seen.text), ""
    ):
        return Judgement("gone", f"the domain is parked: `{said}`", again=True)
    if said := words.is_called(words.MISSING_TITLE, page.title, *page.headings) or words.says(
        words.MISSING_WORDS, text
    ):
        return Judgement("gone", f"the page says `{said}`", again=True)
    if said := words.says(words.GUARDED_WORDS, text):
        return Judgement("blocked", f"a captcha or a bot wall: `{said}`")
    if said := words.says(words.LOGIN_WORDS, text):
        return Judgement("blocked", f"asks to log in: `{said}`")
    return None


def _weight(text: str) -> int:
    """The length of ``text``, where a Chinese character counts twice."""
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2


def _wrong_kind(seen: Seen) -> bool:
    """A page where a document was linked."""
    return urlsplit(seen.url).path.lower().endswith((".pdf", ".zip", ".gz", ".ps", ".png", ".jpg"))


def _title(seen: Seen, site: Site, page: WebPage) -> str | None:
    named = site.title.search(seen.text) if site.title else None
    if named:
        return page.og_title or named[2].strip()
    if page.og_title and (not page.title or page.og_title in page.title):
        return page.og_title[:300]
    return (page.title or page.og_title)[:300] or None


def _good(seen: Seen, title: str | None) -> Judgement:
    """Alive, or moved as far as the redirects from its start are permanent."""
    answers = f"answers {_phrase(seen.status or 0)}"
    address = _moved_to(seen.hops, seen.final_url)
    if address and address.split("#")[0] != seen.url.split("#")[0]:
        return Judgement(
            "moved", f"moved for good to {address[:200]}", title=title, address=address
        )
    return Judgement("alive", _after(seen, answers), title=title)


def _moved_to(hops: tuple[Hop, ...], final_url: str) -> str | None:
    lasting = 0
    while lasting < len(hops) and hops[lasting].status in (301, 308):
        lasting += 1
    if not lasting:
        return None
    return final_url if lasting == len(hops) else hops[lasting].url


def confirmed(judgements: list[Judgement], tries: int, known: bool = False) -> Judgement | None:
    """The final judgement after these tries of at most ``tries``, or None if another one is due.

    *gone* needs two tries that agree, and a fault of the network all of them; without that it is
    *unsure*. A page with a title that is not expected needs two tries, too, unless it is ``known``
    from a service.
    """
    last, left = judgements[-1], tries - len(judgements)
    if last.expected:
        seen = sum(one.expected is not None for one in judgements)
        return last if known or seen >= 2 or left <= 0 else None
    if last.verdict != "gone":
        return last if left <= 0 or not last.again else None
    agreeing = sum(one.verdict == "gone" for one in judgements)
    if agreeing >= min(tries if last.network else 2, tries):
        return replace(last, reason=f"{last.reason}, {_times(agreeing)}") if agreeing > 1 else last
    if left > 0:
        return None
    others = "; ".join(dict.fromkeys(one.reason for one in judgements if one.verdict != "gone"))
    return replace(last, verdict="unsure", reason=f"{last.reason}, but before: {others}")


def _times(count: int) -> str:
    return {2: "twice"}.get(count, f"{count} times")
