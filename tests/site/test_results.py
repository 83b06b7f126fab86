"""Tables of results: nothing is ranked, because rows differ in what they are measured against."""

import re
from itertools import permutations

import pytest

from kb.graph import Graph
from kb.site.language import Language
from kb.site.pages.results import of_paper, of_technique, result_table
from tests.catalogs import TOY, toy_with

PAPER = (TOY / "papers" / "first2015toys.yaml").read_text(encoding="utf-8")
HEAD, TAIL = PAPER[: PAPER.index("results:")], PAPER[PAPER.index("sources:") :]
ROW = (
    "  - {{of: [toy-pruning], model: Net {0}, dataset: Blocks, metric: accuracy, value: {0},\n"
    "     baseline: {1}, source: proceedings, where: Table 1}}\n"
)
BASELINES = {70: 71, 80: 99, 90: 91}


def table(language: Language, values: tuple[int, ...], of: str) -> list[str]:
    """The rows of the table of a paper with ``values``, on its page or on its technique's."""
    rows = "".join(ROW.format(value, BASELINES[value]) for value in values)
    text = f"{HEAD}results:\n{rows}{TAIL}"
    graph = Graph(toy_with({"papers/first2015toys.yaml": text.encode()}))
    entry = graph.catalog.entries["first2015toys"]
    shown = of_paper(entry) if of == "paper" else of_technique(graph, "toy-pruning")
    made = result_table(language, graph, shown)
    return [line for line in made.split("<tr>") if "Net " in line]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("of", ["paper", "technique"])
@pytest.mark.parametrize("values", list(permutations(BASELINES)))
def test_rows_stay_as_the_paper_lists_them_each_beside_its_baseline(language, values, of):
    lines = table(language, values, of)
    assert len(lines) == len(values)
    for line, value in zip(lines, values, strict=True):
        assert f"Net {value}" in line
        cells = re.findall(r'<td class="kb-(\w+)"[^>]*>(.*?)</td>', line)
        assert ("value", str(value)) in cells
        assert ("baseline", str(BASELINES[value])) in cells
