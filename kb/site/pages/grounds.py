"""What a claim rests on: the quiet mark beside it, and the list of sources to which it leads."""

from collections.abc import Iterable

from kb import evidence
from kb.catalog import Entry
from kb.hosts import place
from kb.kinds import shown
from kb.schema import Cite, Grounded, Source, Statement, Unproven
from kb.schema.paper import Span
from kb.schema.parts import Open, Short
from kb.site.entries import address_of
from kb.site.html import link as inner_link
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import escape, link, prose
from kb.site.pages.parts import ROOT, labelled, short, why
from kb.source.reader import Keys
from kb.walk import Claim, claims, grounds
from kb.words import captions, vocabularies
from kb.words.pair import Pair, listed

_BUILT_IN = {"snippet": captions.OUR_CODE, "ours": captions.OUR_JUDGEMENT}


def mark(language: Language, entry: Entry, part: Grounded, away: bool = False) -> str:
    """The mark beside ``part``, a claim of ``entry``, as HTML: what it rests on, by its shape.

    A source of this page is its number; ``away``: the claim is shown on another page, and the mark
    leads to the entry's own list, which knows the source by its key.
    """
    marks = [_cited(language, entry, cite, away) for cite in grounds(part) if cite]
    said = "".join(marks) or language.say(captions.NO_SOURCE)
    return tag("span", said, class_="ground", **_correctable(language, entry, part))


_VALUES = ("value", "id", "year")
"""The fields that hold what a claim says, besides a sentence in a language."""


def _correctable(language: Language, entry: Entry, part: Grounded) -> dict[str, str]:
    """What a script needs to fill in the form for a correction of ``part``: the entry, the field,
    its value as it was typed, and the page on which that rests.
    """
    keys = next((claim.keys for claim in claims(entry) if claim.typed is part), None)
    if keys is None:
        return {}
    said = {name: _single(getattr(part, name, None)) for name in (language.value, *_VALUES)}
    name = next((name for name, value in said.items() if value is not None), None)
    if name is None:
        return {}
    bare = isinstance(part, Short) and part.model_fields_set <= {part.bare}
    return _form(entry, keys if bare else (*keys, name), said[name], grounds(part))


def _form(entry: Entry, field: Keys, value: object, cites: Iterable[Cite]) -> dict[str, str]:
    """The fields of the form for a correction, as attributes."""
    known = dict(_sources(entry))
    pages = [known[cite.key].url for cite in cites if cite and cite.key in known]
    return {
        "data_entry": entry.id,
        "data_field": ".".join(map(str, field)),
        "data_now": _typed(value),
        **({"data_page": pages[0]} if pages else {}),
    }


def _single(value: object) -> str | float | None:
    """``value`` if it is there, and a single one: no range."""
    if isinstance(value, Span):
        return value.low if value.low == value.high else None
    return value if isinstance(value, str | int | float) else None


def _typed(value: object) -> str:
    """``value`` as one types it: a whole number without a point."""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole and isinstance(value, float) else str(value)


def _cited(language: Language, entry: Entry, cite: Cite, away: bool) -> str:
    """One ground: a link to the source, whose shape says what it is; the place in it as a title."""
    built_in = _BUILT_IN.get(cite.key)
    called = "" if built_in else _called(entry, cite.key, away)
    if not built_in and not called:
        return language.say(captions.NO_SOURCE)
    page = f"{ROOT}{address_of(entry)}" if away else ""
    other = language.mark(cite.where or "")
    own = language.value if other else None
    return inner_link(
        tag("span", language.say(built_in), class_="kb-sr", lang=own) if built_in else called,
        f"{page}#source-{cite.key}",
        class_=f"kb-mark kb-mark--{cite.key if built_in else _shape(entry, cite.key)}",
        role="doc-noteref",
        title=cite.where,
        lang=other,
    )


def _shape(entry: Entry, key: str) -> str:
    """How the mark of a source looks: as that of a primary page, a record or another text."""
    source = dict(_sources(entry))[key]
    return "primary" if evidence.primary(entry, source) else place(source.url).kind.value


def key(language: Language) -> str:
    """What the marks mean, once on a page."""
    shapes = [
        *((shape, "1", said) for shape, said in vocabularies.SHAPES.items()),
        *((shape, "", said) for shape, said in _BUILT_IN.items()),
    ]
    items = (
        tag(
            "span",
            tag("span", inside, class_=f"kb-mark kb-mark--{shape}", aria_hidden="true"),
            language.say(said),
        )
        for shape, inside, said in shapes
    )
    return tag("p", *items, class_="kb-key") + "\n\n"


def _called(entry: Entry, key: str, away: bool) -> str:
    """What the page calls a source: by its number, away from it by its key; nothing if unknown."""
    keys = [known for known, _ in _sources(entry)]
    if key not in keys:
        return ""
    return escape(key if away else str(keys.index(key) + 1))


def statements(language: Language, entry: Entry, said: Iterable[Statement]) -> list[str]:
    """Statements, each with its mark."""
    return [f"{prose(language.say(one))} {mark(language, entry, one)}" for one in said if one]


def _sources(entry: Entry) -> list[tuple[str, Source]]:
    found = entry.model.sources if isinstance(entry.model, Unproven) else None
    return [(key, source) for key, source in (found or {}).items() if source and source.url]


def sources(language: Language, entry: Entry) -> str:
    """How the entry stands, and its numbered sources with what each of them supports."""
    held = _held(entry)
    items = [
        _source(language, entry, key, source, held.get(key, [])) for key, source in _sources(entry)
    ]
    built_in = [
        _line(language, entry, key, language.say(name), held[key])
        for key, name in _BUILT_IN.items()
        if key in held
    ]
    numbered = tag("ol", *items, class_="sources") + "\n\n" if items else ""
    own = tag("ul", *built_in, class_="sources") + "\n\n" if built_in else ""
    marked = key(language) if numbered or own else ""
    return f"{numbered}{own}{marked}{standing(language, entry)}"


def _held(entry: Entry) -> dict[str, list[tuple[Claim, Cite]]]:
    """The claims that name each key."""
    found: dict[str, list[tuple[Claim, Cite]]] = {}
    for claim in claims(entry):
        for cite in claim.grounds:
            found.setdefault(cite.key, []).append((claim, cite))
    return found


def _source(
    language: Language, entry: Entry, key: str, source: Source, held: list[tuple[Claim, Cite]]
) -> str:
    kind = "primary" if evidence.primary(entry, source) else place(source.url).kind.value
    copy = link(short(source.read), source.read) if source.read else ""
    said = [
        link(short(source.url), source.url),
        language.say(vocabularies.SITES_OF_SOURCES[kind]),
        f"{language.say(captions.READ_IN)} {copy}" if copy else "",
        f"{language.say(captions.READ_ON)} {source.seen}" if source.seen else "",
    ]
    return _line(
        language, entry, key, " · ".join(filter(None, said)), held, why(language, source.note)
    )


def _line(
    language: Language,
    entry: Entry,
    key: str,
    said: str,
    held: list[tuple[Claim, Cite]],
    note: str = "",
) -> str:
    supports = (
        language.say(captions.SUPPORTS.fill(claims=listed(_places(language, entry, held))))
        if held
        else ""
    )
    small = tag("span", supports, class_="why") if supports else ""
    return tag("li", said, note, small, id=f"source-{key}")


def _places(language: Language, entry: Entry, held: list[tuple[Claim, Cite]]) -> list[Pair]:
    """What a source supports: each field once, with the places in the source."""
    places: dict[Pair, dict[str, None]] = {}
    for claim, cite in held:
        found = places.setdefault(_fact(entry, claim, cite), {})
        if cite.where:
            found[cite.where] = None
    return [_placed(language, name, list(found)) for name, found in places.items()]


def _fact(entry: Entry, claim: Claim, cite: Cite) -> Pair:
    """What readers call the field of ``claim``; a single value can be corrected there."""
    name = label(entry, claim.name)
    value = _single(claim.typed)
    if claim.kind != "fact" or value is None:
        return name
    form = _form(entry, claim.keys, value, [cite])
    return Pair(*(tag("span", said, **form) for said in (name.en, name.zh)))


def _placed(language: Language, name: Pair, found: list[str]) -> Pair:
    if not found:
        return name
    places = (language.quote(escape(place)) for place in found)
    return captions.PLACED.fill(claim=name, places=listed(Pair(one, one) for one in places))


def label(entry: Entry, claim: str, zh: str = "") -> Pair:
    """What readers call the field of ``claim``; the claim itself if no field is called so.

    ``zh`` is the claim in Chinese.
    """
    called = Pair(escape(claim), escape(zh or claim))
    return dict(shown(type(entry.model))).get(evidence.field_of(entry, claim), called)


def _quoted(language: Language, entry: Entry, doubt: Open) -> Pair:
    """The field that is left open, or the claim in its author's words, marked."""
    said = language.quote(language.say(label(entry, doubt.claim, doubt.zh or "")))
    return Pair(said, said)


def standing(language: Language, entry: Entry) -> str:
    """How many claims rest on what, the weakest of those the entry stands on, what is missing."""
    found = evidence.standing(entry)
    counts = [
        captions.COUNTED.fill(count=count, ground=vocabularies.GROUNDS[ground])
        for ground, count in found.counts.items()
        if count
    ]
    said = [captions.CLAIMS.fill(counts=listed(counts))] if counts else []
    if found.weak and found.weakest != "primary":
        weak = listed(label(entry, claim.name) for claim in found.weak)
        ground = vocabularies.GROUNDS[found.weakest]
        said.append(captions.WEAKEST.fill(ground=ground, claims=weak))
    if found.missing:
        said.append(captions.MISSING.fill(missing=listed(found.missing)))
    line = Pair(" ".join(one.en for one in said), "".join(one.zh for one in said))
    return tag("p", language.say(line), class_="standing") + "\n\n" if said else ""


def open_points(language: Language, entry: Entry) -> str:
    """The claims that nobody could settle, each with what was tried."""
    doubts = entry.model.open if isinstance(entry.model, Unproven) else ()
    return "\n".join(
        f"- {labelled(language, _quoted(language, entry, one), why(language, one.note))}"
        for one in doubts or ()
        if one and one.claim
    )
