"""Catalogues of any size that look like the real one: same kinds, lengths and relations."""

import random
from pathlib import Path

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
    root.mkdir(parents=True)
    (root / "topics.yaml").write_text(
        "".join(_topic(luck, id, number) for number, id in enumerate(topics)), encoding="utf-8"
    )
    for number in range(numbers["technique"]):
        _file(
            root / "techniques" / f"technique{number}" / "entry.yaml",
            _technique(luck, number, topics),
        )
    for number in range(numbers["paper"]):
        _file(
            root / "papers" / f"{_surname(number)}2019{_first(number)}.yaml",
            _paper(luck, number, topics, numbers["technique"]),
        )
    for number in range(numbers["article"]):
        _file(
            root / "articles" / f"article{number}.yaml",
            _article(luck, number, topics, numbers["paper"]),
        )


def _file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


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
    """A number below ``size``; the n-th is drawn about 1/n as often as the first, as words are."""
    return min(size - 1, int(size ** luck.random()) - 1)


def _text(luck: random.Random, name: str, words: int) -> str:
    return (
        f"{name}:\n  en: >-\n    {_en(luck, words // 2)}\n    {_en(luck, words // 2)}\n"
        f"  zh: {_zh(luck, words)}\n"
    )


def _evidence(number: int, supports: str) -> str:
    return (
        f'evidence:\n  - {{url: "https://example.org/{number}", supports: [{supports}], '
        "seen: 2026-01-02}\n"
    )


def _topic(luck: random.Random, id: str, number: int) -> str:
    broader = "  broader: topic0\n" if number else ""
    return (
        f"{id}:\n  name: {{en: Topic {number}, zh: 主题{number}}}\n"
        f"{broader}  summary: {{en: {_en(luck, 20)}, zh: {_zh(luck, 20)}}}\n"
    )


def _technique(luck: random.Random, number: int, topics: list[str]) -> str:
    requires = f"requires: [technique{luck.randrange(number)}]\n" if number else ""
    return (
        f"name: {{en: {_en(luck, 2)[:-1]} {number}, zh: {_zh(luck, 4)[:-1]}剪枝{number}}}\n"
        f"topics: [{luck.choice(topics)}]\nyear: {luck.randint(2012, 2025)}\n"
        f"{_text(luck, 'idea', 12)}{_text(luck, 'explanation', 60)}"
        f"formulas:\n  - {{tex: 's_t = s_f + {number}', "
        f"says: {{en: {_en(luck, 8)}, zh: {_zh(luck, 8)}}}}}\n"
        "saves: [stored-size, compute]\nneeds: [data, retraining]\n"
        f"{_text(luck, 'gains', 12)}{_text(luck, 'costs', 12)}{_text(luck, 'fails', 12)}{requires}"
        f"{_evidence(number, 'idea, formulas, year')}"
    )


def _paper(luck: random.Random, number: int, topics: list[str], techniques: int) -> str:
    return (
        f"title: {_first(number).capitalize()} {_en(luck, 6)[:-1].lower()} {number}\n"
        f"authors: [Ada {_surname(number).capitalize()}, Bo Second, Cy Third, Di Fourth]\n"
        "year: 2019\n"
        "form: research\nvenue: {name: ICML, year: 2019, type: conference}\n"
        f'arxiv: "19{number // 100000 + 1:02}.{number % 100000:05}"\n'
        f"topics: [{luck.choice(topics)}]\n"
        f"introduces: [technique{number % techniques}]\n{_text(luck, 'summary', 60)}results:\n"
        f"  - {{model: Net {number}, dataset: ImageNet, metric: top-1 accuracy, "
        f"value: {luck.randint(500, 900) / 10}, seen_in: abstract}}\n"
        f"{_evidence(number, 'title, authors, year, venue, arxiv, introduces, summary, results')}"
    )


def _article(luck: random.Random, number: int, topics: list[str], papers: int) -> str:
    paper = number % papers
    return (
        f"title: {_zh(luck, 18)[:-1]}{number}\ntitle_en: {_en(luck, 9)[:-1]} {number}\n"
        f"url: https://mp.weixin.qq.com/s/{number:022}\nlanguage: zh\nform: explainer\n"
        f"topics: [{luck.choice(topics)}]\nabout:\n  - {{id: "
        f"{_surname(paper)}2019{_first(paper)}, basis: named-in-title}}\n"
    )
