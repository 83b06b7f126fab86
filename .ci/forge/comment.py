"""The comment, the suggestions, the labels and the checklist of a change. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from forge.artifact import Artifact, Finding, Suggestion

MARK = "<!-- kb:change -->"
LONGEST = 60_000
UNSEEN = "This does not mean that they are alive."
UNREAD = "This does not mean that nothing changes."
NEXT = (
    "A maintainer compares the facts with the pages that are named, usually within a week, and "
    "merges. New links are looked at in the check *links that this pull request brings in*."
)
MOST_LINKS = 20
MOST_SHOWN = 30
"""Entries that the preview shows at once."""
_ENTRY = re.compile(r"catalog/[a-z]+/[a-z0-9-]+(?:/entry)?\.yaml")
MOST_SUGGESTIONS, MOST_FINDINGS = 30, 20
_ROOM = 9_000
"""Characters that each list may have, so that all lists and the rest are within ``LONGEST``."""
_LINE = 1_500
"""Characters that a line of a list may have."""
_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_ESCAPE = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&:-]|(?<=www)\.)", re.I)
_CALL = re.compile(r"(&#64;|(?:\\#|gh\\-)(?=\d))", re.I)
"""What a forge reads as a mention or an issue after Markdown is done with the escapes."""


def escaped(text: str) -> str:
    """``text`` as Markdown that shows it and does nothing: no tag, mention or link.

    The forge looks for mentions and issues in the finished page, so a space without width keeps
    them apart.
    """
    shown = _ESCAPE.sub(r"\\\1", text).replace("\\@", "&#64;").replace("\\<", "&lt;")
    return _CALL.sub(r"\1&#8203;", shown)


def length(text: str) -> int:
    """The length in UTF-16 units, the largest of the counts that a forge might use."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True)
class Placed:
    """Suggestions that stand at their lines, those that are too many or too long for that, and
    those whose lines are not in the diff."""

    inside: tuple[Suggestion, ...]
    over: tuple[Suggestion, ...]
    outside: tuple[Suggestion, ...]


def comment(change: Artifact, files: Mapping[str, bool], placed: Placed, site: str = "") -> str:
    """The one comment on a pull request that touches ``files``, each there after it or not.

    ``placed`` are its suggestions. ``site`` is the address of the site, where entries can be seen
    as they will look.
    """
    parts = [MARK, "## What changes on the site · 网站上的变化"]
    if change.unread:
        parts += [f"**The change could not be looked at**: {_short(change.unread)}. {UNREAD}"]
        parts += _findings(change.findings) if change.findings else []
    else:
        parts += [*_uncompared(change), *_counts(change), *_findings(change.findings)]
        parts += _links(change)
    parts += _preview(site, change.head, [path for path, there in files.items() if there])
    parts += _suggestions(placed)
    parts += ["### Review", "\n".join(f"- [ ] {line}" for line in checklist(change, files))]
    parts += [NEXT]
    whole = "\n\n".join(parts) + "\n"
    return whole if change.unread else whole + _details(change, LONGEST - length(whole))


def _preview(site: str, head: str, files: Sequence[str]) -> list[str]:
    """Where the entries of the pull request can be seen."""
    entries = [path for path in files if _ENTRY.fullmatch(path)]
    asked = _kept([f"&path={quote(path)}" for path in entries], MOST_SHOWN, _ROOM // 2)
    if not site or not asked:
        return []
    english, chinese = (f"{site}{tree}preview/#head={head}{''.join(asked)}" for tree in ("", "zh/"))
    more = len(entries) - len(asked)
    first = f" (the first {len(asked)} of {len(entries)})" if more else ""
    return [f"[See the entries as they will look]({english}){first} · [预览页面]({chinese})"]


def _suggestions(placed: Placed) -> list[str]:
    """How many suggestions there are, and where those are that stand at no line."""
    said = []
    if placed.inside:
        count = _count(len(placed.inside), "suggestion")
        said += [f"{count} to accept with a click: *Files changed*."]
    if placed.over:
        count, where = _count(len(placed.over), "more suggestion"), _places(placed.over)
        said += [f"{count} than the lines can show; `kb fix` and `kb fmt` make them: {where}."]
    if placed.outside:
        where = _places(placed.outside)
        said += [f"`kb fix` and `kb fmt` would also change lines outside the diff: {where}."]
    return said


def _places(suggestions: Sequence[Suggestion]) -> str:
    """Where ``suggestions`` are, each file once."""
    lines: dict[str, list[str]] = {}
    for one in suggestions:
        lines.setdefault(one.path, []).append(str(one.start))
    said = [
        f"`{path}` line{'s' * (len(some) > 1)} {', '.join(some)}" for path, some in lines.items()
    ]
    kept = _kept(said, MOST_SUGGESTIONS, _ROOM // 2)
    return "; ".join([*kept, *_more(len(said) - len(kept), "file")])


def _kept(lines: Sequence[str], most: int, room: int = _ROOM) -> list[str]:
    """The first ``lines``, ``most`` at most, as many as ``room`` characters hold."""
    kept = list[str]()
    for line in lines[:most]:
        room -= length(line) + 2
        if room < 0:
            break
        kept.append(line)
    return kept


def _more(number: int, noun: str) -> list[str]:
    return [f"and {_count(number, f'more {noun}')}"] * (number > 0)


def _uncompared(change: Artifact) -> list[str]:
    """Files that cannot be read as entries yet, so that nobody knows what changes in them."""
    broken = [path for sort, path in change.changes if sort == "not-compared"]
    if not broken:
        return []
    kept = _kept([_short(path) for path in broken], MOST_FINDINGS, _ROOM // 2)
    named = ", ".join([*kept, *_more(len(broken) - len(kept), "file")])
    return [f"**Could not be looked at**, as they cannot be read yet: {named}. {UNREAD}"]


def _counts(change: Artifact) -> list[str]:
    counts = Counter(sort for sort, _ in change.changes if sort != "not-compared")
    said = [f"{count} {sort.replace('-', ' ')}" for sort, count in sorted(counts.items())]
    if said:
        return [f"{', '.join(_kept(said, MOST_FINDINGS, _ROOM // 4))}."]
    return [] if _uncompared(change) else ["Nothing changes in what the entries say."]


def _findings(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return ["`kb check` finds nothing wrong."]
    lines = _kept([_finding(one) for one in findings], MOST_FINDINGS, 2 * _ROOM)
    more = len(findings) - len(lines)
    lines += [f"- and {more} more, in the check *findings at the lines of the catalogue*"] * (
        more > 0
    )
    return [f"### {_count(len(findings), 'finding')}", "\n".join(lines)]


def _finding(one: Finding) -> str:
    """A finding on a line; a text that would fill the comment loses its end."""
    said = f"- `{one.code}` {_short(f'{one.path}:{one.line}')} {_short(one.message)}"
    return said + (f" — {_short(one.hint)}" if one.hint else "")


def _short(text: str) -> str:
    """``text`` escaped, in ``_LINE`` characters at most."""
    for most in (len(text), 400, 200, 100):
        shown = escaped(text if len(text) <= most else f"{text[:most]} …")
        if length(shown) <= _LINE:
            return shown
    return "…"


def _links(change: Artifact) -> list[str]:
    """What was seen of the links that are new; nothing if there are none."""
    links = change.links
    if links.unread:
        return [f"**The new links could not be looked at**: {_short(links.unread)}. {UNSEEN}"]
    if not links.seen:
        new = any(sort == "link-new" for sort, _ in change.changes)
        return [f"**The new links were not looked at.** {UNSEEN}"] if new else []
    bad = [f"- **{verdict}** {_short(url)}" for url, verdict in links.seen if verdict != "alive"]
    if not bad:
        return [f"{_count(len(links.seen), 'new link')}, all alive."]
    kept = _kept(bad, MOST_LINKS)
    more = [f"- {line}" for line in _more(len(bad) - len(kept), "link")]
    alive = len(links.seen) - len(bad)
    return [f"### {_count(len(links.seen), 'new link')}, {alive} alive", "\n".join([*kept, *more])]


def _details(change: Artifact, free: int) -> str:
    """The rendered change, folded, as much of it as ``free`` characters hold."""
    head, foot = "\n<details><summary>Before and after · 前后对照</summary>\n\n", "\n</details>\n"
    cut = "- **and more** in the summary of the run\n"
    lines, kept = change.rendered.splitlines(keepends=True), list[str]()
    free -= length(head) + length(foot) + length(cut)
    for line in lines:
        if (free := free - length(line)) < 0:
            break
        kept.append(line)
    return head + "".join(kept) + (cut if len(kept) < len(lines) else "") + foot


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def checklist(change: Artifact, files: Iterable[str]) -> list[str]:
    """What a reviewer has to look at, of this change."""
    sorts, names = {sort for sort, _ in change.changes}, list(files)
    asked = {
        "the new pages were opened, and say what is claimed": {"link-new"} & sorts,
        "the new and changed values were seen in their sources": {"claim"} & sorts,
        "the new entry is no duplicate under another title": {"entry-added"} & sorts,
        "what was removed is nowhere needed": {"entry-removed", "edge-lost"} & sorts,
        "old addresses still lead there": {"entry-renamed"} & sorts,
        "the numbers of the code were run on another machine": {"numbers"} & sorts,
        "a native speaker read the Chinese": {"entry-added", "claim"} & sorts,
        "the code was read before it was run": [name for name in names if name.endswith(".py")],
        "nothing in the workflow gained a permission": [
            name for name in names if name.startswith((".github/", ".ci/"))
        ],
    }
    return [line for line, found in asked.items() if found] or ["the text reads well"]


def labels(change: Artifact, sizes: Mapping[str, int]) -> list[str]:
    """The labels of a change; ``sizes`` are changed lines by file."""
    kinds = {
        "catalogue": any(name.startswith("catalog/") for name in sizes),
        "code": any(name.startswith("kb/") or name.endswith("snippet.py") for name in sizes),
        "docs": any(name.startswith("docs/") or name.endswith(".md") for name in sizes),
        "workflow": any(name.startswith((".github/", ".ci/")) for name in sizes),
        "needs work": bool(change.findings),
    }
    total = sum(sizes.values())
    size = "small" if total <= 50 else "medium" if total <= 400 else "large"
    return [*(name for name, holds in kinds.items() if holds), f"size: {size}"]


OWN_LABELS = (
    *("catalogue", "code", "docs", "workflow", "needs work"),
    *("size: small", "size: medium", "size: large"),
)


def placed(suggestions: Iterable[Suggestion], patches: Mapping[str, str]) -> Placed:
    """Where the suggestions stand.

    ``patches`` are those of the forge, by file; a line must be there as the suggestion knows it.
    """
    lines = {path: shown(patch) for path, patch in patches.items()}
    inside, over, outside = list[Suggestion](), list[Suggestion](), list[Suggestion]()
    for one in suggestions:
        known = lines.get(one.path, {})
        if [known.get(at) for at in range(one.start, one.end + 1)] != list(one.old):
            outside.append(one)
        elif len(inside) == MOST_SUGGESTIONS or length(body(one)) > LONGEST:
            over.append(one)
        else:
            inside.append(one)
    return Placed(tuple(inside), tuple(over), tuple(outside))


def shown(patch: str) -> dict[int, str]:
    """The lines of the new file that ``patch`` shows, by number."""
    found, at = {}, 0
    for line in patch.split("\n"):
        if hunk := _HUNK.match(line):
            at = int(hunk[1])
        elif line.startswith(("+", " ")):
            found[at] = line[1:]
            at += 1
    return found


def body(one: Suggestion) -> str:
    """``one`` as the text of a comment at its lines."""
    runs = [len(run) for line in one.new for run in re.findall("`+", line)]
    fence = "`" * max(3, 1 + max(runs, default=0))
    return "\n".join([f"{fence}suggestion", *one.new, fence])


def suggestion(one: Suggestion) -> dict[str, object]:
    """``one`` as a comment at its lines, to accept with a click."""
    place: dict[str, object] = {"path": one.path, "line": one.end, "side": "RIGHT"}
    place |= {"body": body(one)}
    if one.start != one.end:
        place |= {"start_line": one.start, "start_side": "RIGHT"}
    return place
