"""Titles that name the same text, and titles that clearly do not."""

import pytest

from kb.links.interstitials import interstitial
from kb.links.titles import misnamed, same_title

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


INTERSTITIALS = {
    "redirect": (
        "Redirecting to the new address",
        "You are being redirected",
        "Redirecting…",
        "This page has moved",
        "You are leaving our site",
        "正在跳转",
        "页面跳转中，请稍候",
        "Weiterleitung",
        "リダイレクト中",
    ),
    "wait": ("Just a moment...", "One moment, please", "Loading…", "请稍候", "Bitte warten"),
    "consent": (
        "Before you continue to YouTube",
        "Cookie consent required",
        "We value your privacy",
        "Accept our terms of use | The Daily Planet",
        "Einwilligung zum Datenschutz",
    ),
    "login": (
        "Sign up for free",
        "Log in to Springer Nature Link",
        "Create your free account today",
        "Subscribe to read | Financial Times",
        "Join Medium",
        "登录 - 某某技术社区",
        "用户注册",
        "ログイン",
    ),
    "guard": (
        "Human Verification",
        "Access to this page has been denied",
        "Let's confirm you are human",
        "安全验证",
        "请完成验证",
    ),
    "error": ("Oops! Something went wrong", "Site under maintenance", "系统维护公告", "503"),
    "browser": ("Please enable JavaScript", "Unsupported browser", "Open this article in the app"),
    "choice": ("Choose your region", "Welcome to nginx!"),
}
TEXTS = (
    "Attention Is All You Need",
    "You Only Look Once: Unified, Real-Time Object Detection",
    "Error Analysis of Quantized Convolutional Networks on Edge Devices",
    "Sign Language Recognition with Pruned Transformers",
    "Loading Weights Lazily: Sparse Transformers on Phones, Tablets and Watches",
    "Cookie Clicker Agents: Reinforcement Learning for Sparse Rewards in Browser Games",
    "二值神经网络的训练技巧",
    "登录态下的移动端推理框架性能优化实践总结",
)


@pytest.mark.parametrize(
    ("kind", "title"), [(kind, title) for kind, titles in INTERSTITIALS.items() for title in titles]
)
def test_interstitials_are_told_by_their_kind(kind, title):
    assert interstitial(title) is not None
    assert misnamed(title, ("Learning Structured Sparsity", "剪枝综述：从权重到通道"), "") is None


@pytest.mark.parametrize("title", TEXTS)
def test_names_of_texts_are_no_interstitials(title):
    assert interstitial(title) is None
    expected = "Distilling the Knowledge" if title.isascii() else "剪枝综述：从权重到通道"
    assert misnamed(title, (expected,), "") == expected


# title of the page, titles expected, the one that it is not
MISNAMED = {
    "the same": ("Learning Structured Sparsity", ("Learning Structured Sparsity",), None),
    "another": ("Buy cheap shoes online", ("Structured Sparsity",), "Structured Sparsity"),
    "one of two": ("Buy cheap shoes", ("Structured Sparsity", "Buy cheap shoes"), None),
    "no title": (None, ("Structured Sparsity",), None),
    "nothing expected": ("Buy cheap shoes online", (), None),
    "the name of the site": ("Springer Link", ("Structured Sparsity",), None),
}


@pytest.mark.parametrize("case", MISNAMED)
def test_the_title_of_a_page_is_compared_with_all_that_are_expected(case):
    found, titles, wrong = MISNAMED[case]
    assert misnamed(found, titles, "https://link.springer.com/article/1") == wrong
