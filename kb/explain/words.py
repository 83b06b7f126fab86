"""Words and forms: what a word of a closed list was meant to be, an arXiv id, a DOI."""

import re
from dataclasses import replace

from pydantic_core import ErrorDetails

from kb import meant
from kb.explain.flaw import Flaw
from kb.near import Nearest, asked
from kb.source.mends import Mend, rendered
from kb.source.reader import Keys

FORMS = {
    "arxiv": "an arXiv id such as 1905.11946, in quotes and without version",
    "doi": "a DOI such as 10.1109/5.771073, without any prefix",
    "key": "the key of a source: a-z, 0-9 and hyphens, a letter first",
    "id": "an id: a-z, 0-9 and single hyphens",
}
_WORDS = {
    "research": "paper article conference conferencepaper inproceedings journal journalarticle "
    "preprint proceedings misc 论文 研究",
    "survey": "review overview surveypaper 综述",
    "thesis": "phdthesis mastersthesis dissertation phd 学位论文",
    "report": "techreport technicalreport whitepaper 报告",
    "explainer": "blog blogpost post tutorial article 解读 博客 教程",
    "roundup": "list collection digest 汇总",
    "library": "package framework tool code repository 库 工具",
    "news": "新闻 资讯",
    "engineering": "casestudy practice 实践 工程实践",
    "talk": "lecture speech 演讲 讲座",
    "link-list": "list links awesome 资源列表 链接列表",
    "dataset": "data 数据集",
    "course": "class 课程",
    "active": "maintained supported ongoing alive 活跃 维护中",
    "inactive": "unmaintained dormant stale 停滞",
    "zh": "cn zhcn chinese 中文 汉语",
    "en": "eng enus english 英文 英语",
    "stored-size": "storage size disk filesize modelsize compression parameters params "
    "存储 体积 模型大小",
    "compute": "computation flops macs operations arithmetic 计算 计算量",
    "latency": "speed time runtime inferencetime 延迟 时延 速度",
    "energy": "power battery 能耗 功耗",
    "bandwidth": "communication traffic memorytraffic 带宽 通信 访存",
    "memory": "ram vram peakmemory gpumemory 内存 显存",
    "training-cost": "training trainingtime trainingmemory 训练成本 训练开销",
    "data": "trainingdata calibrationdata calibration 数据",
    "retraining": "finetuning training retrain 重新训练 微调",
    "special-hardware": "hardware accelerator 硬件 专用硬件",
    "labels": "labeleddata labelleddata annotations 标签 标注",
    "search": "nas architecturesearch 搜索",
    "sparse-kernels": "sparsekernel sparselibrary 稀疏算子",
}
"""What others call a word of a field."""
_VAGUE = frozenset(
    (
        "misc article post data code list tool training compression parameters params time speed "
        "maintained supported ongoing alive unmaintained dormant stale"
    ).split()
)
"""Words that may mean something else: the one of the field is said, and written by a person."""


def unknown_word(near: Nearest, detail: ErrorDetails, keys: Keys, where: str) -> Flaw:
    """A word that is not in the list of its field, and the one that was meant."""
    expected = str(detail.get("ctx", {})["expected"])
    words = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    typed, those = detail["input"], f"one of: {', '.join(words)}"
    if typed is None:
        return Flaw("unknown-word", keys, f"`{where}` is empty", those, empty=True)
    message = f"`{typed}` is not a word of `{where}`"
    if isinstance(typed, str):
        if odd := meant.invisible(typed):
            message += f": it holds the invisible {odd}"
        if found := meant.word(typed, words):
            return Flaw("unknown-word", keys, message, f"write `{found}`", Mend(keys, found))
        if meant_here := _called(typed, words):
            those = f"what is called `{typed}` elsewhere is `{meant_here}` here; {those}"
            mend = None if typed.casefold() in _VAGUE else Mend(keys, meant_here)
            return Flaw("unknown-word", keys, message, those, mend)
    guess = near(str(typed), where, words)
    return Flaw("unknown-word", keys, message, f"{asked(guess)} {those}" if guess else those)


def _called(typed: str, words: list[str]) -> str:
    """The one of ``words`` for what others call ``typed``."""
    wanted = re.sub(r"[\s_-]", "", typed.casefold())
    found = [word for word, others in _WORDS.items() if word in words and wanted in others.split()]
    return found[0] if len(found) == 1 else ""


_NOTHING = frozenset(
    (
        "none n/a na n.a. nil nothing null unknown unpublished missing tba tbd todo pending "
        "- -- – — ? … ... 无 暂无 没有 未知 不详 待定 待补"
    ).split()
) | {"not available", "not yet", "no doi", "to appear", "to be announced"}
"""What people write where there is nothing to write."""


def malformed(keys: Keys, where: str, typed: str) -> Flaw:
    """A text that does not have the form of its field: an id, an arXiv id, a DOI."""
    last = str(keys[-1])
    form = FORMS.get(last, FORMS["id"])
    fault = Flaw(
        "malformed-value", keys, f"`{where}` is `{typed}`, expected {form}", "write it in that form"
    )
    if odd := meant.invisible(typed):
        fault = replace(fault, message=f"`{where}` holds the invisible {odd}, expected {form}")
    elif typed[:1] in "“”‘’「『":
        fault = replace(
            fault, message=f"`{where}` stands in curly quotation marks, expected {form}"
        )
    if typed.strip().casefold() in _NOTHING:
        return replace(fault, hint=f"leave `{where}` out if there is none")
    found = {"arxiv": meant.arxiv, "doi": meant.doi}.get(last, lambda _: "")(typed)
    if last == "doi" and not found:
        return replace(fault, hint=_a_doi(typed) or fault.hint)
    if last == "arxiv" and (found or typed) == typed:
        return replace(fault, hint=_an_arxiv(typed) or fault.hint)
    if found:
        shown = rendered(found)
        return replace(fault, hint=f"write {shown}", mend=Mend(keys, found))
    return fault


def _a_doi(typed: str) -> str:
    """What to write for ``typed``, in which there is no DOI."""
    if id := meant.arxiv(typed):
        return f'that is an arXiv id; write `arxiv: "{id}"`, and leave `doi` out'
    if re.match(r"(https?:)?//|www\.", typed.strip(), re.IGNORECASE):
        return "that is a page; write the DOI that it shows, which begins with `10.`"
    return ""


def _an_arxiv(typed: str) -> str:
    """What is wrong with ``typed``, which only looks like an arXiv id."""
    found = re.fullmatch(r"(\d\d)(\d\d)\.(\d+)", typed)
    if not found:
        return ""
    if not 1 <= int(found[2]) <= 12:
        return f"look the id up: its month would be {found[2]}"
    wanted = 5 if int(found[1]) >= 15 else 4
    if len(found[3]) != wanted:
        wrong = "is missing" if len(found[3]) < wanted else "is too many"
        return f"look the id up: it has {wanted} digits behind the dot, so a digit {wrong}"
    return ""
