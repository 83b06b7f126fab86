"""GraphML in the programs it is for: none loses a node, an edge or an attribute."""

import json
import shutil
import subprocess
from collections import Counter
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest

from kb.catalog import assemble
from kb.export.graphml import graphml
from kb.graph import Graph
from kb.source.files import load
from tests.catalogs import ROOT, real

GRAPH = real()
TEXT = graphml(GRAPH)
NODES, EDGES = len(GRAPH.catalog.entries), GRAPH.nx.number_of_edges()
ONE = {
    "kind": "paper",
    "label": "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
    "label_zh": "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
    "year": 2019,
    "url": "https://proceedings.mlr.press/v97/tan19a.html",
}
NS = {"g": "http://graphml.graphdrawing.org/xmlns"}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "catalog.graphml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_catalogue_has_edges_with_the_same_ends():
    ends = Counter((source, target) for source, target, _ in GRAPH.nx.edges(keys=True))
    assert max(ends.values()) > 1


def test_networkx_reads_all(file):
    graph = nx.read_graphml(file)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (NODES, EDGES)
    assert graph.nodes["tan2019efficientnet"] == ONE
    relations = Counter(relation for *_, relation in graph.edges(data="relation"))
    assert relations == Counter(relation for *_, relation in GRAPH.nx.edges(keys=True))


def test_igraph_reads_all(file):
    graph = igraph.Graph.Read_GraphML(str(file))
    assert (graph.vcount(), graph.ecount()) == (NODES, EDGES)
    assert graph.vs.find(id="tan2019efficientnet").attributes() == ONE | {
        "id": "tan2019efficientnet"
    }


def test_graphology_reads_all(file):
    modules = ROOT / "node_modules"
    node = shutil.which("node")
    if node is None or not (modules / "graphology-graphml").is_dir():
        pytest.skip("needs Node.js and graphology: make test-code")
    program = ROOT / "tests/read_graphml.mjs"
    said = subprocess.run(
        [node, program, f"{modules}/", file, "tan2019efficientnet"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(said.stdout) == {
        "order": NODES,
        "size": EDGES,
        "ids": EDGES,
        "attributes": ONE,
    }


def test_gephi_would_read_all():
    """By the rules of its ImporterGraphML: an edge whose id is known is left out; a key is a label
    of yEd if its id is `d3` or `d7`; every other key has one id, a known type and something that
    it is for; edges with the same ends are told apart by their kind."""
    root = ElementTree.fromstring(TEXT)
    keys = root.findall("g:key", NS)
    assert len({key.get("id") for key in keys}) == len(keys)
    assert {key.get("id") for key in keys}.isdisjoint({"d3", "d7", "id", "edgeid"})
    assert {key.get("attr.type") for key in keys} == {"string", "int"}
    edges = root.findall(".//g:edge", NS)
    nodes = {node.get("id") for node in root.findall(".//g:node", NS)}
    assert len({edge.get("id") for edge in edges}) == len(edges) == EDGES
    assert all(edge.get("source") in nodes and edge.get("target") in nodes for edge in edges)
    kinds = {
        (edge.get("source"), edge.get("target"), edge.find("g:data[@key='edge_kind']", NS).text)
        for edge in edges
    }
    assert len(kinds) == EDGES


def test_equal_data_gives_equal_files():
    assert graphml(Graph(assemble(*load(ROOT / "catalog")))) == TEXT
