"""Proposes topics for a text: those of its nearest neighbours, and those that it names. Pure."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.catalog import Catalog, Entry
from kb.schema import Article, Paper, Resource, Technique, Topic
from kb.walk import said

_COMMON = frozenset(
    "a an the of for on in and or to with by from at as is are be we our this that it its can not "
    "which than more most one two all into over under via using based new method methods approach "
    "show shows propose proposed paper results result model models network networks neural deep "
    "learning data training trained performance efficient accuracy state art et al their these "
    "such while when where how also only between each other both but has have been without "
    "up".split()
)
_NEIGHBOURS = 5
_NAMED = 0.35
_LEAST = 0.12
_SECOND = 0.7


@dataclass(frozen=True, slots=True)
class TopicSuggestions:
    """Topics, the likeliest first, and the entries that are nearest, the nearest first."""

    topics: tuple[str, ...] = ()
    near: tuple[Entry, ...] = ()


def suggested(catalog: Catalog, title: str, abstract: str) -> TopicSuggestions:
    """Topics for a work of this ``title`` and ``abstract``; none if nothing is near."""
    texts = {entry.id: _tokens(_said(entry)) for entry in _candidates(catalog)}
    spread = Counter(word for words in texts.values() for word in set(words))
    weights = {word: math.log(1 + len(texts) / count) for word, count in spread.items()}
    own = _vector([*_tokens(title), *_tokens(title), *_tokens(abstract)], weights)
    near = sorted(
        ((_cosine(own, _vector(words, weights)), id) for id, words in texts.items()), reverse=True
    )[:_NEIGHBOURS]
    scores: dict[str, float] = defaultdict(float)
    for score, id in near:
        for topic in _topics(catalog.entries[id]):
            scores[topic] += score
    for topic, hits in _named(catalog, f"{title} {title} {abstract}"):
        scores[topic] += _NAMED * min(hits, 2)
    return TopicSuggestions(
        tuple(_chosen(catalog, scores)),
        tuple(catalog.entries[id] for score, id in near if score > 0.05),
    )


def _chosen(catalog: Catalog, scores: Mapping[str, float]) -> Iterator[str]:
    ranked = sorted(scores.items(), key=lambda one: -one[1])[:4]
    best = ranked[0][1] if ranked else 0
    if best < _LEAST:
        return
    picked = [topic for topic, score in ranked if score >= _SECOND * best][:2]
    above = {wider for topic in picked for wider in _above(catalog, topic)}
    yield from (topic for topic in picked if topic not in above)


def _above(catalog: Catalog, id: str) -> Iterator[str]:
    seen = {id}
    entry = catalog.entries.get(id)
    while entry and isinstance(entry.model, Topic) and entry.model.broader:
        id = entry.model.broader.id
        if id in seen:
            return
        seen.add(id)
        yield id
        entry = catalog.entries.get(id)


def _candidates(catalog: Catalog) -> list[Entry]:
    kinds = (Paper, Technique, Article, Resource)
    return [entry for entry in catalog.entries.values() if isinstance(entry.model, kinds)]


def _topics(entry: Entry) -> tuple[str, ...]:
    topics = entry.model.__dict__["topics"]
    return tuple(map(str, topics)) if isinstance(topics, tuple) else ()


def _said(entry: Entry) -> str:
    """What of an entry says what it is about: names, aliases, summary, both languages."""
    model = entry.model
    if isinstance(model, Technique):
        idea = said(model.idea)
        names = " ".join((*model.aliases.en, *model.aliases.zh))
        return f"{model.name.en} {model.name.zh} {names} {idea.en} {idea.zh}"
    values = model.__dict__
    summary = values.get("summary")
    both = f"{summary.en} {summary.zh}" if summary else ""
    return f"{values.get('title') or ''} {values.get('title_en') or ''} {both}"


def _named(catalog: Catalog, text: str) -> Iterator[tuple[str, int]]:
    """Topics whose name or alias stands in ``text``, and how often."""
    folded = f" {' '.join(_tokens(text))} "
    for entry in catalog.of(Topic):
        names = (entry.model.name.en, entry.model.name.zh, *entry.model.aliases.en)
        hits = sum(_count(folded, name) for name in (*names, *entry.model.aliases.zh))
        if hits:
            yield entry.id, hits


def _count(folded: str, name: str) -> int:
    words = " ".join(_tokens(name))
    return folded.count(f" {words} ") if words else 0


def _tokens(text: str) -> list[str]:
    """Words without their endings, and pairs of Chinese characters."""
    words = [_stem(word) for word in re.findall(r"[a-z][a-z0-9]+", text.lower().replace("-", " "))]
    pairs = [
        run[at : at + 2]
        for run in re.findall(r"[\u4e00-\u9fff]+", text)
        for at in range(len(run) - 1)
    ]
    return [word for word in (*words, *pairs) if word not in _COMMON]


def _stem(word: str) -> str:
    for ending in (
        "ization",
        "ations",
        "ation",
        "ized",
        "izing",
        "ings",
        "ing",
        "ers",
        "ed",
        "es",
        "s",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _vector(words: Iterable[str], weights: dict[str, float]) -> dict[str, float]:
    counts = Counter(words)
    return {word: math.sqrt(count) * weights.get(word, 0.0) for word, count in counts.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    dot = sum(value * other.get(word, 0.0) for word, value in one.items())
    return dot / (_norm(one) * _norm(other)) if dot else 0.0


def _norm(one: dict[str, float]) -> float:
    return math.sqrt(sum(value * value for value in one.values()))
