"""Rules on what can be tried with a snippet: claims, knobs and experiments, and their code."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from kb.catalog import Entry
from kb.near import asked, nearest
from kb.rules.rule import Knowledge, Trouble
from kb.schema.technique import Snippet, Technique

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LANGUAGES = ("en", "zh")


def unknown_claim(knowledge: Knowledge) -> Iterator[Trouble]:
    """An experiment breaks a claim that the entry does not make.

    Why it matters: what it foretells could never come true.

    Example:

        claims: {recovers: …}, and an experiment with `breaks: [recover]`

    Instead: a name from `claims`; the hint shows the nearest.
    """
    for entry, snippet in _trying(knowledge):
        for number, one in enumerate(snippet.experiments):
            for at, name in enumerate(one.breaks):
                if name not in snippet.claims:
                    yield Trouble(
                        entry,
                        ("snippet", "experiments", number, "breaks", at),
                        f"the entry has no claim `{name}`",
                        asked(nearest(name, snippet.claims)) or "take a name from `claims`",
                    )


def idea_left_in(knowledge: Knowledge) -> Iterator[Trouble]:
    """A snippet makes claims, and no experiment takes the idea out.

    Why it matters: numbers that stand without the idea do not show it. A page of kind `experiment`
    has two experiments or more, any other one that makes claims has one; at least one removes the
    idea and breaks the main claim, which is the first.

    Example:

        snippet:
          kind: experiment
          claims: {recovers: …}
          experiments: [{name: no-retraining, breaks: [recovers], …}]

    Instead: add a change that replaces the idea by chance, or leaves it out: `removes: idea`,
    `breaks: [recovers]`.
    """
    for entry, snippet in _trying(knowledge):
        if not snippet.claims:
            continue
        main = next(iter(snippet.claims))
        least = 2 if snippet.kind == "experiment" else 1
        if len(snippet.experiments) < least:
            yield Trouble(
                entry,
                ("snippet",),
                f"the snippet has {len(snippet.experiments)} experiments, {least} needed",
                "add a change that breaks a claim, and say why",
            )
        elif not any(one.removes == "idea" and main in one.breaks for one in snippet.experiments):
            yield Trouble(
                entry,
                ("snippet", "experiments"),
                f"no experiment removes the idea and breaks the main claim `{main}`",
                f"add one with `removes: idea` and `breaks: [{main}]`",
            )


def unknown_knob(knowledge: Knowledge) -> Iterator[Trouble]:
    """A claim names a constant in braces that is no knob.

    Why it matters: the page puts the value of the knob there; without one, readers see a bare name.

    Example:

        zero-point: {en: "At {BIT} bits …", zh: …}, and a knob `BITS`

    Instead: the constant of a knob; the hint shows the nearest.
    """
    for entry, snippet in _trying(knowledge):
        knobs = [knob.constant for knob in snippet.knobs]
        for name, text in snippet.claims.items():
            for language in _LANGUAGES:
                for found in _PLACEHOLDER.findall(getattr(text, language)):
                    if found not in knobs:
                        yield Trouble(
                            entry,
                            ("snippet", "claims", name, language),
                            f"there is no knob `{found}`",
                            asked(nearest(found, knobs)) or "write the number, or add the knob",
                        )


def change_that_does_not_fit(knowledge: Knowledge) -> Iterator[Trouble]:
    """The text that an experiment replaces is not in the code exactly once.

    Why it matters: the page could not make the change, or would make it somewhere else.

    Example:

        change: {from: "np.abs", to: "np.square"}, and the code has `np.abs` twice

    Instead: a longer text that occurs once, as it stands in `snippet.py`.
    """
    for entry, snippet in _trying(knowledge):
        source = knowledge.sources.get(entry.id)
        if source is None:
            continue
        for number, one in enumerate(snippet.experiments):
            count = source.count(one.change.old)
            if count != 1:
                yield Trouble(
                    entry,
                    ("snippet", "experiments", number, "change", "from"),
                    f"this text occurs {count} times in `snippet.py`",
                    "copy a piece of the code that occurs exactly once",
                )


def unmade_claim(knowledge: Knowledge) -> Iterator[Trouble]:
    """The claims of an entry are not those that its code makes, each once.

    Why it matters: readers see the sentence of a claim beside its verdict; one without the other
    says nothing.

    Example:

        claims: {recovers: …}, and the code has `claim("recover", …)`

    Instead: the same name in both files, once in each.
    """
    for entry, snippet in _trying(knowledge):
        made = _made(knowledge.sources.get(entry.id))
        if made is None:
            continue
        for name in snippet.claims:
            if made.count(name) != 1:
                yield Trouble(
                    entry,
                    ("snippet", "claims", name),
                    f"`snippet.py` makes this claim {made.count(name)} times",
                    f'write `claim("{name}", …)` once, after `show`',
                )
        for name in dict.fromkeys(made):
            if name not in snippet.claims:
                yield Trouble(
                    entry,
                    ("snippet",),
                    f"`snippet.py` makes the claim `{name}`, which has no sentence",
                    asked(nearest(name, snippet.claims)) or "add it to `claims`",
                )


def _trying(knowledge: Knowledge) -> Iterator[tuple[Entry[Technique], Snippet]]:
    for entry in knowledge.of(Technique):
        if entry.knows("snippet"):
            yield entry, entry.model.snippet or Snippet()


@lru_cache(maxsize=256)
def _made(source: str | None) -> tuple[str, ...] | None:
    """The names of the claims in ``source``; None if they cannot all be told without running it."""
    try:
        tree = ast.parse(source or "x =")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names: list[str] = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="claim"), args=[ast.Constant(value=str(name)), *_]):
                names.append(name)
            case ast.Call(func=ast.Name(id="claim")):
                return None
    return tuple(names)
