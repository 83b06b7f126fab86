"""Texts of links to one document: which cannot name the same text, and which say nothing."""

import pytest

from kb.links.document import document, is_paper
from kb.links.findings import in_lists
from kb.links.link_texts import two_texts
from kb.lists.grammar import read

TWO = {
    "titles of four words": (
        "Squeeze-and-Excitation Networks",
        "Densely Connected Convolutional Networks",
    ),
    "coined names": ("GhostNet", "MobileNetV2"),
    "coined names with marks": ("SmoothQuant", "Wanda++"),
    "short titles": ("Rethinking Network Pruning Twice", "Towards Ternary Weight Networks"),
    "titles with small words": (
        "Distilling the Knowledge in a Neural Network",
        "Attention Is All You Need",
    ),
    "long titles": (
        "Learning both Weights and Connections for Efficient Neural Networks",
        "The Lottery Ticket Hypothesis: Finding Sparse, Trainable Neural Networks",
    ),
    "titles with a venue": (
        "Aggregated Residual Transformations for Networks (CVPR 2017)",
        "Densely Connected Convolutional Networks (CVPR 2017)",
    ),
    "titles with “with”": (
        "ImageNet Classification with Deep Convolutional Neural Networks",
        "Neural Architecture Search with Reinforcement Learning",
    ),
    "titles with “and” and a comma": (
        "Structured Pruning, Ternary Quantization and Huffman Coding",
        "Low Latency Detectors and Embedded Devices",
    ),
    "titles with “&” and a stroke": (
        "Mobile Transformers & Vision Backbones",
        "Speech Recognition / Keyword Spotting LSTMs",
    ),
    "Chinese titles with “、” and “和”": ("剪枝、量化和蒸馏", "高效推理、端侧部署与硬件加速"),
    "Chinese titles": ("深度神经网络剪枝综述", "大语言模型的低比特量化方法"),
}
# Texts that stand on links to one paper in lists of papers, two by two.
SILENT = (
    ("paper", "code"),
    ("PDF", "here"),
    ("[12]", "[3]"),
    ("arXiv", "OpenReview"),
    ("论文", "代码"),
    ("官方代码实现", "论文下载地址"),
    ("论文原文链接", "知乎文章解读"),
    ("Song Han", "Huizi Mao"),
    ("Song Han, Huizi Mao, William J. Dally", "Jeff Pool, John Tran"),
    ("Song Han and Huizi Mao", "William J. Dally and Jeff Pool"),
    (
        "Nikita Kitaev, Łukasz Kaiser and Anselm Levskaya",
        "Christopher Manning, Erik Learned-Miller",
    ),
    ("Matt Post / Akash Deep / Otto Rank", "Jingjing Xu & Mingxing Tan & Yangqing Jia"),
    ("高志远、方勇和白雪", "约书亚·本吉奥、杰弗里·辛顿、扬·勒昆"),
    ("by Laurens van der Maaten", "by Gao Huang and Zhuang Liu"),
    ("Han et al., 2015", "Deep Compression"),
    ("Gao Huang, Zhuang Liu, Laurens van der Maaten", "Densely Connected Convolutional Networks"),
    ("Huang et al. (CVPR 2017 best paper)", "Densely Connected Convolutional Networks"),
    ("Squeeze-and-Excitation Networks", "SENet"),
    ("2017", "2018"),
    ("CVPR 2017", "NeurIPS 2016"),
    ("In Proceedings of CVPR 2017", "Accepted at ICLR 2016 workshop"),
    ("official PyTorch implementation by the authors", "Read the full paper on arXiv"),
    ("click here to download the PDF", "see the original post for more details"),
    ("the PyTorch code of this paper", "unofficial TensorFlow code with pretrained weights"),
    ("GhostNet", "More Features from Cheap Operations"),
    ("GhostNet", "GhostNetV2"),
    ("EfficientNet-B0", "EfficientNet-B7"),
    ("MobileNetV3-Small", "MobileNetV3-Large"),
    ("ResNet-50", "MobileNetV2"),
    ("VGG16", "ResNet18"),
    ("AMC", "AutoML for Model Compression and Acceleration on Mobile Devices"),
    ("PyTorch", "TensorFlow"),
    ("GitHub", "GhostNet"),
    ("ImageNet", "CIFAR-10"),
    ("LLaMA-7B", "OPT-175B"),
    ("Section 3.2", "Table 4"),
    ("Figure 2 of the supplementary material", "the appendix"),
    ("slides", "poster session recording"),
    ("Knowledge Distillation", "Model Compression"),
    ("pruning", "quantization"),
    ("Google", "Facebook AI Research"),
    ("https://arxiv.org/abs/1709.01507", "arxiv.org/abs/1709.01507v4"),
    ("韩松、毛慧子、威廉、杰夫", "黄高、刘壮、范德马滕"),
    (
        "Deep Compression",
        "Deep Compression: Compressing Deep Neural Networks with Pruning and Quantization",
    ),
    ("Distilling the Knowledge in a Neural Network", "Distilling the knowledge in neural networks"),
    ("论文", "Densely Connected Convolutional Networks"),
    ("v1", "v2"),
    ("Wanda", "SparseGPT paper"),
)


@pytest.mark.parametrize("case", TWO)
def test_two_titles_of_one_paper_are_seen(case):
    assert two_texts(TWO[case], of_paper=True) == TWO[case]


@pytest.mark.parametrize("texts", SILENT)
def test_texts_that_do_not_name_another_text_are_silent(texts):
    assert two_texts(texts, of_paper=True) is None
    assert two_texts(texts[::-1], of_paper=True) is None


def test_a_page_of_several_methods_may_have_their_names():
    assert two_texts(TWO["coined names"], of_paper=False) is None


# addresses of one document
SAME = {
    "arXiv": (
        "https://arxiv.org/abs/1709.01507",
        "http://arxiv.org/pdf/1709.01507",
        "https://arxiv.org/pdf/1709.01507v4.pdf",
        "https://export.arxiv.org/html/1709.01507v2",
        "https://doi.org/10.48550/arXiv.1709.01507",
        "https://www.alphaxiv.org/abs/1709.01507",
        "https://ar5iv.labs.arxiv.org/html/1709.01507",
    ),
    "arXiv's old ids": (
        "https://arxiv.org/abs/cs/0112017",
        "https://arxiv.org/pdf/cs/0112017v1",
    ),
    "DOI": (
        "https://doi.org/10.1145/3007787.3001163",
        "http://dx.doi.org/10.1145/3007787.3001163",
        "https://dl.acm.org/doi/10.1145/3007787.3001163",
        "https://dl.acm.org/doi/pdf/10.1145/3007787.3001163",
        "https://dl.acm.org/doi/abs/10.1145/3007787.3001163",
    ),
    "any": (
        "https://a.example/1",
        "http://www.a.example/1/",
        "https://a.example:443/1?utm_source=x",
    ),
}
OTHERS = (
    *(addresses[0] for addresses in SAME.values()),
    "https://arxiv.org/abs/1709.01508",
    "https://arxiv.org/list/cs.LG/recent",
    "https://arxiv.org/abs/cs/0112018",
    "https://doi.org/10.1145/3007787",
    "https://a.example/1#two",
    "https://a.example/1#three",
    "https://a.example/1?id=2",
)


@pytest.mark.parametrize("case", SAME)
def test_one_document_has_many_addresses(case):
    assert len({document(url) for url in SAME[case]}) == 1


def test_other_documents_are_others():
    assert len({document(url) for url in OTHERS}) == len(OTHERS)


def test_papers_are_known_by_their_address():
    assert is_paper("https://arxiv.org/abs/1709.01507") and is_paper("https://a.example/x/y.pdf")
    assert is_paper("https://openreview.net/forum?id=a") and not is_paper("https://a.example/1")


ONE, OTHER = TWO["titles of four words"]
# two addresses of one document
PAIRS = {
    "arXiv's abstract and its PDF": (
        "https://arxiv.org/abs/1709.01507",
        "https://arxiv.org/pdf/1709.01507v2",
    ),
    "a stroke at the end": ("https://a.example/1", "https://a.example/1/"),
    "another scheme": ("https://a.example/1", "http://a.example/1"),
}


@pytest.mark.parametrize("case", PAIRS)
def test_two_titles_at_two_addresses_of_one_document_are_told(case):
    first, later = PAIRS[case]
    found = read(
        f"- [{ONE}]({first})\n- [paper]({first})\n- [{OTHER}]({later})\n".encode(), "markdown"
    )
    (told,) = in_lists({"a.md": found})
    assert (told.path, told.line, told.column) == ("a.md", 3, 3)
    assert told.message == f"`{later}` is given as `{OTHER}` here, and as `{ONE}` at a.md:1"
