"""Words of the home page."""

from dataclasses import dataclass

from kb.words.captions import ARTICLES, RESOURCES, TECHNIQUES
from kb.words.pair import Pair

SITE = Pair("Small and fast neural networks", "模型压缩知识库")
HOME_TITLE = Pair("Make neural networks small and fast", "让神经网络又小又快")
HOME_ABOUT = Pair(
    "Techniques, papers and articles on making neural networks small and fast.",
    "让神经网络又小又快：技术、论文和文章。",
)
HOME_LEAD = Pair(
    "{techniques} techniques with code that runs in the page, {papers} papers with the results "
    "they report, and for each claim what it rests on.",
    "{techniques} 项技术的代码可以在页面里直接运行，{papers} 篇论文列出各自报告的结果，"
    "每条论断都写明依据。",
)
SEARCH = Pair("Search", "搜索")
CUT_TITLE = Pair("Set the smallest weights to zero", "把最小的权重置零")
CUT_READINGS = (
    Pair("set to zero", "置零比例"),
    Pair("accuracy, cut only", "准确率，只剪"),
    Pair("cut, then retrained", "剪后重新训练"),
    Pair("random ones cut, retrained", "随机剪后重新训练"),
    Pair("stored", "存储"),
)
CUT_STORED = Pair("{bytes} B (1/{part})", "{bytes} B（1/{part}）")
CUT_WHOLE = Pair("{bytes} B", "{bytes} B")
CUT_SLIDER = Pair("share of the weights set to zero", "置零的权重比例")
CUT_MATRIX = Pair(
    "weights of {units} units as tiles of squares", "{units} 个单元的权重，每个单元一块方格"
)
CUT_CHART = Pair("accuracy over the share of weights set to zero", "准确率随置零比例的变化")
CUT_CAPTION = Pair(
    "The {weights} weights of a hidden layer that reads digits, one tile per unit: teal positive, "
    "grey negative, empty zero. Accuracies are mean ± standard deviation over 8 seeds.",
    "手写数字网络隐藏层的 {weights} 个权重，每个单元一块：青色为正，灰色为负，空白为零。"
    "准确率为 8 个随机种子的均值 ± 标准差。",
)
CUT_MORE = Pair("How it works", "原理")


@dataclass(frozen=True, slots=True)
class Door:
    """A way in: what the reader asks, and what happens at once."""

    asks: Pair
    does: Pair


DOOR_STUDENT = Door(
    Pair("I want to understand it", "我想弄懂原理"),
    Pair(
        "The three steps of Deep Compression, each with a figure to move and code to change.",
        "从 Deep Compression 的三步开始，每步都有能动的图和能改的代码。",
    ),
)
FIRST_STEPS = ("uniform-magnitude-pruning", "weight-sharing", "huffman-coding")
DOOR_PRACTITIONER = Door(
    Pair("I have a model to shrink", "我有模型要压缩"),
    Pair("What must go down?", "先要降哪一项？"),
)
ALL_THAT_SAVE = Pair("all {count}", "全部 {count} 项")
DOOR_CONTRIBUTOR = Door(
    Pair("Something is missing or wrong", "我发现缺了或错了"),
    Pair(
        "Give an arXiv id, a DOI or an address, and see whether it is here.",
        "输入 arXiv 编号、DOI 或网址，看看是否已经收录。",
    ),
)
FIND = Pair("Find", "查找")
FIND_LABEL = Pair("arXiv id, DOI or address", "arXiv 编号、DOI 或网址")
HOW_TO_CONTRIBUTE = Pair("How to add or correct an entry", "怎样添加或更正条目")
MAP = Pair("Map", "图谱")
WHOLE_MAP = Pair("The whole map", "完整地图")
HOME_TOPICS = Pair("Topics, and what their experiments found", "各主题，以及实验看到了什么")
TOPIC_COUNTS = Pair(
    "techniques: {techniques}, papers: {papers}", "技术 {techniques} 项，论文 {papers} 篇"
)
COVERAGE = Pair("What is in here, and what is not", "收录了什么，缺什么")
COVERED = Pair(
    "Papers by year. The oldest is of {first}, the newest of {last} ({newest} of that year): an "
    "empty year is one that nobody has added yet.",
    "各年论文数。最早 {first} 年，最新 {last} 年（该年 {newest} 篇）；空着的年份是还没有人补上。",
)


@dataclass(frozen=True, slots=True)
class HowMuch:
    """What the home page says of the entries of a kind: what they are called, and how many."""

    name: Pair
    said: Pair


HOW_MUCH = {
    "technique": HowMuch(
        TECHNIQUES,
        Pair(
            "{count}; {running} with code that runs", "{count} 项，其中 {running} 项有能运行的代码"
        ),
    ),
    "paper": HowMuch(
        Pair("Papers", "论文"),
        Pair("{count}, with the results they report", "{count} 篇，附各自报告的结果"),
    ),
    "article": HowMuch(ARTICLES, Pair("{count}, most in Chinese", "{count} 篇，多为中文")),
    "resource": HowMuch(
        RESOURCES, Pair("{count} libraries, courses and lists", "{count} 项：工具库、课程和清单")
    ),
}
LINK_NAME = Pair("Links", "链接")
LINKS_ALIVE = Pair("{alive} of {total} alive on {day}", "{total} 个，{day} 可访问 {alive} 个")
LINKS_UNCHECKED = Pair("{total}; none has been checked yet", "{total} 个，都还没有检查过")
NEWS = Pair("What is new", "最近更新")
FULL_STOP = {"en": ". ", "zh": "。"}
