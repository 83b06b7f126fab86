"""The comment, the suggestions, the labels and the checklist of a change. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_ESCAPE = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&:-])")


def escaped(text: str) -> str:
    """``text`` as Markdown that shows it and does nothing: no tag, mention or link."""
    return _ESCAPE.sub(r"\\\1", text).replace("\\@", "&#64;").replace("\\<", "&lt;")


def length(text: str) -> int:
    """The length in UTF-16 units, the largest of the counts that a forge might use."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def comment(
    change: Artifact,
    files: Iterable[str],
    offered: int,
    left: Sequence[Suggestion],
    site: str = "",
) -> str:
    """The one comment on a pull request that touches ``files``.

    ``offered`` suggestions stand at their lines; those ``left`` had no place there. ``site`` is the
    address of the site, where entries can be seen as they will look.
    """
    files = list(files)
    parts = [MARK, "## What changes on the site · 网站上的变化"]
    if change.unread:
        parts += [f"**The change could not be looked at**: {escaped(change.unread)}. {UNREAD}"]
        parts += _findings(change.findings) if change.findings else []
    else:
        parts += [*_uncompared(change), *_counts(change), *_findings(change.findings)]
        parts += _links(change)
    parts += _preview(site, change.head, files)
    if offered:
        parts += [f"{_count(offered, 'suggestion')} to accept with a click: *Files changed*."]
    if left:
        places = ", ".join(f"`{one.path}` line {one.start}" for one in left[:MOST_SUGGESTIONS])
        parts += [f"`kb fix` and `kb fmt` would also change lines outside the diff: {places}."]
    parts += ["### Review", "\n".join(f"- [ ] {line}" for line in checklist(change, files))]
    parts += [NEXT]
    whole = "\n\n".join(parts) + "\n"
    return whole if change.unread else whole + _details(change, LONGEST - length(whole))


def _preview(site: str, head: str, files: Sequence[str]) -> list[str]:
    """Where the entries of the pull request can be seen."""
    entries = [path for path in files if _ENTRY.fullmatch(path)][:MOST_SHOWN]
    if not site or not entries:
        return []
    asked = "&".join(f"path={quote(path)}" for path in entries)
    english, chinese = (f"{site}{tree}preview/#head={head}&{asked}" for tree in ("", "zh/"))
    return [f"[See the entries as they will look]({english}) · [预览页面]({chinese})"]


def _uncompared(change: Artifact) -> list[str]:
    """Files that cannot be read as entries yet, so that nobody knows what changes in them."""
    broken = [path for sort, path in change.changes if sort == "not-compared"]
    if not broken:
        return []
    named = ", ".join(escaped(path) for path in broken[:MOST_FINDINGS])
    return [f"**Could not be looked at**, as they cannot be read yet: {named}. {UNREAD}"]


def _counts(change: Artifact) -> list[str]:
    counts = Counter(sort for sort, _ in change.changes if sort != "not-compared")
    said = [f"{count} {sort.replace('-', ' ')}" for sort, count in sorted(counts.items())]
    if said:
        return [f"{', '.join(said)}."]
    return [] if _uncompared(change) else ["Nothing changes in what the entries say."]


def _findings(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return ["`kb check` finds nothing wrong."]
    lines = [
        f"- `{one.code}` {escaped(f'{one.path}:{one.line}')} {escaped(one.message)}"
        + (f" — {escaped(one.hint)}" if one.hint else "")
        for one in findings[:MOST_FINDINGS]
    ]
    more = len(findings) - len(lines)
    lines += [f"- and {more} more, in the check *findings at the lines of the catalogue*"] * (
        more > 0
    )
    return [f"### {_count(len(findings), 'finding')}", "\n".join(lines)]


def _links(change: Artifact) -> list[str]:
    """What was seen of the links that are new; nothing if there are none."""
    links = change.links
    if links.unread:
        return [f"**The new links could not be looked at**: {escaped(links.unread)}. {UNSEEN}"]
    if not links.seen:
        new = any(sort == "link-new" for sort, _ in change.changes)
        return [f"**The new links were not looked at.** {UNSEEN}"] if new else []
    bad = [f"- **{verdict}** {escaped(url)}" for url, verdict in links.seen if verdict != "alive"]
    if not bad:
        return [f"{_count(len(links.seen), 'new link')}, all alive."]
    more = [f"- and {len(bad) - MOST_LINKS} more"] * (len(bad) > MOST_LINKS)
    alive = len(links.seen) - len(bad)
    return [
        f"### {_count(len(links.seen), 'new link')}, {alive} alive",
        "\n".join([*bad[:MOST_LINKS], *more]),
    ]


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


def placed(
    suggestions: Iterable[Suggestion], patches: Mapping[str, str]
) -> tuple[list[Suggestion], list[Suggestion]]:
    """The suggestions that stand inside the diff, and those that do not.

    ``patches`` are those of the forge, by file; a line must be there as the suggestion knows it.
    """
    lines = {path: shown(patch) for path, patch in patches.items()}
    inside, outside = list[Suggestion](), list[Suggestion]()
    for one in suggestions:
        known = lines.get(one.path, {})
        wanted = range(one.start, one.end + 1)
        fits = [known.get(at) for at in wanted] == list(one.old)
        (inside if fits and len(inside) < MOST_SUGGESTIONS else outside).append(one)
    return inside, outside


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


def suggestion(one: Suggestion) -> dict[str, object]:
    """``one`` as a comment at its lines, to accept with a click."""
    runs = [len(run) for line in one.new for run in re.findall("`+", line)]
    fence = "`" * max(3, 1 + max(runs, default=0))
    body = "\n".join([f"{fence}suggestion", *one.new, fence])
    place: dict[str, object] = {"path": one.path, "line": one.end, "side": "RIGHT", "body": body}
    if one.start != one.end:
        place |= {"start_line": one.start, "start_side": "RIGHT"}
    return place
