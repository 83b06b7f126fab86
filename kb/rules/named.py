"""A rule on how texts name other entries: as readers know them."""

import re
from collections.abc import Iterator

from kb.bibliography import parts
from kb.catalog import Entry
from kb.kinds import name
from kb.names import Person
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Author, Paper, Unproven
from kb.source.reader import Keys
from kb.walk import without_code

_KEY = re.compile(
    r"(?<![\w/.:@#-])(?:[a-z]+\d{4}[a-z0-9]+|[a-z0-9]+(?:-[a-z0-9]+){2,})(?![\w/@-]|\.\w)", re.ASCII
)
"""What can only be meant as an id: a citation key, or three words and more with hyphens."""
_MAYBE = re.compile(r"[a-z]\d{4}[a-z0-9]|-[a-z0-9]+-", re.ASCII)
"""A quick look for what such an id holds."""
_COINED = 2
"""A title whose words before the colon are no more than these begins with a coined name."""


def id_in_text(knowledge: Knowledge) -> Iterator[Trouble]:
    """A text names another entry by its id.

    Why it matters: ids are for files and addresses; who reads the page does not know them.

    Example:

        why: {en: the pruning of han2015learning, zh: \u5373 han2015learning \u7684\u526a\u679d}

    Instead: the name of the method, or authors and year: the pruning of Han et al. (2015)
    """
    for entry, keys, text, chinese in _prose(knowledge):
        if not _MAYBE.search(text):
            continue
        for id in dict.fromkeys(_KEY.findall(without_code(text))):
            meant = knowledge.catalog.known(id)
            if meant and not _read_so(meant):
                yield Trouble(
                    entry,
                    keys,
                    f"the id `{id}` in a text",
                    f"readers do not know ids; write {_known_as(meant, chinese)}",
                )


def _prose(knowledge: Knowledge) -> Iterator[tuple[Entry, Keys, str, bool]]:
    """Every text for readers, and whether it is the Chinese one."""
    for entry, keys, both in knowledge.bilingual:
        yield entry, (*keys, "en"), both.en or "", False
        yield entry, (*keys, "zh"), both.zh or "", True
    for entry in knowledge.of(Unproven):
        for number, point in enumerate(entry.model.open):
            yield entry, ("open", number, "claim"), point.claim, False
            yield entry, ("open", number, "zh"), point.zh or "", True


def _read_so(entry: Entry) -> bool:
    """Whether the id is a name of the entry as well, as of a library."""
    names = (name(entry.model).en, *getattr(entry.model.__dict__.get("aliases"), "en", ()))
    return entry.id in {one.casefold() for one in names}


def _known_as(entry: Entry, chinese: bool) -> str:
    """How a text names ``entry``: by what it coined, else by its authors and year."""
    paper = entry.model
    if not isinstance(paper, Paper):
        return name(paper).zh if chinese else name(paper).en
    coined, colon, _ = paper.title.partition(": ")
    if colon and len(coined.split()) <= _COINED:
        return coined
    names = [_surname(author) for author in paper.authors[:2]]
    if len(paper.authors) > len(names):
        return (
            f"{names[0]} \u7b49\uff08{paper.year}\uff09"
            if chinese
            else f"{names[0]} et al. ({paper.year})"
        )
    both = (" \u548c " if chinese else " and ").join(names)
    return f"{both}\uff08{paper.year}\uff09" if chinese else f"{both} ({paper.year})"


def _surname(author: Author) -> str:
    """What stands for ``author`` in a text."""
    found = parts(author)
    return found.family if isinstance(found, Person) else found.name
