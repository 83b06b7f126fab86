"""What can be wrong with the ledger's file and with links, each with its page."""

from kb.findings import FindingKind

_PAGES = {
    "KB601 broken-ledger-line": (
        "A line of `links.jsonl` cannot be read.",
        "What was seen of that link would be lost, and its history with it.",
        '{"url": "https://example.org", "looks": [{"day": "yesterday"}]}',
        "Take the line from an older commit, or delete it: the next run looks again.",
    ),
    "KB602 untidy-ledger-line": (
        "A line of `links.jsonl` is not what `kb links` would write.",
        (
            "Out of order, twice, or with a state that does not follow from the looks: "
            "nobody could trust the file, and each run would change it."
        ),
        '{"url": "https://example.org", "state": "alive", "looks": []}',
        "Run `kb links merge catalog/links.jsonl`; never edit the file by hand.",
    ),
    "KB701 link-gone": (
        "A link leads nowhere any longer.",
        (
            "Readers and facts depend on it. It was found gone three times, at least "
            "three days apart each; or on its very first look."
        ),
        "url: https://example.org/deleted",
        (
            "Give the new address, an archived copy or another source; `kb links check --archive` "
            "finds copies."
        ),
    ),
    "KB702 wrong-target": (
        "The page behind a link has clearly another title than its entry expects.",
        (
            "A wrong id or a mixed-up address sends readers to another text. Two tries of one run "
            "agreed; where the right title was seen before, two looks on different days did."
        ),
        'arxiv: "1905.11947" for EfficientNet',
        "Correct the address or the title; the message shows both.",
    ),
    "KB703 link-blocked": (
        "The site blocks automated access.",
        (
            "Nobody knows whether the page is still there. It is never called gone for "
            "that. Reported with `--strict` only."
        ),
        "url: https://zhuanlan.zhihu.com/p/1",
        "Open it yourself; give a copy that everybody can read.",
    ),
    "KB704 link-unsure": (
        "What came back proves nothing.",
        (
            "Time-outs and server errors pass. It is never called gone for that. Reported with "
            "`--strict` only."
        ),
        "a page that answers 503",
        "Wait for the next run.",
    ),
    "KB705 link-moved": (
        "A page has moved for good and its old address still leads there.",
        "Redirects end one day. Reported with `--strict` only.",
        "url: http://example.org/old",
        "Write the new address; the hint shows it.",
    ),
    "KB706 malformed-address": (
        "Something in a list was meant as a web address, and is not one.",
        (
            "Nobody who follows it gets anywhere: the destination is empty, its scheme stands "
            "twice or is misspelt, its host cannot exist. Found without any network."
        ),
        "[Net2net](https://https://arxiv.org/abs/1511.05641)",
        "Write the whole address: `https://`, a host, a path.",
    ),
    "KB707 two-titles": (
        "A list gives one address under two clearly different titles.",
        (
            "One of the two leads readers to another text: a line was copied and its address "
            "forgotten. Found without any network."
        ),
        "[Pruning Filters](https://a.example/1) and [Deep Compression](https://a.example/1)",
        "Give each title its own address.",
    ),
}


def _kind(title: str) -> FindingKind:
    code, name = title.split()
    return FindingKind(code, name, *_PAGES[title])


FAULTS: dict[str, FindingKind] = {title.split()[1]: _kind(title) for title in _PAGES}
