"""The page that counts on what entries rest."""

from kb import evidence, words
from kb.catalog import Entry
from kb.graph import Graph
from kb.kinds import KINDS
from kb.schema import Unproven
from kb.site.language import both, say
from kb.site.markdown import escape, front_matter
from kb.site.pages import parts

_HEADS = (words.KIND, *words.STATUS.values(), words.TOTAL)


def page(graph: Graph) -> str:
    """Entries by the weakest ground of what they stand on, per kind; and those that do not rest on a primary page."""
    kinds = [kind for kind in words.KINDS if issubclass(KINDS[kind].model, Unproven)]
    entries = [entry for kind in kinds for entry in graph.catalog.of_kind(kind)]
    listed = [
        _line(entry) for entry in entries if evidence.status(entry) not in ("primary", "text")
    ]
    how = f"[{both(words.HOW_GROUNDED)}](facts.md)"
    return "".join(
        (
            front_matter(say(words.STATUS_TITLE), say(words.STATUS_ABOUT)),
            parts.title(words.STATUS_TITLE),
            f"{both(words.STATUS_INTRO)} {how}\n\n",
            parts.table(
                _HEADS, f"|---{'|--:' * (len(_HEADS) - 1)}|", [_row(graph, kind) for kind in kinds]
            ),
            parts.section(words.STILL_OPEN, "\n".join(listed)),
        )
    )


def _row(graph: Graph, kind: str) -> str:
    found: list[str] = [evidence.status(entry) for entry in graph.catalog.of_kind(kind)]
    counts = [str(found.count(state)) for state in words.STATUS]
    return parts.row(both(words.KINDS[kind]), *counts, str(len(found)))


def _line(entry: Entry) -> str:
    kind, state = words.KINDS[entry.kind], words.STATUS[evidence.status(entry)]
    weak = dict.fromkeys(claim.field for claim in evidence.standing(entry).weak)
    still_open = f": {escape(', '.join(weak))}" if weak else ""
    return f"- {parts.ref(entry, up='')} · {both(kind)} · {both(state)}{still_open}"
