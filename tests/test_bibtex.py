"""BibTeX as other programs read it, and what of a title keeps its case in a style."""

import pytest
from pybtex.database import BibliographyData, parse_string
from pybtex.plugin import find_plugin

from kb.bibtex import bibtex
from kb.capitals import kept
from kb.schema import Paper
from tests.catalogs import ROOT, real

CATALOG = real().catalog
PAPERS = CATALOG.of(Paper)
TITLES = {  # a title: the same with braces round what keeps its case
    "Bayesian Optimization of ImageNet Models": "{B}ayesian Optimization of {ImageNet} Models",
    "XNOR-Net: ImageNet Classification Using Binary Convolutional Neural Networks": (
        "{XNOR-Net}: {ImageNet} Classification Using Binary Convolutional Neural Networks"
    ),
    "Faster R-CNN: Towards Real-Time Object Detection": (
        "Faster {R-CNN}: Towards Real-Time Object Detection"
    ),
    "U-Net: Convolutional Networks for Biomedical Image Segmentation": (
        "{U-Net}: Convolutional Networks for Biomedical Image Segmentation"
    ),
    "Q-BERT: Hessian Based Ultra Low Precision Quantization of BERT": (
        "{Q-BERT}: {H}essian Based Ultra Low Precision Quantization of {BERT}"
    ),
    "Learning Sparse Neural Networks through L0 Regularization": (
        "Learning Sparse Neural Networks through {L0} Regularization"
    ),
    "Pruning Filters for Efficient ConvNets": "Pruning Filters for Efficient {ConvNets}",
    "CNN-Based Models on GPUs": "{CNN}-Based Models on {GPUs}",
    "Compression with Huffman's Code": "Compression with {H}uffman's Code",
    "A Survey: A Second Look": "A Survey: A Second Look",
    "Can I Prune? I Think So": "Can {I} Prune? {I} Think So",
    "Two-Dimensional K-Means Clustering": "Two-Dimensional {K}-Means Clustering",
    "Rethinking floating point for deep learning": "Rethinking floating point for deep learning",
    "Sparse coding in the style of Olshausen and Field": (
        "Sparse coding in the style of {O}lshausen and {F}ield"
    ),
    "Reading with one Robot Arm": "Reading with one Robot Arm",
    "Training networks by the Foster-Miller method": (
        "Training networks by the {F}oster-{M}iller method"
    ),
    "Non-Euclidean Geometry, Fisher's Way": "Non-{E}uclidean Geometry, {F}isher's Way",
    "Training with Noise": "Training with Noise",
    "To prune, or not to prune: Exploring the efficacy of pruning": (
        "To prune, or not to prune: Exploring the efficacy of pruning"
    ),
    "Smaller Drafts for Medusa Decoding": "Smaller Drafts for {M}edusa Decoding",
    "LoRA-Pruner: Cutting Large Models": "{LoRA-Pruner}: Cutting Large Models",
    "One Step Beyond LoRA-Pruner": "One Step Beyond {LoRA-Pruner}",
    "KV-Folding: Caches in Half": "{KV-Folding}: Caches in Half",
    "V-Caching: Keys on Demand": "{V-Caching}: Keys on Demand",
    "CNN-Based: A Survey": "{CNN}-Based: A Survey",
    "Low-Rank: A Survey": "Low-Rank: A Survey",
    "Once More, Deja Vu": "Once More, {D}eja {V}u",
    "Pruning of Deep Neural Networks for the edge": "Pruning of Deep Neural Networks for the edge",
    "Advances in Machine Learning since the days of Rosenblatt": (
        "Advances in Machine Learning since the days of {R}osenblatt"
    ),
    "Quantized 4Bit Models in 50MB": "Quantized 4Bit Models in {50MB}",
    "A TITLE IN CAPITALS": "A TITLE IN CAPITALS",
    "面向 ImageNet 的剪枝": "面向 {ImageNet} 的剪枝",
}


REVIEWED = (ROOT / "tests/data/titles.txt").read_text("utf-8").splitlines()[2:]


@pytest.mark.parametrize("title", TITLES)
def test_names_in_a_title_are_protected_and_nothing_else(title):
    assert braced(title) == TITLES[title]


def test_titles_of_the_catalogue_are_protected_as_they_were_reviewed():
    wanted = [(line.replace("{", "").replace("}", ""), line) for line in REVIEWED]
    assert [line for title, line in wanted if braced(title) != line] == []
    assert len(wanted) > 200


def braced(title: str) -> str:
    """The title with braces round what keeps its case."""
    said, at = "", 0
    for start, end in kept(title):
        said += f"{title[at:start]}{{{title[start:end]}}}"
        at = end
    return said + title[at:]


def read() -> BibliographyData:
    return parse_string(bibtex(CATALOG), "bibtex")


def test_every_paper_is_a_record_with_the_parts_of_its_names():
    entries = read().entries
    assert list(entries) == [entry.id for entry in PAPERS]
    for entry in PAPERS:
        people = entries[entry.id].persons["author"]
        assert len(people) == len(entry.model.authors)
        signed = [author.organization is not None for author in entry.model.authors]
        assert all(one.last_names for one in people)
        assert [not one.first_names for one in people] == signed, entry.id


def test_every_record_has_one_address_and_only_preprints_their_number():
    for key, record in read().entries.items():
        assert ("doi" in record.fields) != ("url" in record.fields), key
        assert ("eprint" in record.fields) == (record.type == "misc"), key


def test_a_classic_style_prints_every_record_with_an_address_and_its_names():
    style = find_plugin("pybtex.style.formatting", "plain")()
    text = find_plugin("pybtex.backends", "text")()
    shown = {one.key: one.text.render(text) for one in style.format_bibliography(read())}
    assert all("http" in line or "doi:10." in line for line in shown.values())
    assert "XNOR-Net: ImageNet classification using binary" in shown["rastegari2016xnor"]
    assert "Laurens van der Maaten" in shown["huang2017densely"]
    assert "PhD thesis, Stanford University" in shown["han2017efficient"]
