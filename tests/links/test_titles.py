"""Titles that name the same text, and titles that clearly do not."""

import pytest

from kb.links.titles import same_title

SAME = {
    "equal": ("EfficientNet: Rethinking Model Scaling", "EfficientNet: Rethinking Model Scaling"),
    "case and punctuation": (
        "EfficientNet: Rethinking Model Scaling",
        "efficientnet - rethinking   model scaling.",
    ),
    "arXiv's number before": (
        "EfficientNet: Rethinking Model Scaling",
        "[1905.11946] EfficientNet: Rethinking Model Scaling",
    ),
    "a site behind": ("模型剪枝综述", "模型剪枝综述 - 知乎"),
    "full width": (
        "谷歌提出ＥｆｆｉｃｉｅｎｔＮｅｔ：平衡模型扩展！",
        "谷歌提出EfficientNet:平衡模型扩展!",
    ),
    "a repository": (
        "Distiller",
        "GitHub - IntelLabs/distiller: Neural Network Distiller by Intel AI Lab",
    ),
    "a repository's words with dashes": (
        "Awesome Model Compression",
        "memoiry/awesome-model-compression: a list",
    ),
    "cut short": (
        "Learning both Weights and Connections for Efficient Neural Networks",
        "Learning both Weights and Connections for…",
    ),
    "a subtitle more": (
        "Rethinking the Value of Network Pruning",
        "Rethinking the Value of Network Pruning: An Empirical Study | OpenReview",
    ),
    "plural and small words": ("The Lottery Ticket Hypothesis", "Lottery ticket hypotheses"),
    "two scripts": ("谷歌大脑提出EfficientNet", "Google Brain's new family of networks"),
    "a name that says nothing": ("模型剪枝综述", "微信公众平台"),
    "one word": ("NNI", "Neural Network Intelligence"),
    "a slip of the pen": (
        "ThiNet: A Filter Level Pruning Method",
        "ThiNet: A Filter Levl Prunning Methd",
    ),
    "a prefix in brackets": ("移动端机器学习资源合集", "【干货】移动端机器学习资源合集"),
    "nothing": ("Pruning Filters", ""),
}
OTHER = {
    "another paper": (
        "Channel Pruning for Accelerating Very Deep Neural Networks",
        "Distilling the Knowledge in a Neural Network",
    ),
    "another article": ("剪枝综述：从权重到通道", "二值神经网络的训练技巧"),
    "another repository": (
        "Awesome Model Compression",
        "GitHub - owner/recipes: What to cook tonight",
    ),
    "a shop": ("Learning Structured Sparsity", "Buy cheap shoes online"),
    "another article, in both scripts": (
        "谷歌EfficientNet平衡三个维度",
        "旷视ShuffleNet提升移动端速度",
    ),
}


@pytest.mark.parametrize(("expected", "found"), SAME.values(), ids=SAME.keys())
def test_titles_of_one_text(expected, found):
    assert same_title(expected, found) and same_title(found, expected)


@pytest.mark.parametrize(("expected", "found"), OTHER.values(), ids=OTHER.keys())
def test_titles_of_two_texts(expected, found):
    assert not same_title(expected, found) and not same_title(found, expected)
