"""What can be tried with a snippet: its claims, its knobs and its experiments.

All of it can be read without JavaScript; the script makes sliders and buttons of it.
"""

import json
import re
from collections.abc import Mapping

from kb import words
from kb.code import Code, Told
from kb.schema.technique import Agreement, Experiment, Snippet
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import escape, prose

_KNOB = re.compile(r"\{(\w+)\}")


def section(language: Language, code: Code, texts: Snippet) -> str:
    """Claims as they were recorded, and what there is to try. Nothing for a snippet without."""
    if not texts.claims:
        return ""
    at = code.grid.knobs if code.grid else {}
    inside = _claims(language, code, texts, at) + _tries(language, texts)
    # Within a block, or Markdown would take the unknown element for a part of a paragraph.
    for_the_script = _for_the_script(language, texts, at)
    grid = "grid.json" if code.grid and code.figure else None
    return (
        tag("div", tag("kb-trial", inside, data_grid=grid, **for_the_script), class_="kb-panel")
        + "\n\n"
    )


def agreement(language: Language, said: Agreement | None) -> str:
    """How far the toy agrees with the paper, in three labelled parts."""
    if said is None:
        return ""
    parts = (
        (words.REPRODUCED, said.reproduced),
        (words.NOT_REPRODUCED, said.not_reproduced),
        (words.WHY, said.why),
    )
    return "".join(
        f"{language.say(words.PART).format(language.say(label))}{prose(language.say(text))}\n\n"
        for label, text in parts
        if text
    )


def _for_the_script(language: Language, texts: Snippet, at: Mapping[str, float]) -> dict[str, str]:
    knobs = [
        {
            "constant": knob.constant,
            "from": knob.low,
            "to": knob.high,
            "step": knob.step,
            "value": at[knob.constant],
            "label": language.say(knob.label),
        }
        for knob in texts.knobs
        if knob.constant in at
    ]
    return {"data_knobs": _json(knobs), "data_words": _json(texts.figure)}


def _claims(language: Language, code: Code, texts: Snippet, at: Mapping[str, float]) -> str:
    told = {one.name: one for one in (code.grid.claims if code.grid else ())}
    items = (
        _claim(language, name, language.say(text), at, told.get(name))
        for name, text in texts.claims.items()
    )
    return tag("ul", *items, class_="kb-claims", aria_label=language.say(words.CLAIMED))


def _claim(
    language: Language, name: str, text: str, at: Mapping[str, float], told: Told | None
) -> str:
    state, verdict = _state(language, told)
    sentence = tag("span", prose(_filled(text, at)), class_="kb-sentence")
    return tag(
        "li",
        tag("span", class_="kb-sign", aria_hidden="true"),
        tag("span", sentence, " ", tag("small", verdict, class_="kb-verdict")),
        data_claim=name,
        data_text=text,
        class_=state,
    )


def _filled(text: str, at: Mapping[str, float]) -> str:
    """``text`` with the recorded value of each knob that it names; without one, its name."""
    return _KNOB.sub(lambda found: f"{at[found[1]]:g}" if found[1] in at else found[1], text)


def _state(language: Language, told: Told | None) -> tuple[str, str]:
    """How a claim is marked, and what is said of it."""
    if told is None:
        return "untold", ""
    if not told.holds:
        return "falls", language.say(words.FALLS.fill(on=told.on, of=told.of))
    if told.of == 1:
        return "holds", language.say(words.HOLDS_ONCE)
    verdict = language.say(words.HOLDS.fill(on=told.on, of=told.of))
    return "holds" if told.on == told.of else "mostly", verdict


def _tries(language: Language, texts: Snippet) -> str:
    if not texts.experiments:
        return ""
    head = tag("p", language.say(words.TRIES), class_="kb-caption")
    found = (_try(language, one) for one in texts.experiments)
    return tag("div", head, *found, class_="kb-tries")


def _try(language: Language, one: Experiment) -> str:
    change = tag("code", escape(one.change.old)) + " → " + tag("code", escape(one.change.new))
    return tag(
        "details",
        tag("summary", prose(language.say(one.label))),
        tag("p", prose(language.say(one.because)), class_="kb-because"),
        tag("p", language.say(words.CHANGE), " ", change, class_="kb-change"),
        data_try=one.name,
        data_from=json.dumps(one.change.old),
        data_to=json.dumps(one.change.new),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
