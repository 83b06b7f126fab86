"""Rules on identity: ids, file names, and the same thing entered twice."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from kb.addresses import normal
from kb.catalog import Entry
from kb.rules.rule import Knowledge, Trouble

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def duplicate_id(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two entries have the same id.

    Why it matters: relations name ids, and ids are unique over all kinds.

    Example:

        catalog/articles/pact.yaml and catalog/techniques/pact/entry.yaml

    Instead: rename one of the files; say more of what it is.
    """
    for entry in knowledge.catalog.shadowed:
        first = knowledge.catalog.entries[entry.id]
        yield Trouble(
            entry,
            (),
            f"id `{entry.id}` is already used at {_at(first, ())}",
            "rename one of the two",
        )


def malformed_id(knowledge: Knowledge) -> Iterator[Trouble]:
    """An id, that is a file's or folder's name, has other characters than a-z, 0-9 and single hyphens.

    Why it matters: ids become addresses of pages and keys of BibTeX.

    Example:

        catalog/papers/Tan_2019.yaml

    Instead: catalog/papers/tan2019efficientnet.yaml
    """
    for entry in _all(knowledge):
        if not _ID.match(entry.id) or len(entry.id) > 80:
            yield Trouble(
                entry,
                (),
                f"id `{entry.id}` has characters that ids must not have",
                "use a-z, 0-9 and single hyphens, at most 80",
            )


def id_differs_from_file_name(knowledge: Knowledge) -> Iterator[Trouble]:
    """The key `id` says something else than the file's name.

    Why it matters: the file's name is the id; a second one would be believed by half of the tools.

    Example:

        id: other-name

    Instead: remove the key.
    """
    for entry in _all(knowledge):
        if entry.model.id not in (None, entry.id):
            yield Trouble(
                entry,
                ("id",),
                f"id `{entry.model.id}` differs from the file's name `{entry.id}`",
                "remove the key `id`, or rename the file",
            )


def citekey_differs(knowledge: Knowledge) -> Iterator[Trouble]:
    """A paper's file name is not first author's surname, year, first word of the title.

    Why it matters: the id is the BibTeX key; people guess it, and two spellings become two entries.

    Example:

        catalog/papers/efficientnet.yaml for Tan and Le 2019

    Instead: catalog/papers/tan2019efficientnet.yaml
    """
    for entry in knowledge.catalog.of_kind("paper"):
        expected = _citekeys(entry)
        if entry.id not in expected:
            yield Trouble(
                entry,
                ("title",),
                f"id `{entry.id}` is not made of surname, year and first word",
                f"rename the file to `{expected[0]}.yaml`",
            )


def duplicate_arxiv(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two papers have the same arXiv id.

    Why it matters: they are the same paper, or one of the ids is wrong.

    Example:

        arxiv: "1905.11946" in two files

    Instead: merge the entries, or correct the id.
    """
    yield from _twice(knowledge.catalog.of_kind("paper"), "arxiv", lambda entry: entry.model.arxiv)


def duplicate_doi(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two papers have the same DOI.

    Why it matters: they are the same paper, or one of the DOIs is wrong.

    Example:

        doi: 10.1109/CVPR.2019.00293 in two files

    Instead: merge the entries, or correct the DOI.
    """
    yield from _twice(
        knowledge.catalog.of_kind("paper"),
        "doi",
        lambda entry: entry.model.doi and entry.model.doi.lower(),
    )


def duplicate_url(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two articles or resources of the same title have the same address, after normalising.

    Why it matters: the same thing would be shown, linked and checked twice.

    Example:

        https://example.org/post and http://www.example.org/post/?utm_source=x

    Instead: keep one of the entries.
    """
    for first, entry in _same_address(knowledge):
        if _same_title(first, entry):
            yield Trouble(
                entry,
                ("url",),
                f"address `{entry.model.url}` is already used at {_at(first, ('url',))}",
                "keep one of the two",
            )


def url_with_two_titles(knowledge: Knowledge) -> Iterator[Trouble]:
    """One address is given to two entries of different titles.

    Why it matters: one of them leads its readers to the wrong text.

    Example:

        two articles with the address https://mp.weixin.qq.com/s/abc

    Instead: find out which of them it belongs to, and correct the other.
    """
    for first, entry in _same_address(knowledge):
        if not _same_title(first, entry):
            yield Trouble(
                entry,
                ("url",),
                f"address `{entry.model.url}` has another title at {_at(first, ('url',))}",
                f"there it is `{first.model.title}`",
            )


def duplicate_title(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two entries of a kind have the same title, and nothing says that they are the same text.

    Why it matters: readers cannot tell them apart; most often one was entered twice.

    Example:

        two papers titled "Deep Compression"

    Instead: merge them. Two addresses of one article stay two entries with `same_text` between them.
    """
    for kind in ("paper", "article", "resource"):
        for first, entry in _pairs(
            knowledge.catalog.of_kind(kind), lambda one: _folded(one.model.title)
        ):
            if not _tied(knowledge, first, entry):
                yield Trouble(
                    entry,
                    ("title",),
                    f"title `{entry.model.title}` is already used at {_at(first, ('title',))}",
                    "merge the two, or tie two addresses of one text with `same_text`",
                )


def _all(knowledge: Knowledge) -> Iterable[Entry]:
    return (*knowledge.catalog.entries.values(), *knowledge.catalog.shadowed)


def _at(entry: Entry, keys: tuple[str, ...]) -> str:
    line, column = entry.place(keys)
    return f"{entry.path}:{line}:{column}"


def _pairs(
    entries: Iterable[Entry], key: Callable[[Entry], str | None]
) -> Iterator[tuple[Entry, Entry]]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        value = key(entry)
        if value and value in seen:
            yield seen[value], entry
        elif value:
            seen[value] = entry


def _twice(
    entries: Iterable[Entry], field: str, key: Callable[[Entry], str | None]
) -> Iterator[Trouble]:
    for first, entry in _pairs(entries, key):
        yield Trouble(
            entry,
            (field,),
            f"{field} `{key(entry)}` is already used at {_at(first, (field,))}",
            "merge the two, or correct one",
        )


def _same_address(knowledge: Knowledge) -> Iterator[tuple[Entry, Entry]]:
    return _pairs(
        knowledge.catalog.of_kind("article") + knowledge.catalog.of_kind("resource"),
        lambda entry: normal(entry.model.url),
    )


def _same_title(one: Entry, other: Entry) -> bool:
    return _folded(one.model.title) == _folded(other.model.title)


def _folded(title: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFKC", title).casefold() if letter.isalnum()
    )


def _tied(knowledge: Knowledge, one: Entry, other: Entry) -> bool:
    return any(
        knowledge.graph.nx.has_edge(a.id, b.id, "same_text")
        for a, b in ((one, other), (other, one))
    )


_SKIPPED = frozenset(("a", "an", "the", "on", "to"))


def _citekeys(entry: Entry) -> list[str]:
    surname = _ascii(entry.model.authors[0].split()[-1])
    words = [
        word
        for word in re.split(r"[^0-9A-Za-z]+", unicodedata.normalize("NFKD", entry.model.title))
        if word
    ]
    first = next((word for word in words if word.casefold() not in _SKIPPED), "")
    joined = _ascii(
        next((word for word in entry.model.title.split() if word.casefold() not in _SKIPPED), "")
    )
    return [f"{surname}{entry.model.year}{_ascii(first)}", f"{surname}{entry.model.year}{joined}"]


def _ascii(word: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word).casefold()
        if letter.isascii() and letter.isalnum()
    )
