"""What the real catalogue must hold; its facts are the business of `kb check` and of people."""

import pytest

from kb.addresses import normal
from kb.catalog import assemble
from kb.graph import Graph
from kb.source.files import load
from tests.catalogs import ROOT, findings

CATALOG = assemble(*load(ROOT / "catalog"))
SEED = CATALOG.entries["deep-acceleration-five"]
ITEMS = [item.id for section in SEED.model.sections for item in section.items]

TECHNIQUES = """
uniform-magnitude-pruning sensitivity-pruning depth-increasing-sparsity gradual-pruning structured-sparsity-learning thinet-filter-pruning
lasso-channel-pruning global-dynamic-filter-pruning kernel-redundancy-removal repr-training training-pruned-architecture-from-scratch grow-and-prune
energy-constrained-compression nested-multi-capacity-models flops-training-objective uniform-affine-quantization weight-sharing huffman-coding
product-quantization high-order-residual-binarization admm-low-bit-quantization pact-sawb logarithmic-floating-point trained-ternary-quantization
reinforcement-learned-layer-sparsity platform-aware-architecture-search partial-order-pruning multi-objective-evolutionary-search generative-synthesis
compound-scaling bifpn regnet-design-space depthwise-separable-convolution interleaved-group-convolution crelu two-way-dense-blocks
context-enhancement-spatial-attention bottleneck-lstm adaptive-input-scale tucker-vbmf low-rank-reshaping data-free-depthwise-decomposition
layer-merging-bn-folding wavelet-like-auto-encoder deep-gradient-compression dense-sparse-dense-training knowledge-distillation gradient-checkpointing
""".split()


def test_there_are_no_findings():
    assert findings(CATALOG) == []


def test_the_reading_list_holds_79_links_and_two_papers_each_once():
    kinds = [CATALOG.entries[id].kind for id in ITEMS]
    assert len(ITEMS) == len(set(ITEMS)) == 81
    assert kinds.count("paper") == 2
    links = [CATALOG.entries[id].model.url for id in ITEMS if CATALOG.entries[id].kind != "paper"]
    assert len(links) == len({normal(link) for link in links}) == 79


def test_its_articles_keep_their_language():
    for id in ITEMS:
        model = CATALOG.entries[id].model
        if getattr(model, "language", None) == "zh":
            assert any("\u4e00" <= letter <= "\u9fff" for letter in model.title) and not any(
                "\u4e00" <= letter <= "\u9fff" for letter in model.title_en
            )


@pytest.mark.parametrize("id", TECHNIQUES)
def test_every_technique_of_the_list_has_its_entry_with_a_way_to_a_paper_or_to_the_list(id):
    graph = Graph(CATALOG)
    assert CATALOG.entries[id].kind == "technique"
    assert any(
        CATALOG.entries[link.source].kind in ("paper", "list", "article") for link in graph.into(id)
    )


def test_topics_are_one_tree():
    graph = Graph(CATALOG)
    roots = [topic.id for topic in CATALOG.of_kind("topic") if not graph.out(topic.id, "broader")]
    assert roots == ["compression"]
