"""Catalogues of any size in the shape of the real one: same kinds, lengths and relations."""

import random
from pathlib import Path

from kb.source.files import RawFile, classify
from kb.source.format import Formatted, formatted

TITLE_WORDS = (
    "sparse pruning layer filter weight bit code gradient teacher student kernel channel "
    "budget search depth width rank scale mask step loss cache"
).split()
SYLLABLES = "ba ce di fo gu la me ni po ru sta tre vi wo zan kel mor pin quo sil".split()
VOCABULARY = [one + two + three for one in SYLLABLES for two in SYLLABLES for three in SYLLABLES]
HAN = [chr(0x4E00 + 7 * number) for number in range(2_500)]
SHARES = {"paper": 0.4, "article": 0.45, "technique": 0.15}


def write(root: Path, count: int, seed: int = 7) -> None:
    """Write ``count`` entries (papers, articles, techniques) and nine topics to ``root``."""
    luck = random.Random(seed)
    numbers = {kind: int(count * share) for kind, share in SHARES.items()}
    topics = [f"topic{number}" for number in range(9)]
    said = "".join(_topic(luck, id, number) for number, id in enumerate(topics))
    _file(root, "topics.yaml", said)
    _file(
        root,
        "venues.yaml",
        "icml: {short: ICML, name: International Conference on Machine Learning, "
        "type: conference}\n",
    )
    for number in range(numbers["technique"]):
        _file(
            root,
            f"techniques/technique{number}/entry.yaml",
            _technique(luck, number, topics),
        )
    for number in range(numbers["paper"]):
        _file(
            root,
            f"papers/{_surname(number)}2019{_first(number)}.yaml",
            _paper(luck, number, topics, numbers["technique"]),
        )
    for number in range(numbers["article"]):
        _file(
            root,
            f"articles/article{number}.yaml",
            _article(luck, number, topics, numbers["paper"]),
        )


def _file(root: Path, name: str, text: str) -> None:
    """Write the entry ``text`` at ``name`` in its canonical form, as `kb fmt` does."""
    found = classify(tuple(name.split("/")))
    assert found, f"{name} is no entry"
    form = formatted(RawFile(f"catalog/{name}", *found, text.encode()))
    assert isinstance(form, Formatted), form
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(form.content)


def _surname(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in f"{number:05}")


def _first(number: int) -> str:
    return TITLE_WORDS[number % len(TITLE_WORDS)]


def _en(luck: random.Random, words: int) -> str:
    return (
        " ".join(VOCABULARY[_zipf(luck, len(VOCABULARY))] for _ in range(words)).capitalize() + "."
    )


def _zh(luck: random.Random, letters: int) -> str:
    return "".join(HAN[_zipf(luck, len(HAN))] for _ in range(letters)) + "。"


def _zipf(luck: random.Random, size: int) -> int:
    """A number below ``size``, drawn as the words of a language are.

    The n-th comes about 1/n as often as the first.
    """
    return min(size - 1, int(size ** luck.random()) - 1)


def _text(luck: random.Random, name: str, words: int) -> str:
    half = words // 2
    return (
        f"{name}:\n"
        f"  en: >-\n    {_en(luck, half)}\n    {_en(luck, half)}\n"
        f"  zh: {_zh(luck, words)}\n"
    )


def _sources(number: int, supports: str = "") -> str:
    said = f", supports: [{supports}]" if supports else ""
    return (
        f'sources:\n  paper: {{url: "https://papers.nips.cc/{number}", seen: 2026-01-02{said}}}\n'
    )


def _statements(luck: random.Random, name: str, words: int) -> str:
    """A claim of a technique, with its ground."""
    half = words // 2
    return (
        f"{name}:\n"
        f"  - {{en: {_en(luck, half)}, zh: {_zh(luck, half)}, source: paper, where: Section 2}}\n"
        f"  - {{en: {_en(luck, half)}, zh: {_zh(luck, half)}, source: ours}}\n"
    )


def _topic(luck: random.Random, id: str, number: int) -> str:
    broader = "  broader: topic0\n" if number else ""
    return (
        f"{id}:\n  name: {{en: Topic {number}, zh: 主题{number}}}\n{broader}"
        f"  summary: {{en: {_en(luck, 20)}, zh: {_zh(luck, 20)}}}\n"
    )


def _technique(luck: random.Random, number: int, topics: list[str]) -> str:
    requires = (
        f"requires:\n  - {{id: technique{luck.randrange(number)}, source: ours}}\n"
        if number
        else ""
    )
    return (
        f"name: {{en: {_en(luck, 2)[:-1]} {number}, zh: {_zh(luck, 4)[:-1]}剪枝{number}}}\n"
        f"topics: [{luck.choice(topics)}]\n"
        f"origin: {{year: {luck.randint(2012, 2025)}, source: paper}}\n"
        f"{_statements(luck, 'idea', 12)}{_statements(luck, 'explanation', 60)}"
        f"formulas:\n  - {{tex: 's_t = s_f + {number}', "
        f"says: {{en: {_en(luck, 8)}, zh: {_zh(luck, 8)}}}, source: paper}}\n"
        "saves: [stored-size, compute]\nneeds: [data, retraining]\n"
        f"{_statements(luck, 'gains', 12)}{_statements(luck, 'costs', 12)}"
        f"{_statements(luck, 'fails', 12)}{requires}{_sources(number)}"
    )


def _paper(luck: random.Random, number: int, topics: list[str], techniques: int) -> str:
    return (
        f"title: {_first(number).capitalize()} {_en(luck, 6)[:-1].lower()} {number}\n"
        f"authors: [Ada {_surname(number).capitalize()}, Bo Second, Cy Third, Di Fourth]\n"
        "year: 2019\nform: research\nvenue: {id: icml, year: 2019}\n"
        f'arxiv: "19{number // 100000 + 1:02}.{number % 100000:05}"\n'
        f"topics: [{luck.choice(topics)}]\n"
        f"introduces:\n  - {{id: technique{number % techniques}, source: paper}}\n"
        f"{_text(luck, 'summary', 60)}"
        f"results:\n  - {{of: [technique{number % techniques}], model: Net {number}, "
        "dataset: ImageNet, metric: top-1 accuracy, "
        f"value: {luck.randint(500, 900) / 10}, source: paper, where: abstract}}\n"
        f"{_sources(number, 'title, authors, year, venue, arxiv, summary')}"
    )


def _article(luck: random.Random, number: int, topics: list[str], papers: int) -> str:
    paper = number % papers
    return (
        f"title: {_zh(luck, 18)[:-1]}{number}\ntitle_en: {_en(luck, 9)[:-1]} {number}\n"
        f"url: https://mp.weixin.qq.com/s/{number:022}\nlanguage: zh\nform: explainer\n"
        f"topics: [{luck.choice(topics)}]\n"
        f"about:\n  - {{id: {_surname(paper)}2019{_first(paper)}, basis: named-in-title}}\n"
        f"summary: {{en: Told in {number} words., zh: 用 {number} 个词讲一遍。}}\n"
    )
