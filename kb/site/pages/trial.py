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
from kb.words import Bilingual

_KNOB = re.compile(r"\{(\w+)\}")


def section(language: Language, code: Code, texts: Snippet) -> str:
    """Claims as they were recorded, and what there is to try. Nothing for a snippet without."""
    if not texts.claims:
        return ""
    at = code.grid.knobs if code.grid else {}
    inside = _claims(language, code, texts, at) + _tries(language, texts)
    # Within a block, or Markdown would take the unknown element for a part of a paragraph.
    whole = tag(
        "div", tag("kb-trial", inside, **_for_the_script(language, texts, at)), class_="kb-panel"
    )
    return whole + "\n\n"


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
        language.say(
            words.LABELLED.fill(name=f"**{language.say(label)}**", value=prose(language.say(text)))
        )
        + "\n\n"
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
    figure = texts.figure if language is Language.CHINESE else {}
    return {"data_knobs": _json(knobs), "data_words": _json(figure)}


def _claims(language: Language, code: Code, texts: Snippet, at: Mapping[str, float]) -> str:
    told = {one.name: one for one in (code.grid.claims if code.grid else ())}
    items = []
    for name, text in texts.claims.items():
        said = language.say(text)
        sentence = tag("span", prose(_filled(said, at)), class_="kb-sentence")
        items.append(_claim(language, name, said, sentence, told.get(name)))
    return tag("ul", *items, class_="kb-claims", aria_label=language.say(words.CLAIMED))


def _filled(text: str, at: Mapping[str, float]) -> str:
    """``text`` with the recorded value of each knob that it names; without one, its name."""
    return _KNOB.sub(lambda found: f"{at[found[1]]:g}" if found[1] in at else found[1], text)


def _claim(language: Language, name: str, said: str, sentence: str, told: Told | None) -> str:
    state, verdict = _state(language, told)
    return tag(
        "li",
        tag("span", class_="kb-sign", aria_hidden="true"),
        tag("span", sentence, " ", tag("small", verdict, class_="kb-verdict")),
        data_claim=name,
        data_said=said,
        class_=state,
    )


def _state(language: Language, told: Told | None) -> tuple[str, str]:
    """How a claim is marked, and what is said of it."""
    if told is None:
        return "untold", ""
    if not told.holds:
        return "falls", language.say(words.FALLS.fill(on=told.on, of=told.of))
    if told.of == 1:
        return "holds", language.say(words.HOLDS_ONCE)
    return (
        "holds" if told.on == told.of else "mostly",
        language.say(words.HOLDS.fill(on=told.on, of=told.of)),
    )


def _tries(language: Language, texts: Snippet) -> str:
    if not texts.experiments:
        return ""
    head = tag("p", language.say(words.TRIES), class_="kb-caption")
    return tag("div", head, *(_try(language, one) for one in texts.experiments), class_="kb-tries")


def _try(language: Language, one: Experiment) -> str:
    change = tag("code", escape(one.change.old)) + " → " + tag("code", escape(one.change.new))
    return tag(
        "details",
        tag("summary", _said(language, one.label)),
        tag("p", _said(language, one.because), class_="kb-because"),
        tag("p", language.say(words.CHANGE), " ", change, class_="kb-change"),
        data_try=one.name,
        data_from=json.dumps(one.change.old),
        data_to=json.dumps(one.change.new),
    )


def _said(language: Language, text: Bilingual) -> str:
    return prose(language.say(text))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
