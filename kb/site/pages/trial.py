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
from kb.site.language import both
from kb.site.markdown import escape, prose, tabs
from kb.words import Bilingual, Pair

_KNOB = re.compile(r"\{(\w+)\}")


def section(code: Code, texts: Snippet) -> str:
    """Claims as they were recorded, and what there is to try. Nothing for a snippet without."""
    if not texts.claims:
        return ""
    at = code.grid.knobs if code.grid else {}
    inside = _claims(code, texts, at) + _tries(texts)
    # Within a block, or Markdown would take the unknown element for a part of a paragraph.
    whole = tag("div", tag("kb-trial", inside, **_for_the_script(texts, at)), class_="kb-panel")
    return whole + "\n\n"


def agreement(said: Agreement | None) -> str:
    """How far the toy agrees with the paper, in three labelled parts."""
    if said is None:
        return ""
    parts = (
        (words.REPRODUCED, said.reproduced),
        (words.NOT_REPRODUCED, said.not_reproduced),
        (words.WHY, said.why),
    )
    shown = [(label, text) for label, text in parts if text]
    return tabs(
        "\n\n".join(f"**{label.en}:** {prose(text.en)}" for label, text in shown),
        "\n\n".join(f"**{label.zh}：**{prose(text.zh)}" for label, text in shown),
    )


def _for_the_script(texts: Snippet, at: Mapping[str, float]) -> dict[str, str]:
    knobs = [
        {
            "constant": knob.constant,
            "from": knob.low,
            "to": knob.high,
            "step": knob.step,
            "value": at[knob.constant],
            "label": [knob.label.en, knob.label.zh],
        }
        for knob in texts.knobs
        if knob.constant in at
    ]
    return {"data_knobs": _json(knobs), "data_words": _json(texts.figure)}


def _claims(code: Code, texts: Snippet, at: Mapping[str, float]) -> str:
    told = {one.name: one for one in (code.grid.claims if code.grid else ())}
    items = []
    for name, text in texts.claims.items():
        filled = Pair(_filled(text.en, at), _filled(text.zh, at))
        sentence = tag("span", _said(filled), class_="kb-sentence")
        items.append(_claim(name, text, sentence, told.get(name)))
    return tag("ul", *items, class_="kb-claims", aria_label=words.CLAIMED.en)


def _filled(text: str, at: Mapping[str, float]) -> str:
    """``text`` with the recorded value of each knob that it names; without one, its name."""
    return _KNOB.sub(lambda found: f"{at[found[1]]:g}" if found[1] in at else found[1], text)


def _claim(name: str, text: Bilingual, sentence: str, told: Told | None) -> str:
    state, verdict = _state(told)
    return tag(
        "li",
        tag("span", class_="kb-sign", aria_hidden="true"),
        tag("span", sentence, " ", tag("small", verdict, class_="kb-verdict")),
        data_claim=name,
        data_en=text.en,
        data_zh=text.zh,
        class_=state,
    )


def _state(told: Told | None) -> tuple[str, str]:
    """How a claim is marked, and what is said of it."""
    if told is None:
        return "untold", ""
    if not told.holds:
        return "falls", both(words.FALLS.fill(on=told.on, of=told.of))
    if told.of == 1:
        return "holds", both(words.HOLDS_ONCE)
    return (
        "holds" if told.on == told.of else "mostly",
        both(words.HOLDS.fill(on=told.on, of=told.of)),
    )


def _tries(texts: Snippet) -> str:
    if not texts.experiments:
        return ""
    head = tag("p", both(words.TRIES), class_="kb-caption")
    return tag("div", head, *map(_try, texts.experiments), class_="kb-tries")


def _try(one: Experiment) -> str:
    change = tag("code", escape(one.change.old)) + " → " + tag("code", escape(one.change.new))
    return tag(
        "details",
        tag("summary", _said(one.label)),
        tag("p", _said(one.because), class_="kb-because"),
        tag("p", both(words.CHANGE), " ", change, class_="kb-change"),
        data_try=one.name,
        data_from=json.dumps(one.change.old),
        data_to=json.dumps(one.change.new),
    )


def _said(text: Bilingual) -> str:
    return both(Pair(prose(text.en), prose(text.zh)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
