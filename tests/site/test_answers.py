"""What the search answers to whole kinds of questions, by its own scripts, without a browser."""

import json
import re
import shutil
import subprocess

import pytest

from kb.schema import Paper, Technique
from kb.site import search_index
from kb.site.search import chinese, records
from kb.site.search.concepts import all_words
from kb.spelling import key
from tests.catalogs import ROOT, real


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Asks the index of the catalogue many questions; gives each with its answer."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node.js")
    folder = tmp_path_factory.mktemp("search")
    search_index.write(records(real()), [term.model for term in real().catalog.terms], folder)

    def answers(texts):
        texts = list(texts)
        done = subprocess.run(
            [node, ROOT / "tests" / "site" / "ask.mjs", folder],
            input=json.dumps(texts),
            check=True,
            capture_output=True,
            text=True,
        )
        return list(zip(texts, json.loads(done.stdout), strict=True))

    return answers


def models(kind):
    entries = real().catalog.entries.values()
    return {entry.id: entry.model for entry in entries if isinstance(entry.model, kind)}


def wide(text):
    """``text`` in the full-width letters of Chinese input methods."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def test_an_id_leads_to_its_entry_and_nothing_is_said_to_be_absent(ask):
    ids = list(real().catalog.entries)
    answers = ask([*ids[::2], *(id.upper() for id in ids[1::2])])
    wrong = [(text, one["hits"]) for text, one in answers if one["hits"][:1] != [text.lower()]]
    assert wrong == [] and not any(one["absent"] or one["begins"] for _, one in answers)


@pytest.mark.parametrize(
    "text", ["kvcache", "kvcaches", "KVCache", "gradientcheckpointing", "batchnorm folding"]
)
def test_a_name_in_one_word_is_not_said_to_be_absent(ask, text):
    [(_, answer)] = ask([text])
    assert answer["hits"] and not answer["absent"]


def test_all_forms_of_a_name_find_the_same_first(ask):
    names = [
        alias
        for model in models(Technique).values()
        for alias in (model.aliases.en if model.aliases else ())
        if re.fullmatch("[A-Za-z]{3,}[^isuyISUY]", alias) and alias.isalpha()
    ]
    forms = (str, str.lower, str.upper, wide, lambda one: f"{one}s", lambda one: f" {one}, ")
    answers = ask(form(name) for name in names for form in forms)
    first = [one["hits"][:1] for _, one in answers]
    groups = [first[at : at + len(forms)] for at in range(0, len(first), len(forms))]
    differ = [
        (name, *group)
        for name, group in zip(names, groups, strict=True)
        if any(one != group[0] for one in group)
    ]
    assert differ == [] and len(names) > 10


def test_a_technique_comes_before_the_paper_of_the_same_name(ask):
    papers = models(Paper)
    titles = {key(model.title.partition(":")[0]) for model in papers.values()}
    terms = [term.model for term in real().catalog.terms]
    # Where the vocabulary says that a name leads to a paper, it does.
    ruled = {
        key(word)
        for term in terms
        if {*term.leads_to[:1]} & papers.keys()
        for word in all_words(term)
    }
    shared = {
        name: id
        for id, model in models(Technique).items()
        for name in (model.aliases.en if model.aliases else ())
        if key(name) in titles - ruled
    }
    wrong = [(text, one["hits"]) for text, one in ask(shared) if one["hits"][0] != shared[text]]
    assert wrong == [] and len(shared) > 5


def test_chinese_names_are_found_by_their_sound_in_latin_letters(ask):
    from pypinyin import lazy_pinyin

    names = {"剪枝", "蒸馏", "量化", "模型压缩", "低秩分解", "知识蒸馏", "稀疏化", "投机解码"}
    sounds = {name: lazy_pinyin(name) for name in names}
    asked = {name: name for name in names}
    asked |= {"".join(sound): name for name, sound in sounds.items()}
    # In two syllables apart, it may be the name of a person.
    asked |= {" ".join(sound): name for name, sound in sounds.items() if len(sound) > 2}
    first = {text: one["hits"][:1] for text, one in ask(asked)}
    assert [(text, one) for text, one in first.items() if one != first[asked[text]]] == []


def test_short_chinese_names_may_have_a_wrong_character(ask):
    asked = {
        wrong: name for name in ("剪枝", "量化", "蒸馏", "低秩") for wrong in chinese.misread(name)
    }
    asked |= {"量話": "量化", "亮化": "量化", "減枝": "剪枝", "蒸溜": "蒸馏"}
    first = {text: one["hits"][:1] for text, one in ask([*asked, *asked.values()])}
    assert [text for text, name in asked.items() if first[text] != first[name]] == []


@pytest.mark.parametrize("text", ["量子", "蒸发", "区块链", "區塊鏈", "naïve", "résumé", "café"])
def test_what_is_spelt_right_and_is_not_here_is_not_changed(ask, text):
    [(_, answer)] = ask([text])
    assert answer["changes"] == [] and answer["hits"] == [] and answer["absent"]


@pytest.mark.parametrize("text", ["the", "a", "and", "What is it?", "怎么办", "是什么", "…", "的"])
def test_a_question_that_says_nothing_is_told_so(ask, text):
    [(_, answer)] = ask([text])
    assert answer["empty"] and answer["hits"] == answer["absent"] == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("distilation", [["distilation", "distillation"]]),
        ("prunning", [["prunning", "pruning"]]),
        ("knowlege distilation", [["distilation", "distillation"], ["knowlege", "knowledge"]]),
        ("modelling", []),
        ("distillations", []),
        ("quantisation", []),
    ],
)
def test_every_word_that_was_read_otherwise_is_named(ask, text, changes):
    [(_, answer)] = ask([text])
    assert sorted(answer["changes"]) == changes


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("difference between PTQ and QAT", {"uniform-affine-quantization"}),
        ("awq vs gptq", {"awq", "gptq"}),
        ("LoRA 和 QLoRA 的区别", {"lora", "nf4-qlora"}),
        ("pruning or quantization? compare", {"pruning", "quantization"}),
    ],
)
def test_what_compares_two_things_finds_each(ask, text, wanted):
    [(_, answer)] = ask([text])
    assert wanted <= set(answer["hits"])


def test_fillers_may_stand_inside_a_term(ask):
    asked = [
        "稀疏为什么不加速",
        "剪枝后为什么没有变快",
        "模型为什么太大",
        "why is a pruned model not faster",
    ]
    first = {text: one["hits"][0] for text, one in ask([*asked, "稀疏加速", "模型太大"])}
    assert [first[one] for one in asked] == [
        *[first["稀疏加速"]] * 2,
        first["模型太大"],
        first["稀疏加速"],
    ]


def test_a_name_of_small_words_finds_only_what_is_called_so(ask):
    [(_, answer)] = ask(["once for all"])
    assert answer["hits"][0] == "cai2020once" and answer["count"] < 5
