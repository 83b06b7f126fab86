"""The body of an issue form as data: which form it is, and what was typed into each field. Pure.

Nothing of a body is obeyed: headings that a form does not have are text, comments are left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.findings import clean

LONGEST = 65_536
"""How many characters a forge lets a body have."""
_NOTHING = "_No response_"
STRANGE = ("is no field of this form", "remove that heading, and say it in a comment below")
"""What is wrong with a heading that no form has, where no text can hold it, and the cure."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"### (.+?) *")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its label is the heading above what was typed."""

    label: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """An issue form, named as its file below `.github/ISSUE_TEMPLATE`."""

    name: str
    fields: tuple[Field, ...]


WORK, NEW_ID, TOPICS = "Work to add", "Id of the new entry", "Topics"
ENGLISH, CHINESE, TIES = "Summary in English", "Summary in Chinese", "Ties to other entries"
KIND, ENTRY_ID, YAML = "Kind of entry", "Id of the entry", "Entry in YAML"
WRONG, FIELD, NOW = "Entry to correct", "Field", "Value now"
RIGHT, PAGE, READ = "Correct value", "Page that says so", "Read on"

FORMS = (
    Form(
        "add",
        (Field(WORK, True), *map(Field, (NEW_ID, TOPICS, ENGLISH, CHINESE, TIES))),
    ),
    Form("entry", tuple(Field(label, True) for label in (KIND, ENTRY_ID, YAML))),
    Form("correct", tuple(Field(label, True) for label in (WRONG, FIELD, NOW, RIGHT, PAGE, READ))),
)


class MalformedForm(Exception):
    """A form that cannot be taken: the field, what is wrong with it, and the cure."""

    def __init__(self, field: str, fault: str, cure: str) -> None:
        self.field, self.fault, self.cure = clean(field), clean(fault), clean(cure)
        super().__init__(f"`{self.field}`: {self.fault}; {self.cure}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form and what was typed into it, by label; nothing for a field that was left empty."""

    form: Form
    typed: Mapping[str, str]

    def __getitem__(self, label: str) -> str:
        return self.typed.get(label, "")


def filled(body: str) -> Filled | None:
    """What ``body`` says; None if it is no form of ours. Raises MalformedForm."""
    whole = body.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = whole.replace("\r\n", "\n").replace("\r", "\n")
    parts = list(_parts(text))
    found = {label for label, _ in parts}
    form = max(FORMS, key=lambda one: len(found & _labels(one)))
    if not found & _labels(form):
        return None
    if len(body) > LONGEST:
        raise MalformedForm(
            form.fields[0].label, f"the form has more than {LONGEST:,} characters", "shorten it"
        )
    typed: dict[str, str] = {}
    for label, said in parts:
        if label not in _labels(form):
            raise MalformedForm(label, "is a field of another form", "open one issue for each form")
        if label in typed:
            raise MalformedForm(label, "stands here twice", "open one issue for each entry")
        typed[label] = said
    for field in form.fields:
        if field.needed and not typed.get(field.label):
            raise MalformedForm(field.label, "is empty", "edit the issue and fill it in")
    return Filled(form, typed)


def _labels(form: Form) -> set[str]:
    return {field.label for field in form.fields}


_KNOWN = frozenset(label for form in FORMS for label in _labels(form))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Each label that stands as a heading, with what stands below it."""
    label, lines = "", list[str]()
    for line, is_code in _shown(text):
        heading = None if is_code else _HEADING.fullmatch(line)
        if heading and heading[1] not in _KNOWN and _left_empty(lines):
            raise MalformedForm(heading[1], *STRANGE)
        if heading and heading[1] in _KNOWN:
            if label:
                yield label, _said(lines)
            label, lines = heading[1], []
        else:
            lines.append(line)
    if label:
        yield label, _said(lines)


def _left_empty(lines: list[str]) -> bool:
    """Whether the forge says that nothing was typed, so that what follows is nobody's text."""
    return "\n".join(lines).strip() == _NOTHING


def _shown(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of ``text`` without HTML comments, each with whether it is code."""
    fence, hidden = "", False
    for line in text.split("\n"):
        if fence:
            yield line, True
            if (
                line.strip()
                and not line.strip().strip(fence[0])
                and len(line.strip()) >= len(fence)
            ):
                fence = ""
            continue
        shown, was_hidden = line, hidden
        if hidden or "<!--" in line:
            shown, hidden = _uncommented(line, hidden)
        if not was_hidden and (opened := _FENCE.match(shown)):
            fence = opened[1]
        if shown or not (was_hidden or "<!--" in line):
            yield shown, bool(fence)


def _uncommented(line: str, hidden: bool) -> tuple[str, bool]:
    """``line`` without what a comment hides, and whether a comment is open at its end."""
    shown, at = list[str](), 0
    while at < len(line):
        mark = "-->" if hidden else "<!--"
        found = line.find(mark, at)
        if found < 0:
            break
        if not hidden:
            shown.append(line[at:found])
        at, hidden = found + len(mark), not hidden
    return "".join([*shown, "" if hidden else line[at:]]), hidden


def _said(lines: list[str]) -> str:
    """What was typed: without the blank lines around it, and without the fence of a code field."""
    text = "\n".join(lines).strip("\n")
    if text.strip() == _NOTHING:
        return ""
    first, _, rest = text.partition("\n")
    inner, _, last = rest.rpartition("\n")
    if (opened := _FENCE.match(first)) and last.strip() == opened[1]:
        return inner
    return text.strip()
