"""The page on which a new entry is written, checked and handed in."""

from typing import get_origin

from kb.code import Shelf
from kb.kinds import KINDS, Kind, facts, required
from kb.schema import Model, Name, Text, Unproven
from kb.site.html import tag
from kb.site.language import Language
from kb.site.markdown import front_matter
from kb.site.pages import parts
from kb.words import adding

BLANKS = {
    "paper": """\
# yaml-language-server: $schema=../../docs/schema/paper.json
title: ""
authors: []
year: 2026
form: research
arxiv: ""
topics: []
studies:
  - {id: "", source: paper, where: abstract}
summary:
  en: ""
  zh: ""
sources:
  paper:
    url: https://arxiv.org/abs/
    seen: 2026-01-01
    supports: [title, authors, year, summary]
""",
    "article": """\
# yaml-language-server: $schema=../../docs/schema/article.json
title: ""
title_en: ""
url: ""
language: zh
form: explainer
topics: []
about:
  - {id: "", basis: named-in-title}
summary:
  en: ""
  zh: ""
sources:
  article:
    url: ""
    seen: 2026-01-01
    supports: [title, url]
""",
    "resource": """\
# yaml-language-server: $schema=../../docs/schema/resource.json
title: ""
url: https://github.com/
language: en
form: library
topics: []
implements: []
summary:
  en: ""
  zh: ""
sources:
  home:
    url: https://github.com/
    seen: 2026-01-01
    supports: [title, url, summary]
""",
    "technique": """\
# yaml-language-server: $schema=../../../docs/schema/technique.json
name: {en: "", zh: ""}
topics: []
origin: {year: 2026, paper: "", source: paper, where: abstract}
idea:
  - {en: "", zh: "", source: paper, where: abstract}
explanation:
  - {en: "", zh: "", source: paper, where: abstract}
saves: []
gains:
  - {en: "", zh: "", source: paper, where: Table 1}
costs:
  - {en: "", zh: "", source: paper, where: Table 1}
fails:
  - {en: "", zh: "", source: ours}
sources:
  paper: {url: "https://arxiv.org/abs/", seen: 2026-01-01}
""",
    "list": """\
# yaml-language-server: $schema=../../docs/schema/list.json
title: ""
title_en: ""
language: en
topics: []
summary:
  en: ""
  zh: ""
sections:
  - heading: ""
    items: []
""",
}
"""Entries with nothing filled in, with what their kind usually says."""


def blanks() -> dict[str, str]:
    """A blank entry of each kind that has a file of its own;
    one from the model if none is above.
    """
    kinds = [kind for kind in KINDS.values() if kind.form != "keys"]
    return BLANKS | {kind.name: _from_model(kind) for kind in kinds if kind.name not in BLANKS}


def _from_model(kind: Kind) -> str:
    """A blank entry of ``kind`` with the fields that every entry of it has, and a source."""
    up = "../" * (kind.path("ID").count("/") + 1)
    fields = [f"{field}: {_empty(kind.model, field)}" for field in required(kind.model)]
    if issubclass(kind.model, Unproven):
        asked = required(kind.model)
        supports = ", ".join(one for one, (field, _) in facts(kind.model).items() if field in asked)
        fields += ["sources:", f'  page: {{url: "", seen: 2026-01-01, supports: [{supports}]}}']
    schema = f"# yaml-language-server: $schema={up}docs/schema/{kind.name}.json"
    return "\n".join((schema, *fields, ""))


def _empty(model: type[Model], field: str) -> str:
    """What stands where ``field`` is to be filled in: an empty list, two languages, or one text."""
    held = model.model_fields[field].annotation
    if get_origin(held) is tuple:
        return "[]"
    return '{en: "", zh: ""}' if held in (Text, Name) else '""'


def page(language: Language, shelf: Shelf) -> str:
    """The form, which a script builds; other ways to add an entry; a blank entry of each kind."""
    return "".join(
        (
            front_matter(language.say(adding.ADD_TITLE), language.say(adding.ADD_ABOUT)),
            parts.title(language, adding.ADD_TITLE),
            f"{language.say(adding.ADD_INTRO)}\n\n",
            _form(language, shelf),
            parts.section(language, adding.ADD_OTHERWISE, language.say(adding.ADD_OTHERWISE_IS)),
            parts.heading(language, adding.ADD_BLANK),
            f"{language.say(adding.ADD_BLANK_IS)}\n",
            *(_blank(language, KINDS[kind], text) for kind, text in blanks().items()),
        )
    )


def _form(language: Language, shelf: Shelf) -> str:
    """Where the script puts the form; without what checks entries, where to do it instead."""
    if shelf.checker is None:
        return f"{language.say(adding.ADD_UNCHECKED)}\n\n"
    form = tag(
        "kb-add",
        tag("p", language.say(adding.ADD_SCRIPT)),
        data_version=shelf.checker.version,
        data_core=shelf.checker.core,
        data_bytes=str(shelf.checker.size),
        data_root=f"../{language.shared}",
    )
    return f"{tag('div', form)}\n\n"


def _blank(language: Language, kind: Kind, text: str) -> str:
    """The blank entry of ``kind``; the script takes it from here, too."""
    code = f"``` {{ .yaml .no-copy }}\n{text}```"
    name = tag("h3", language.say(kind.names), id=f"blank-entry-{kind.name}")
    return (
        f'\n<div class="kb-blank" data-kind="{kind.name}" '
        f'data-path="{kind.path("ID")}" markdown="block">\n\n{name}\n\n{code}\n\n</div>\n'
    )
