"""How the exports are read: a line for each program, as the exports page shows and tests run it."""

from dataclasses import dataclass

_SEARCH = """\
WITH RECURSIVE asked(word) AS (VALUES ('{word}')),
spelt(at, said) AS (
  SELECT 1, '' FROM asked
  UNION ALL
  SELECT at + 1, said || CASE
    WHEN substr(word, at, 2) GLOB '[\u3400-\u9fff][\u3400-\u9fff]'
      THEN ' ' || substr(word, at, 2) || ' '
    WHEN substr(word, at - 1, 2) GLOB '[\u3400-\u9fff][\u3400-\u9fff]' THEN ''
    WHEN substr(word, at, 1) GLOB '[\u3400-\u9fff]' THEN ' ' || substr(word, at, 1) || ' '
    ELSE replace(substr(word, at, 1), '"', ' ')
  END
  FROM spelt, asked WHERE at <= length(word)
)
SELECT entries.kind, entries.id, entries.label, entries.label_zh
FROM search JOIN entries USING (id)
WHERE search MATCH (
  SELECT '"' || said || '"' FROM spelt ORDER BY at DESC LIMIT 1
)
ORDER BY entries.kind NOT IN ('technique', 'topic'), bm25(search, 0, 10, 1), entries.id;"""


def search(word: str) -> str:
    """The query of the full-text search for one ``word``, English, Chinese, or both in one.

    The Chinese is stored as overlapping pairs of characters, so the query makes pairs of it, too;
    techniques and topics come first.
    """
    return _SEARCH.replace("{word}", word.replace("'", "''"))


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to type: the ``program`` it is for, the ``language`` it is written in, the ``code``.

    `{word}` in it stands for a word that is looked for.
    """

    program: str
    language: str
    code: str


RECIPES: dict[str, tuple[Recipe, ...]] = {
    "exports/catalog.jsonl": (
        Recipe(
            "jq",
            "sh",
            'jq -r \'select(.kind == "paper") | [.id, .arxiv // ""] | @tsv\' catalog.jsonl',
        ),
        Recipe(
            "DuckDB",
            "sql",
            "SELECT id, title, arxiv FROM read_json('catalog.jsonl') WHERE kind = 'paper';",
        ),
        Recipe(
            "pandas",
            "python",
            'pandas.read_json("catalog.jsonl", lines=True, dtype=False)',
        ),
        Recipe(
            "Python",
            "python",
            '[json.loads(line) for line in open("catalog.jsonl", encoding="utf-8")]',
        ),
    ),
    "exports/catalog.sqlite": (Recipe("SQLite", "sql", _SEARCH),),
    "exports/results.csv": (
        Recipe("DuckDB", "sql", "SELECT model, metric, value, unit FROM read_csv('results.csv');"),
        Recipe("pandas", "python", 'pandas.read_csv("results.csv")'),
    ),
    "exports/catalog.csl.json": (
        Recipe("Pandoc", "sh", "pandoc --citeproc --bibliography catalog.csl.json text.md"),
    ),
    "exports/catalog.graphml": (
        Recipe("NetworkX", "python", 'networkx.read_graphml("catalog.graphml")'),
        Recipe("igraph", "python", 'igraph.Graph.Read_GraphML("catalog.graphml")'),
        Recipe("graphology", "js", 'parse(Graph, fs.readFileSync("catalog.graphml", "utf8"))'),
    ),
}
"""By the path of the export from the root of the site."""
