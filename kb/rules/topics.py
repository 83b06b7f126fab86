"""Rules on topics: what their groups and their named methods may name."""

from collections.abc import Iterator

from kb.near import Nearest, asked
from kb.rules.rule import Knowledge, Trouble
from kb.schema import Paper, Technique, Topic
from kb.source.reader import Keys


def stray_member(knowledge: Knowledge) -> Iterator[Trouble]:
    """A group of a topic names what is not a technique of that topic, or names it a second time.

    The same goes for a paper, behind a method without a page, that is not in the catalogue.

    Why it matters: the page of the topic shows a technique in one group, or else at the end, and
    a method with the papers that describe it.

    Example:

        groups:
          - {name: …, techniques: [weight-sharin]}

    Instead: name techniques that have the topic among their `topics`, each once.
    """
    near = Nearest()
    named = {one.id: set(map(str, one.model.topics or ())) for one in knowledge.of(Technique)}
    lost = {one.id for one in knowledge.catalog.broken.values()}
    lost |= {entry.id for entry, edge, _ in knowledge.astray if edge.relation == "topics"}
    unsure = knowledge.catalog.unsure
    for topic in knowledge.of(Topic) if "technique" not in unsure else ():
        inside = [id for id, topics in named.items() if topic.id in topics]
        left = list(inside)
        for keys, id in _grouped(topic.model):
            if id in left:
                left.remove(id)
                continue
            if id in lost:  # where its topics are wrong, that is reported
                continue
            why = "stands twice" if id in inside else f"is not a technique of `{topic.id}`"
            yield Trouble(
                topic,
                keys,
                f"`{id}`, which a group names, {why}",
                "name each once"
                if id in inside
                else asked(near(id, topic.id, inside))
                or f"add `{topic.id}` to its `topics`, or leave it out",
            )
    papers = [one.id for one in knowledge.of(Paper)]
    for topic in knowledge.of(Topic) if "paper" not in unsure else ():
        for keys, id in _described(topic.model):
            if id not in papers and id not in lost:
                yield Trouble(
                    topic,
                    keys,
                    f"`{id}`, which a named method rests on, is not a paper",
                    asked(near(id, "papers", papers)) or "name a paper of the catalogue",
                )


def _described(topic: Topic) -> Iterator[tuple[Keys, str]]:
    for number, method in enumerate(topic.named or ()):
        for place, id in enumerate(method.papers or ()):
            yield ("named", number, "papers", place), id


def _grouped(topic: Topic) -> Iterator[tuple[Keys, str]]:
    for number, group in enumerate(topic.groups or ()):
        for place, id in enumerate(group.techniques or ()):
            yield ("groups", number, "techniques", place), id
