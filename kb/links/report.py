"""What has changed between two ledgers and what stands now: as text, Markdown, JSON and JUnit.

Pure: ledgers in, text out.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from kb.ledger.merge import Ledger
from kb.ledger.record import STATES, Record

MOST = 100


@dataclass(frozen=True, slots=True)
class Report:
    """``new`` were looked at for the first time; ``fallen`` are gone or lead to the wrong target,
    and did not before; ``revived`` are good again; ``forgotten`` are addresses that no entry
    names any more. ``wrong`` maps an address to (expected title, found title).
    """

    links: tuple[Record, ...]
    new: tuple[Record, ...] = ()
    fallen: tuple[Record, ...] = ()
    revived: tuple[Record, ...] = ()
    forgotten: tuple[Record, ...] = ()
    entries: Mapping[str, Sequence[str]] = field(default_factory=dict)
    wrong: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many links are in each state."""
        return {state: sum(link.state == state for link in self.links) for state in STATES}

    def of(self, *states: str) -> list[Record]:
        """The links in one of ``states``."""
        return [link for link in self.links if link.state in states]

    @property
    def failing(self) -> list[Record]:
        """The links that were not found lately and are not given up yet."""
        return [link for link in self.links if link.failing and link.state != "gone"]


def compare(
    old: Ledger,
    new: Ledger,
    entries: Mapping[str, Sequence[str]],
    titles: Mapping[str, Sequence[str]],
) -> Report:
    """The report on ``new`` against ``old``; ``entries`` are the ids that name an address,
    ``titles`` the titles expected there.
    """
    links = [new.get(url) or Record(url) for url in sorted(entries)]
    wrong = {
        link.url: (look.expected or "", look.title or "")
        for link in links
        if (look := link.wrong(titles.get(link.url, ())))
    }

    def bad(ledger: Ledger, url: str) -> bool:
        one = ledger.get(url)
        return bool(one and (one.state == "gone" or one.wrong(titles.get(url, ()))))

    seen_before = {url for url, one in old.items() if one.looks}
    return Report(
        tuple(links),
        tuple(link for link in links if link.looks and link.url not in seen_before),
        tuple(
            link
            for link in links
            if link.url in seen_before and bad(new, link.url) and not bad(old, link.url)
        ),
        tuple(
            link
            for link in links
            if bad(old, link.url) and not bad(new, link.url) and link.state in ("alive", "moved")
        ),
        tuple(one for url, one in sorted({**old, **new}.items()) if url not in entries),
        entries,
        wrong,
    )


def text(report: Report) -> str:
    """For a terminal: what changed, what needs somebody, the counts."""
    lines = []
    for title, links in _sections(report):
        lines += [
            f"{title} ({len(links)})",
            *(f"  {link.url}\n      {_said(report, link)}" for link in links),
            "",
        ]
    return "\n".join([*lines, _counted(report)]) + "\n"


def markdown(report: Report) -> str:
    """For an issue or a pull request.

    What strangers wrote stands in code spans, where it can neither format nor call anybody.
    """
    lines = [_counted(report), ""]
    for title, links in _sections(report):
        lines += [
            f"## {title} ({len(links)})",
            "",
            *(f"- <{link.url}>  \n  {_code(_said(report, link))}" for link in links[:MOST]),
        ]
        lines += [f"- and {len(links) - MOST} more", ""] if len(links) > MOST else [""]
    return "\n".join(lines).rstrip() + "\n"


def json_text(report: Report) -> str:
    """For other programs: counts, changes by address, and every link that is not simply alive."""
    changes = {
        name: [link.url for link in getattr(report, name)]
        for name in ("new", "fallen", "revived", "forgotten")
    }
    standing = {
        link.url: _fields(report, link)
        for link in report.links
        if link.state != "alive" or link.failing or link.url in report.wrong
    }
    return (
        json.dumps(
            {"counts": report.counts, **changes, "links": standing}, ensure_ascii=False, indent=2
        )
        + "\n"
    )


def junit(report: Report) -> str:
    """For test reports, a case a link: gone and wrong targets fail, what is unsure is skipped."""
    cases = [_case(report, link) for link in report.links]
    failures = sum("<failure" in case for case in cases)
    skipped = sum("<skipped" in case for case in cases)
    head = (
        f'<testsuite name="kb links" tests="{len(cases)}" failures="{failures}" '
        f'skipped="{skipped}">'
    )
    return (
        "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *cases, "</testsuite>"]) + "\n"
    )


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "markdown": markdown,
    "json": json_text,
    "junit": junit,
}


def _sections(report: Report) -> list[tuple[str, Sequence[Record]]]:
    wrong = [link for link in report.links if link.url in report.wrong]
    sections: list[tuple[str, Iterable[Record]]] = [
        ("Fallen", report.fallen),
        ("Revived", report.revived),
        ("Gone", report.of("gone")),
        ("Wrong target", wrong),
        ("Failing, not given up", report.failing),
        ("Moved", report.of("moved")),
        ("Blocked", report.of("blocked")),
        ("Unsure", report.of("unsure")),
        ("New", report.new),
        ("Forgotten", report.forgotten),
    ]
    return [(title, tuple(links)) for title, links in sections if links]


def _counted(report: Report) -> str:
    known = ", ".join(
        f"{number:,} {state if state != 'unknown' else 'never seen'}"
        for state, number in report.counts.items()
        if number
    )
    return f"{len(report.links):,} links: {known}" if report.links else "no links"


def _said(report: Report, link: Record) -> str:
    parts = [_state(link), _reason(link)]
    if link.url in report.wrong:
        parts.append("expected `{}`, found `{}`".format(*report.wrong[link.url]))
    if link.state == "moved" and link.good and link.good.address:
        parts.append(f"now {link.good.address}")
    if link.copy:
        parts.append(f"copy of {link.copy.day}: {link.copy.url}")
    if ids := report.entries.get(link.url):
        parts.append(f"in {', '.join(ids)}")
    return "; ".join(part for part in parts if part)


def _state(link: Record) -> str:
    if not link.looks:
        return "not looked at yet"
    failing = f", failing since {link.failing}" if link.failing and link.state != "gone" else ""
    return (
        "never seen alive" + failing
        if link.state == "unknown"
        else f"{link.state} since {link.since}{failing}"
    )


def _reason(link: Record) -> str:
    return link.last.reason if link.last and link.last.verdict != "alive" else ""


def _code(said: str) -> str:
    return f"`{said.replace('`', chr(39))}`"


def _fields(report: Report, link: Record) -> dict[str, object]:
    found = {
        "state": link.state,
        "since": link.since,
        "failing_since": link.failing,
        "reason": link.last and link.last.reason,
        "status": link.last and link.last.status,
        "last_look": link.last and link.last.day,
        "last_good_look": link.good and link.good.day,
        "address": link.good and link.good.address,
        "wrong_target": dict(zip(("expected", "found"), report.wrong[link.url], strict=True))
        if link.url in report.wrong
        else None,
        "copy": link.copy and {"url": link.copy.url, "day": str(link.copy.day)},
        "entries": list(report.entries.get(link.url, ())),
    }
    return {
        name: value if isinstance(value, int | str | list | dict) else str(value)
        for name, value in found.items()
        if value is not None
    }


def _case(report: Report, link: Record) -> str:
    said = quoteattr(_said(report, link))
    inside = ""
    if link.state == "gone" or link.url in report.wrong:
        inside = f"<failure message={said}/>"
    elif link.state in ("blocked", "unsure", "unknown"):
        inside = f"<skipped message={said}/>"
    return (
        f"  <testcase classname={quoteattr(urlsplit(link.url).hostname or '')} "
        f"name={quoteattr(link.url)}>{inside}</testcase>"
    )
