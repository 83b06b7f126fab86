"""Bodies of issue forms as data: what a forge makes of a form, and what people make of that."""

import random

import pytest
import yaml

from kb.forge.form import FORMS, LONGEST, MalformedForm, filled
from kb.kinds import KINDS
from tests.catalogs import ROOT

TEMPLATES = ROOT / ".github" / "ISSUE_TEMPLATE"


def template(form):
    """The fields of a form as the forge shows them."""
    read = yaml.safe_load((TEMPLATES / f"{form.name}.yml").read_text(encoding="utf-8"))
    return [one for one in read["body"] if one["type"] != "markdown"]


def body(form, typed):
    """The body that the forge makes when ``typed``, by label, is typed into the template."""
    parts = []
    for field in template(form):
        label, said = field["attributes"]["label"], ""
        said = typed.get(label, "") or "_No response_"
        if language := field["attributes"].get("render"):
            said = f"```{language}\n{typed.get(label, '')}\n```"
        parts.append(f"### {label}\n\n{said}")
    return "\n\n".join(parts)


def everything(form):
    return {field.label: f"typed {at}" for at, field in enumerate(form.fields)}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_template_asks_for_what_is_read(form):
    asked = [
        (one["attributes"]["label"], one.get("validations", {}).get("required", False))
        for one in template(form)
    ]
    assert asked == [(field.label, field.needed) for field in form.fields]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_what_was_typed_is_read(form, end):
    read = filled(body(form, everything(form)).replace("\n", end))
    assert (read.form, dict(read.typed)) == (form, everything(form))


def test_the_form_offers_every_kind_with_a_file_of_its_own():
    (asked,) = [one for form in FORMS for one in template(form) if one["id"] == "kind"]
    kinds = {name for name, kind in KINDS.items() if kind.form != "keys"}
    assert set(asked["attributes"]["options"]) == kinds


WORK = "### Work to add\n\n{}\n\n### Topics\n\n_No response_"
READ = {
    "nothing else": ("2301.00774", "2301.00774"),
    "a comment": ("<!-- ### Topics -->2301.00774<!---->", "2301.00774"),
    "a comment over lines": ("2301.00774\n<!--\n### Work to add\n-->", "2301.00774"),
    "a heading of its own": ("a\n\n### Not a field\n\nb", "a\n\n### Not a field\n\nb"),
    "our heading in code": ("```\n### Work to add\n```\nb", "```\n### Work to add\n```\nb"),
    "a comment in code": ("```\n<!-- kept -->\n```\nb", "```\n<!-- kept -->\n```\nb"),
    "code alone": ("```bibtex\n@article{a}\n```", "@article{a}"),
}


@pytest.mark.parametrize("case", READ)
def test_markup_in_a_field_is_text(case):
    typed, said = READ[case]
    assert filled(WORK.format(typed))["Work to add"] == said


REFUSED = {
    "two entries": (WORK.format("a") + "\n\n" + WORK.format("b"), "Work to add", "open one issue"),
    "two forms": (WORK.format("a") + "\n\n### Field\n\nyear", "Field", "open one issue"),
    "an empty field": (WORK.format("_No response_"), "Work to add", "fill it in"),
    "only a comment": (WORK.format("<!-- an id -->"), "Work to add", "fill it in"),
    "a comment that hides the rest": (
        "### Work to add\n\n<!--\n\n### Topics",
        "Work to add",
        "fill",
    ),
    "a heading below an empty field": (
        f"{WORK.format('2301.00774')}\n\n### Anything else\n\nThank you!",
        "Anything else",
        "remove that heading",
    ),
    "the same before another field": (
        f"### Topics\n\n_No response_\n\n### Notes\n\n{WORK.format('2301.00774')}",
        "Notes",
        "remove that heading",
    ),
    "too long": (WORK.format("x" * LONGEST), "Work to add", "shorten"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_names_field_and_cure(case):
    said, field, cure = REFUSED[case]
    with pytest.raises(MalformedForm) as refused:
        filled(said)
    assert refused.value.field == field and cure in refused.value.cure


@pytest.mark.parametrize("said", ["", "Hello", "### Bug\n\nIt broke", "<!-- ### Work to add -->"])
def test_what_is_no_form_is_left_to_people(said):
    assert filled(said) is None


PIECES = (
    *(f"### {field.label}" for form in FORMS for field in form.fields),
    *(
        "<!--",
        "-->",
        "```",
        "```yaml",
        "~~~",
        "_No response_",
        "\r\n",
        "\r",
        "\n\n",
        "\x00",
        "\u202e",
    ),
    *("@everyone", "::error::x", "2301.00774", "title: [", "&a [*a]", "剪枝", "\ud800", "../../x"),
    *("han2015learning", "x" * 3000, "- [x] ", "https://a.example/b", "results.9.value"),
)


def fuzzed(seed, forms=()):
    """A body that nobody would type, the same for the same ``seed``.

    ``forms`` are forms that are filled in well before pieces fall into them.
    """
    draw = random.Random(seed)
    form, typed = draw.choice(forms or [(form, {}) for form in FORMS])
    whole = body(form, typed or {field.label: draw.choice(PIECES) for field in form.fields})
    lines = whole.split("\n")
    for _ in range(draw.randrange(4 if typed else 12)):
        lines.insert(draw.randrange(len(lines)), draw.choice(PIECES))
    said = draw.choice(("\n", "\r\n")).join(lines)
    return said + "x" * (LONGEST - len(said)) if seed % 20 == 0 else said


@pytest.mark.parametrize("seed", range(200))
def test_any_body_is_read_or_refused_with_a_cure(seed):
    read, refused = tried(fuzzed(seed))
    if refused:
        assert refused.field and refused.fault and refused.cure and str(refused).isprintable()
    elif read:
        assert all(read[one.label] for one in read.form.fields if one.needed)


def tried(said):
    """What the body ``said`` says, and why not."""
    try:
        return filled(said), None
    except MalformedForm as refused:
        return None, refused
