"""Rules on sources: a reader is sent to the primary page, to the right paper, and once."""

import re
from collections.abc import Hashable, Iterator

from kb.addresses import host_of, ill_written, normal, unsafe
from kb.catalog import Entry
from kb.evidence import primary
from kb.hosts import PACKED, PLACEHOLDERS, HostKind, account, place
from kb.rules.rule import At, Knowledge, Trouble
from kb.schema import Article, Paper, Source, Unproven
from kb.source.characters import LOST
from kb.source.mends import Mend
from kb.source.reader import Keys

_ARXIV = re.compile(r"(?<![\d.])(\d{4}\.\d{4,5})(?!\d)")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ARXIV_FILE = re.compile(
    r"https?://(?:www\.|export\.)?arxiv\.org/(?:pdf|html|ps|format)/"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?"
)
_OF_THE_PAGE = frozenset({"title", "authors", "arxiv"})
_OF_THE_PAPER = frozenset({"title", "authors", "arxiv", "year", "summary"})


def no_primary_source(knowledge: Knowledge) -> Iterator[Trouble]:
    """A paper has sources, but none of them is the paper itself or its publisher.

    Why it matters: a copy can change or vanish, and a reader deserves the original.

    Example:

        sources: {copy: {url: "https://www.arxiv-vanity.com/papers/1905.11946/", …}}

    Instead: the address at arXiv, OpenReview, the proceedings or the publisher as `url`, the copy
    as `read`.
    """
    for entry in knowledge.of(Paper):
        sources = [one for _, one in _sources(entry)]
        known = sources and entry.knows("sources")
        if not known or any(_original(entry, one) for one in sources):
            continue
        if not any(map(_refused, sources)):
            yield Trouble(
                entry,
                ("sources",),
                "none of the sources is the paper itself or its publisher",
                "put the primary page under `url`, the copy that was read under `read`",
            )


def _refused(source: Source) -> bool:
    """Whether another finding stands at the address of ``source``."""
    found = place(source.url) if source.url else None
    return bool(found and (found.kind is HostKind.REFUSED or _ill(source.url or "")))


def _ill(url: str) -> bool:
    """Whether ``url`` must be written otherwise before anything can be said of it."""
    return bool(LOST in url or unsafe(url) or ill_written(url))


def _original(entry: Entry, source: Source) -> bool:
    return bool(source.url) and primary(entry, source) and not account(source.url)


def refused_source(knowledge: Knowledge) -> Iterator[Trouble]:
    """A source, or the copy in which it was read, stands where nobody should be sent.

    Such places are a reading list, a summary written by a program, a bare IP address, a proxy,
    a paste site, a shortened address, a front page and a branch that moves.

    Why it matters: it is no ground, or it changes under the claim.

    Example:

        url: http://120.26.44.124:3004/details/1

    Instead: the primary page; of a file on a forge, the address with the commit.
    """
    for entry in knowledge.of(Unproven):
        for keys, url, is_copy in _cited(entry):
            found = place(url)
            own = url == entry.model.__dict__.get("url")
            packed = is_copy and found.why == PACKED  # a record that was unpacked and read
            if found.kind is HostKind.REFUSED and not own and not packed and not _ill(url):
                yield Trouble(
                    entry,
                    keys,
                    f"not an address for a {'copy' if is_copy else 'source'}: {found.why}",
                    "name the page that holds the text; pin a file to its commit"
                    if is_copy
                    else "name the primary page; pin a file to its commit",
                )


def _cited(entry: Entry[Unproven]) -> Iterator[tuple[Keys, str, bool]]:
    """Where each address of a source stands, the address, and whether it is that of a copy."""
    for key, source in _sources(entry):
        if source.url:
            yield ("sources", key, "url"), source.url, False
        if source.read and not _on_placeholder(source.read):
            yield ("sources", key, "read"), source.read, True
    if isinstance(entry.model, Article):
        for number, copy in enumerate(entry.model.copies or ()):
            if copy and copy.url:
                yield ("copies", number, "url"), copy.url, True


def _on_placeholder(url: str) -> bool:
    return bool(PLACEHOLDERS.search(host_of(url)))


def placeholder_address(knowledge: Knowledge) -> Iterator[Trouble]:
    """The copy in which a source was read has the address of a placeholder: example.com, test.

    Why it matters: nothing is there.

    Example:

        read: https://example.com/paper

    Instead: the real address.
    """
    for entry in knowledge.of(Unproven):
        for key, source in _sources(entry):
            if _on_placeholder(source.read or ""):
                yield Trouble(
                    entry,
                    ("sources", key, "read"),
                    f"`{host_of(source.read or '')}` is a placeholder",
                    "write the real address",
                )


def foreign_arxiv(knowledge: Knowledge) -> Iterator[Trouble]:
    """A source that speaks for the paper itself has the arXiv id of another paper in its address.

    Why it matters: one digit in an id leads to another paper, and everything that rests on it is
    wrong.

    Example:

        arxiv: "1905.11946" and url: https://arxiv.org/abs/1905.11964

    Instead: correct the id.
    """
    owners = {entry.model.arxiv: entry.id for entry in knowledge.of(Paper) if entry.model.arxiv}
    for entry in knowledge.of(Paper):
        for key, source in _sources(entry):
            if _OF_THE_PAPER.isdisjoint(source.supports or ()):
                continue
            for name in ("url", "read"):
                for id in _ARXIV.findall(source.__dict__[name] or ""):
                    if _foreign(entry, id, owners):
                        yield Trouble(
                            entry,
                            ("sources", key, name),
                            f"`{id}` is {_whose(id, owners)}, expected "
                            + (f"`{entry.model.arxiv}`" if entry.model.arxiv else "this paper"),
                            "correct the address, or say in `supports` what the page really shows",
                        )


def _foreign(entry: Entry[Paper], id: str, owners: dict[str, str]) -> bool:
    if entry.model.arxiv:
        return id != entry.model.arxiv
    return owners.get(id, entry.id) != entry.id


def _whose(id: str, owners: dict[str, str]) -> str:
    return f"the arXiv id of `{owners[id]}`" if id in owners else "another arXiv id"


def contradicting_doi(knowledge: Knowledge) -> Iterator[Trouble]:
    """The DOI is that of a preprint on arXiv, and not of the one under `arxiv`.

    Why it matters: one of the two leads to another paper.

    Example:

        arxiv: "1905.11946" and doi: 10.48550/arXiv.1905.11964

    Instead: correct one; a DOI of this form says nothing that `arxiv` does not say.
    """
    for entry in knowledge.of(Paper):
        found = _ARXIV_DOI.fullmatch(entry.model.doi or "")
        if found and entry.model.arxiv and found[1].split("v")[0] != entry.model.arxiv:
            yield Trouble(
                entry,
                ("doi",),
                f"the DOI is that of arXiv `{found[1]}`, `arxiv` is `{entry.model.arxiv}`",
                "correct one of the two",
            )


def doi_of_arxiv(knowledge: Knowledge) -> Iterator[Trouble]:
    """The DOI is the one that arXiv makes of its own id.

    Why it matters: it says nothing that `arxiv` does not say, and it hides that the paper has no
    DOI of a publisher.

    Example:

        arxiv: "1905.11946" and doi: 10.48550/arXiv.1905.11946

    Instead: leave `doi` out; without `arxiv`, write the id there.
    """
    for entry in knowledge.of(Paper):
        found = _ARXIV_DOI.fullmatch(entry.model.doi or "")
        id = found[1].split("v")[0] if found else ""
        if found and entry.model.arxiv in (None, id):
            yield Trouble(
                entry,
                ("doi",),
                f"`{entry.model.doi}` is the DOI of arXiv, the arXiv id again",
                "delete the line" if entry.model.arxiv else f'write `arxiv: "{id}"` instead',
                Mend(("doi",), how="remove") if entry.model.arxiv else None,
            )


def pdf_as_source(knowledge: Knowledge) -> Iterator[Trouble]:
    """A source that says who wrote the paper is a file of arXiv, not its page.

    Why it matters: the page shows title, authors and all versions; the file is one version, large,
    and shows no id.

    Example:

        url: https://arxiv.org/pdf/1905.11946v2

    Instead: https://arxiv.org/abs/1905.11946
    """
    for entry, claims in knowledge.claims:
        if not isinstance(entry.model, Paper):
            continue
        inside = {cite.key for claim in claims for cite in claim.grounds if cite.where}
        for key, source in _sources(entry):
            found = _ARXIV_FILE.fullmatch(source.url or "")
            page = f"https://arxiv.org/abs/{found[1]}" if found else ""
            if page and key not in inside and _stands_alone(entry, source):
                keys = ("sources", key, "url")
                yield Trouble(
                    entry, keys, "a file of arXiv, not its page", f"write {page}", Mend(keys, page)
                )


def _stands_alone(entry: Entry, source: Source) -> bool:
    """Whether ``source`` says what the paper is called or by whom it is, and no other does."""
    others = {
        fact for _, one in _sources(entry) if one is not source for fact in one.supports or ()
    }
    return bool(_OF_THE_PAGE & set(source.supports or ()) - others)


def repeated_source(knowledge: Knowledge) -> Iterator[Trouble]:
    """The same page stands twice among the sources of an entry.

    Why it matters: one page looks like two witnesses.

    Example:

        paper: {url: https://arxiv.org/abs/1, …}
        preprint: {url: https://arxiv.org/abs/1, …}

    Instead: one source with all that it supports; two copies of one page differ in `read`.
    """
    for entry in knowledge.of(Unproven):
        first: dict[tuple[str, str], str] = {}
        for key, source in _sources(entry):
            if not source.url:
                continue
            same = normal(source.url), normal(source.read) if source.read else ""
            if first.setdefault(same, key) != key:
                yield Trouble(
                    entry,
                    ("sources", key),
                    f"the same page as the source `{first[same]}`",
                    "make one of the two",
                )


def shared_link(knowledge: Knowledge) -> Iterator[Trouble]:
    """Two papers share the address of code, project page or slides; neither builds on the other.

    Why it matters: most often it was copied from one entry to the other.

    Example:

        links: [{role: code, url: "https://github.com/a/b"}] in two papers

    Instead: the folder or file of each paper; if the repository is of one of them, leave it there.
    """
    places: list[tuple[Hashable, At]] = [
        (normal(link.url), (entry, ("links", number, "url")))
        for entry in knowledge.of(Paper)
        for number, link in enumerate(entry.model.links or ())
        if link and link.url
    ]
    for (first, _), (entry, keys) in knowledge.clashes(places):
        if first.id != entry.id and not _same_line(first, entry):
            yield Trouble(
                entry,
                keys,
                f"the address is also a link of `{first.id}`",
                "name the part of it that belongs to this paper",
            )


def _same_line(one: Entry, other: Entry) -> bool:
    """Whether one of two papers builds on the other: then they may share their code."""
    return any(
        tie.id == b.id
        for a, b in ((one, other), (other, one))
        for tie in a.model.__dict__["builds_on"]
        if tie
    )


def _sources(entry: Entry) -> Iterator[tuple[str, Source]]:
    model = entry.model
    if isinstance(model, Unproven):
        yield from ((key, one) for key, one in (model.sources or {}).items() if one is not None)
