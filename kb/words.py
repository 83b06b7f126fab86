"""Every word that the interface shows, as a pair of English and Chinese.

Pages, search, maps and scripts take their words from here. Texts may hold names in braces, which
`Pair.fill` replaces. Field names, code and rule pages are English only.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

Language = Literal["en", "zh"]


class Bilingual(Protocol):
    """Anything in both languages: a `Pair` of the interface, a name or a text of an entry."""

    @property
    def en(self) -> str:
        """The English."""

    @property
    def zh(self) -> str:
        """The Chinese."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same words in both languages."""

    en: str
    zh: str

    def say(self, language: Language) -> str:
        """The words in ``language``."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: object) -> "Pair":
        """The pair with each `{name}` replaced; a pair as a value gives each language its own."""
        return Pair(_filled(self.en, values, "en"), _filled(self.zh, values, "zh"))


def _filled(text: str, values: Mapping[str, object], language: Language) -> str:
    own = {
        name: value.say(language) if isinstance(value, Pair) else value
        for name, value in values.items()
    }
    return text.format(**own)


def sentences(*pairs: Pair) -> Pair:
    """Several sentences as one."""
    return Pair("; ".join(one.en for one in pairs), "；".join(one.zh for one in pairs))


def listed(pairs: Iterable[Pair]) -> Pair:
    """Several things of a kind as a list, each once."""
    known = dict.fromkeys(pairs)
    return Pair(", ".join(one.en for one in known), "、".join(one.zh for one in known))


def clauses(pairs: Iterable[Pair]) -> Pair:
    """Several clauses as one sentence."""
    known = list(pairs)
    return Pair(", ".join(one.en for one in known), "，".join(one.zh for one in known))


# Vocabularies: the closed lists of the schema in words.

FORMS = {
    "research": Pair("research", "研究论文"),
    "survey": Pair("survey", "综述"),
    "thesis": Pair("thesis", "学位论文"),
    "report": Pair("report", "技术报告"),
    "explainer": Pair("explainer", "解读"),
    "roundup": Pair("roundup", "汇总"),
    "news": Pair("news", "新闻"),
    "engineering": Pair("engineering", "工程实践"),
    "talk": Pair("talk", "报告"),
    "thesis-report": Pair("thesis report", "学位论文介绍"),
    "library": Pair("library", "库"),
    "engine": Pair("engine", "引擎"),
    "link-list": Pair("list of links", "链接清单"),
    "dataset": Pair("dataset", "数据集"),
    "course": Pair("course", "课程"),
    "tool": Pair("tool", "工具"),
    "code": Pair("code", "代码"),
}
SAVES = {
    "stored-size": Pair("stored size", "存储"),
    "compute": Pair("compute", "计算量"),
    "latency": Pair("latency", "延迟"),
    "energy": Pair("energy", "能耗"),
    "bandwidth": Pair("bandwidth", "带宽"),
    "memory": Pair("memory", "内存"),
    "training-cost": Pair("training cost", "训练开销"),
}
NEEDS = {
    "data": Pair("data", "数据"),
    "retraining": Pair("retraining", "重新训练"),
    "special-hardware": Pair("special hardware", "专用硬件"),
    "labels": Pair("labels", "标注"),
    "search": Pair("a search", "搜索"),
    "sparse-kernels": Pair("sparse kernels", "稀疏算子"),
}
BASIS = {
    "named-in-title": Pair("named in the title", "标题中写明"),
    "literal-translation": Pair("title is a translation of the paper's title", "标题译自论文标题"),
    "copy-read": Pair("a copy of the text was read", "读过文章的副本"),
    "third-party": Pair("a third-party page links the two", "第三方页面佐证"),
    "inferred": Pair("inferred from subject, group and date", "由主题、团队和时间推断"),
}
GROUNDS = {
    "primary": Pair("on a primary page", "据一手页面"),
    "page": Pair("on another page", "据其他页面"),
    "code": Pair("on our code", "据我们的代码"),
    "ours": Pair("on our judgement", "据我们的判断"),
    "none": Pair("on nothing yet", "尚无依据"),
}
READINGS = {
    "text": Pair("text read", "读过正文"),
    "title": Pair("title only", "只看过标题"),
    "guess": Pair("guessed", "推测"),
}
STATUS = GROUNDS | READINGS
SITES_OF_SOURCES = {
    "primary": Pair("primary page", "一手页面"),
    "open": Pair("someone's account", "个人账号"),
    "record": Pair("record", "索引记录"),
    "secondary": Pair("other text", "其他文本"),
    "refused": Pair("not a source to cite", "不宜引用"),
}
SHAPES = {
    "primary": Pair("publisher or authors", "出版方或作者的页面"),
    "record": Pair("bibliographic record", "索引记录"),
    "secondary": Pair("second-hand page", "二手页面"),
}
VERDICTS = {
    "default": Pair("The default choice", "首选方法"),
    "niche": Pair("Used in special cases", "用于特定场合"),
    "superseded": Pair("Superseded", "已被取代"),
    "history": Pair("Of historical interest", "只剩历史意义"),
}
NETWORKS = {
    "cnn": Pair("convolutional network", "卷积网络"),
    "transformer": Pair("transformer", "Transformer"),
    "rnn": Pair("recurrent network", "循环网络"),
    "language-model": Pair("language model", "语言模型"),
    "any": Pair("any network", "任意网络"),
}
ROLES = {
    "code": Pair("code", "代码"),
    "project": Pair("project page", "项目主页"),
    "pdf": Pair("PDF", "PDF"),
    "slides": Pair("slides", "幻灯片"),
    "video": Pair("video", "视频"),
    "data": Pair("data", "数据"),
}
LANGUAGES = {"en": Pair("English", "英文"), "zh": Pair("Chinese", "中文")}
MAINTENANCE = {
    "active": Pair("active", "活跃"),
    "archived": Pair("archived", "已归档"),
    "inactive": Pair("inactive", "不再更新"),
    "discontinued": Pair("discontinued", "已停止维护"),
}


@dataclass(frozen=True, slots=True)
class StateWords:
    """What a state of a link is called, and what it means."""

    name: Pair
    meaning: Pair


LINK_STATES = {
    "alive": StateWords(Pair("alive", "可访问"), Pair("the page is there", "页面正常")),
    "moved": StateWords(
        Pair("moved", "已搬迁"),
        Pair("the page is there, at a new address", "页面还在，但换了地址"),
    ),
    "blocked": StateWords(
        Pair("blocked", "拒绝程序访问"),
        Pair(
            "the site blocks automated access; a browser may still work",
            "站点不让程序访问，用浏览器也许能打开",
        ),
    ),
    "gone": StateWords(
        Pair("gone", "已失效"),
        Pair(
            "not found in three checks, each at least three days after the one before",
            "三次打不开，每次至少相隔三天",
        ),
    ),
    "unsure": StateWords(
        Pair("unsure", "不确定"),
        Pair("timeouts or server errors, which prove nothing", "超时、服务器出错，说明不了什么"),
    ),
    "unknown": StateWords(
        Pair("not seen yet", "尚未打开过"),
        Pair("never checked, or never found alive", "还没检查过，或从未打开过"),
    ),
    "failing": StateWords(
        Pair("failing", "打不开"),
        Pair("failing in recent checks; not yet counted as gone", "最近打不开，暂不判为失效"),
    ),
    "wrong": StateWords(
        Pair("wrong target", "指向有误"),
        Pair("the page title does not match the entry", "页面标题与条目不符"),
    ),
}
NOT_FOUND = Pair("not found", "打不开")


@dataclass(frozen=True, slots=True)
class RelationWords:
    """A relation in words.

    ``verb`` is said of its source, ``inverse`` of its target; ``heading`` goes above a list of
    targets, ``inverse_heading`` above a list of sources. ``sentence`` joins source {a} and target
    {b}. ``kin`` says in at most six words what an entry is to another that both are near: said of
    the source of the relation to that one, ``inverse_kin`` of its target.
    """

    verb: Pair
    inverse: Pair
    heading: Pair
    inverse_heading: Pair
    sentence: Pair
    kin: Pair
    inverse_kin: Pair


RELATION_WORDS = {
    "broader": RelationWords(
        Pair("is part of", "属于"),
        Pair("contains", "包含"),
        Pair("Part of", "上级主题"),
        Pair("Contains", "下级主题"),
        Pair("{a} is part of {b}", "{a}属于{b}"),
        Pair("is part of it", "是它的下级主题"),
        Pair("contains it", "是它的上级主题"),
    ),
    "topics": RelationWords(
        Pair("is in topic", "属于"),
        Pair("contains", "收录"),
        Pair("In topic", "所属主题"),
        Pair("Contains", "收录"),
        Pair("{a} is in the topic {b}", "{a}属于主题{b}"),
        Pair("is in it", "也属于它"),
        Pair("is its topic", "是它的主题"),
    ),
    "introduces": RelationWords(
        Pair("introduces", "提出"),
        Pair("was introduced by", "由其提出"),
        Pair("Introduces", "提出"),
        Pair("Introduced by", "提出它的论文"),
        Pair("{a} introduces {b}", "{a}提出了{b}"),
        Pair("introduces it", "提出了它"),
        Pair("is introduced there", "由它提出"),
    ),
    "develops": RelationWords(
        Pair("develops", "发展"),
        Pair("was developed by", "由其发展"),
        Pair("Develops", "发展"),
        Pair("Developed by", "发展它的论文"),
        Pair("{a} develops {b}", "{a}发展了{b}"),
        Pair("develops it", "发展了它"),
        Pair("is developed there", "由它发展"),
    ),
    "studies": RelationWords(
        Pair("studies", "研究"),
        Pair("is studied by", "研究它的论文"),
        Pair("Studies", "研究"),
        Pair("Studied by", "研究它的论文"),
        Pair("{a} studies {b}", "{a}研究了{b}"),
        Pair("studies it", "研究了它"),
        Pair("is studied there", "它也研究过"),
    ),
    "builds_on": RelationWords(
        Pair("builds on", "基于"),
        Pair("is extended by", "后续工作"),
        Pair("Builds on", "基于"),
        Pair("Extended by", "后续工作"),
        Pair("{a} builds on {b}", "{a}以{b}为基础"),
        Pair("builds on it", "以它为基础"),
        Pair("is its foundation", "是它的基础"),
    ),
    "compares_with": RelationWords(
        Pair("compares itself with", "对比对象"),
        Pair("is compared in", "与之对比的论文"),
        Pair("Compared with", "对比对象"),
        Pair("Compared in", "与之对比的论文"),
        Pair("{a} compares itself with {b}", "{a}与{b}作了比较"),
        Pair("compares itself with it", "与它作了比较"),
        Pair("is compared there", "它也对比过"),
    ),
    "concurrent_with": RelationWords(
        Pair("is concurrent with", "同期工作"),
        Pair("is concurrent with", "同期工作"),
        Pair("Concurrent with", "同期工作"),
        Pair("Concurrent with", "同期工作"),
        Pair("{a} and {b} are concurrent", "{a}与{b}是同期工作"),
        Pair("is concurrent with it", "与它同期"),
        Pair("is concurrent with it", "与它同期"),
    ),
    "origin": RelationWords(
        Pair("was first described in", "最早见于"),
        Pair("first describes", "最早描述"),
        Pair("First described in", "最早见于"),
        Pair("First describes", "最早描述"),
        Pair("{a} was first described in {b}", "{a}最早见于{b}"),
        Pair("was first described there", "最早见于此"),
        Pair("first describes it", "最早描述了它"),
    ),
    "requires": RelationWords(
        Pair("requires", "先修"),
        Pair("is required by", "以此为先修"),
        Pair("Requires", "先修"),
        Pair("Required by", "以此为先修的技术"),
        Pair("{a} requires {b}", "先懂{b}，再看{a}"),
        Pair("requires it", "以它为先修"),
        Pair("is its prerequisite", "是它的先修"),
    ),
    "variant_of": RelationWords(
        Pair("is a variant of", "是其变体"),
        Pair("has the variant", "变体"),
        Pair("Variant of", "是以下技术的变体"),
        Pair("Variants", "变体"),
        Pair("{a} is a variant of {b}", "{a}是{b}的变体"),
        Pair("is a variant of it", "是它的变体"),
        Pair("is its original", "是它的原型"),
    ),
    "alternative_to": RelationWords(
        Pair("is an alternative to", "可替代"),
        Pair("is an alternative to", "可替代"),
        Pair("Alternatives", "替代方案"),
        Pair("Alternatives", "替代方案"),
        Pair("{a} is an alternative to {b}", "{a}与{b}可以互相替代"),
        Pair("is an alternative to it", "可替代它"),
        Pair("is an alternative to it", "可替代它"),
    ),
    "combines": RelationWords(
        Pair("combines well with", "适合搭配"),
        Pair("combines well with", "适合搭配"),
        Pair("Combines well with", "适合搭配"),
        Pair("Combines well with", "适合搭配"),
        Pair("{a} combines well with {b}", "{a}适合与{b}搭配"),
        Pair("combines well with it", "适合与它搭配"),
        Pair("combines well with it", "适合与它搭配"),
    ),
    "supersedes": RelationWords(
        Pair("supersedes", "取代"),
        Pair("was superseded by", "被取代"),
        Pair("Supersedes", "取代"),
        Pair("Superseded by", "取代它的技术"),
        Pair("{a} supersedes {b}", "{a}取代了{b}"),
        Pair("supersedes it", "取代了它"),
        Pair("was superseded by it", "被它取代"),
    ),
    "about": RelationWords(
        Pair("is about", "讲的是"),
        Pair("is explained in", "相关文章"),
        Pair("About", "讲的是"),
        Pair("Explained in", "相关文章"),
        Pair("{a} is about {b}", "{a}讲的是{b}"),
        Pair("is about it", "讲的是它"),
        Pair("is its subject", "是它讲的内容"),
    ),
    "same_text": RelationWords(
        Pair("is the same text as", "同一篇文章"),
        Pair("is the same text as", "同一篇文章"),
        Pair("Same text", "同一篇文章"),
        Pair("Same text", "同一篇文章"),
        Pair("{a} is the same text as {b}", "{a}与{b}是同一篇文章"),
        Pair("is the same text", "同一篇文章"),
        Pair("is the same text", "同一篇文章"),
    ),
    "implements": RelationWords(
        Pair("implements", "实现了"),
        Pair("is implemented by", "实现"),
        Pair("Implements", "实现了"),
        Pair("Implemented by", "实现"),
        Pair("{a} implements {b}", "{a}实现了{b}"),
        Pair("implements it", "实现了它"),
        Pair("is implemented there", "由它实现"),
    ),
    "lists": RelationWords(
        Pair("lists", "列出"),
        Pair("is listed in", "所在清单"),
        Pair("Lists", "列出"),
        Pair("Listed in", "所在清单"),
        Pair("{a} lists {b}", "{a}列出了{b}"),
        Pair("lists it", "列出了它"),
        Pair("is listed there", "同列其中"),
    ),
    "mentions": RelationWords(
        Pair("mentions", "提到"),
        Pair("is mentioned in", "提及它的清单"),
        Pair("Mentions", "提到"),
        Pair("Mentioned in", "提及它的清单"),
        Pair("{a} mentions {b}", "{a}提到了{b}"),
        Pair("mentions it", "提到了它"),
        Pair("is mentioned there", "它也提到"),
    ),
}
LABELLED = Pair("{name}: {value}", "{name}：{value}")
ASIDE = Pair("{name} ({aside})", "{name}（{aside}）")

# Captions that pages of several kinds share.

HOME = Pair("Home", "首页")
TOPICS = Pair("topics", "主题")
RELATED = Pair("Related", "相关条目")
FURTHER_READING = Pair("Further reading", "延伸阅读")
SOURCES = Pair("Sources", "出处")
SOURCE = Pair("Source", "出处")
NO_SOURCE = Pair("no source yet", "暂无出处")
OUR_CODE = Pair("our code", "我们的代码")
OUR_JUDGEMENT = Pair("our judgement", "我们的判断")
OPEN_AT = Pair("Open at {host}", "打开 {host}")
OUR_NOTES = Pair("our notes", "本站说明")
READ_ON = Pair("read on", "阅读于")
READ_IN = Pair("read in", "读的是")
SUPPORTS = Pair("Supports: {claims}", "支持：{claims}")
OPEN_POINTS = Pair("Open points", "尚无定论")
CLAIMS = Pair("Claims: {counts}.", "论断：{counts}。")
COUNTED = Pair("{count} {ground}", "{ground} {count} 条")
WEAKEST = Pair("Weakest key claims ({ground}): {claims}.", "最弱的关键内容（{ground}）：{claims}。")
PLACED = Pair("{claim} ({places})", "{claim}（{places}）")
MISSING = Pair("Missing: {missing}.", "缺少：{missing}。")
NEARBY = Pair("What is around it", "关系图")

# Articles and resources.

SUBJECT = Pair("What it is about", "讲的是什么")
COPIES = Pair("Other copies", "其他副本")
SAME_TEXT = Pair("the same text under another address", "同一文本，地址不同")
IN_LISTS = Pair("In reading lists", "所在清单")
NO_SUBJECT = Pair(
    "It is not known yet which paper or technique this text is about; "
    "for now it is filed by topic only.",
    "还不清楚它具体讲的是哪篇论文或哪项技术，目前只按主题归档。",
)

# Papers.

OFFICIAL = Pair("{role} (official)", "{role}（官方）")
CONTRIBUTIONS = Pair("Contributions and prior work", "贡献与前期工作")
RESULTS = Pair("Results", "结果")
BIBTEX = Pair("BibTeX", "引用")
VERSIONS = Pair("Versions", "版本差异")
MODEL = Pair("Model", "模型")
DATASET = Pair("Dataset", "数据集")
METRIC = Pair("Metric", "指标")
VALUE = Pair("Value", "数值")
BASELINE = Pair("Baseline", "基线")
SIZE = Pair("Size and compute", "规模与计算量")
EVIDENCE_OF = Pair("Evidence of", "说明的技术")
ALSO_EVIDENCE_OF = Pair("Also evidence of", "同时说明的技术")
CONDITIONS = Pair("Conditions", "条件")
TOGETHER = Pair("together with {names}", "同时使用{names}")
BITS = {
    "weight": Pair("weights: {bits} bits", "权重 {bits} 比特"),
    "activation": Pair("activations: {bits} bits", "激活 {bits} 比特"),
    "kv": Pair("KV cache: {bits} bits", "KV 缓存 {bits} 比特"),
}
ROW_CONDITIONS = {
    "group_size": Pair("group size {value}", "每组 {value} 个权重"),
    "context": Pair("context {value} tokens", "上下文 {value} 词元"),
    "stride": Pair("stride {value}", "步长 {value}"),
    "split": Pair("split: {value}", "数据划分：{value}"),
    "checkpoint": Pair("checkpoint: {value}", "起始权重：{value}"),
    "evaluator": Pair("measured with {value}", "测量工具：{value}"),
    "hardware": Pair("on {value}", "硬件：{value}"),
    "batch": Pair("batch {value}", "批大小 {value}"),
}
CALIBRATED = Pair("calibrated on {data}", "校准集：{data}")
SAMPLES = Pair("{samples} samples", "{samples} 个样本")
TOKENS = Pair("{length} tokens each", "每个 {length} 词元")
FINETUNED = {
    True: Pair("fine-tuned afterwards", "压缩后微调过"),
    False: Pair("not fine-tuned", "未微调"),
}
PARAMETERS = Pair("{number} parameters", "参数 {number}")
FLOPS = Pair("{number} FLOPs", "{number} FLOPs")
MACS = Pair("{number} MACs", "{number} MACs")

READ_FIRST = Pair("Papers to read first", "先读这几篇")
LEANING = Pair(
    "papers that build on it or compare with it: {count}", "以它为基础或与它对比的论文：{count} 篇"
)
COMPARED = Pair("Results that compare", "可比的结果")
ROWS_HERE = Pair("values from this topic: {count}", "出自本主题的数值：{count} 个")

# Results that compare.

TABLES = COMPARED
TABLES_INTRO = Pair(
    "Numbers of several papers side by side, but only where they were measured alike. "
    "Values share a column if model, data set, metric, context, evaluator and baseline are the "
    "same. The rest is refused, and the page says why.",
    "把多篇论文的数字放在一起，但只放测法相同的。"
    "模型、数据集、指标、上下文长度、测量工具和基线都一致，才进同一列；其余一律不进，并写明原因。",
)
TABLE_NAMES = {
    "wikitext-2": Pair("WikiText-2 perplexity", "WikiText-2 困惑度"),
    "two-bits": Pair("About 2 bits a weight", "每个权重约 2 比特"),
    "half-sparse": Pair("Sparsity 50%", "稀疏度 50%"),
    "mobile-imagenet": Pair("Mobile ImageNet", "移动端 ImageNet"),
}
TABLE_SAYS = {
    "wikitext-2": Pair(
        "What compression costs a language model, model by model, by context length and evaluator. "
        "Lower is better.",
        "压缩让大语言模型付出多少困惑度：逐个模型，按上下文长度和测量工具分开。越低越好。",
    ),
    "two-bits": Pair(
        "Weights of 1.5 to 2.5 bits, network by network, beside the accuracy in full precision.",
        "权重为 1.5 到 2.5 比特时的效果，逐个网络列出，并附全精度的数值。",
    ),
    "half-sparse": Pair(
        "Half of the weights are zero: scattered, or two of every four. "
        "Each value stands beside that of the dense model.",
        "一半权重为零：零散分布，或每 4 个里有 2 个。每个数值旁边是稠密模型的数值。",
    ),
    "mobile-imagenet": Pair(
        "Networks of at most 600 million operations for an image, the cheapest first, "
        "each in the document that measured it. Training recipes differ between documents.",
        "每张图不超过 6 亿次运算的网络，按所出文献分开，从最省的排起。不同文献的训练方法不同。",
    ),
}
TABLE_COUNTS = Pair(
    "{values} values in {columns} columns, {left} rows left out",
    "{columns} 列共 {values} 个数值，另有 {left} 行未列入",
)
TABLE_EMPTY = Pair(
    "No row of the catalogue states all that this table needs.",
    "目录里还没有一行写全本表所需的条件。",
)
WHAT_COMPARES = Pair("What shares a column", "什么能进同一列")
WHAT_COMPARES_IS = Pair(
    "A perplexity depends on the context length and on the program that measured it: where one "
    "model stands in several tables below its name, see how its baselines differ. Where a row "
    "names no evaluator, all that is known is the document in which it stands, so its column "
    "holds values of that document only. Nothing is ranked across columns.",
    "困惑度取决于上下文长度和测量程序：同一个模型分成几张表时，看看各表的基线差多少就知道了。"
    "没有写明测量工具的行，只知道它出自哪份文献，所以那一列只放同一份文献的数值。列与列之间不排名。",
)
METHOD = Pair("Method", "方法")
ZEROS = Pair("{share}% of the weights zero", "{share}% 的权重为零")
ZEROS_OF = Pair("{zeros} of every {many} weights zero", "每 {many} 个权重有 {zeros} 个为零")
CHANGE_FROM = Pair("Change", "变化")
COSTS_OF = {"macs": Pair("MACs", "MACs"), "flops": Pair("FLOPs", "FLOPs")}
PARAMETERS_HEAD = Pair("Parameters", "参数量")
CONTEXT_OF = Pair("context {value} tokens", "上下文 {value} 词元")
MEASURED_IN = Pair("as in {name}", "据 {name}")
BASELINE_OF = Pair("baseline {value}", "基线 {value}")
NO_BASELINE = Pair("no baseline", "无基线")
REFUSED = Pair(
    "These values stand in {count} tables because they do not compare. What differs: {names}.",
    "以下数值分在 {count} 张表里，因为彼此不可比。不同之处：{names}。",
)
TERMS = {
    "metric": Pair("metric", "指标"),
    "unit": Pair("unit", "单位"),
    "context": Pair("context length", "上下文长度"),
    "split": Pair("split", "数据划分"),
    "stride": Pair("stride", "步长"),
    "evaluator": Pair("evaluator", "测量工具"),
    "by": Pair("evaluator", "测量工具"),
    "checkpoint": Pair("checkpoint", "起始权重"),
    "counts": Pair("what is counted", "运算的计法"),
    "baseline": Pair("baseline", "基线"),
}
LEFT_OUT = Pair("Left out", "未列入")
LEFT_OUT_FOR = {
    "dataset": Pair(
        "The value covers more than this data set: {count}", "数值不只针对这个数据集：{count} 行"
    ),
    "metric": Pair(
        "The value is a difference, a ratio or another metric: {count}",
        "数值是差值、比值或别的指标：{count} 行",
    ),
    "range": Pair("The value is a range: {count}", "数值是一个范围：{count} 行"),
    "context": Pair("No context length is stated: {count}", "没有写上下文长度：{count} 行"),
    "baseline": Pair("No baseline is stated: {count}", "没有写基线：{count} 行"),
}
ROW_NEEDS = Pair("What a row must state", "每行必须写明什么")
ROW_MUST = Pair(
    "Rows come from the entries of papers. A row enters this table if it states: {needs}. "
    "If it names the evaluator, it may share a column with other papers.",
    "表中各行取自论文条目。写明以下各项的行会自动进入本表：{needs}。写明测量工具的行，可以与其他论文同列。",
)
ROW_IS = {
    "wikitext-2": Pair("a perplexity on WikiText-2", "WikiText-2 上的困惑度"),
    "two-bits": Pair("the bits of a weight, 1.5 to 2.5", "权重的比特数，1.5 到 2.5"),
    "half-sparse": Pair(
        "that half of the weights are zero (“50% of the weights removed”, “2:4 sparse”)",
        "一半权重为零（稀疏度 50%，或每 4 个中有 2 个为零）",
    ),
    "mobile-imagenet": Pair(
        "top-1 on ImageNet and at most 600 million MACs or FLOPs",
        "ImageNet 上的 top-1 以及 MACs 或 FLOPs（不超过 6 亿）",
    ),
}
ROW_STATES = {
    "dataset": Pair("one data set", "单一数据集"),
    "metric": Pair("the metric itself (no difference)", "指标本身（不是差值）"),
    "range": Pair("one value", "单个数值"),
    "context": Pair("the context length of a perplexity", "困惑度的上下文长度"),
    "baseline": Pair("the uncompressed value", "未压缩时的数值"),
}
ADD_ROW = Pair("Add an entry", "添加条目")

# Techniques and their code.

NETWORKS_LABEL = Pair("networks", "适用网络")
ALSO_CALLED = Pair("also called", "别名")
RUN_IT = Pair("Run it", "动手运行")
HOW_IT_WORKS = Pair("How it works", "原理")
FORMULA = Pair("Formula", "公式")
TRADE_OFF = Pair("Saves, costs, fails", "收益、代价与失效")
GAINS = Pair("Saves", "收益")
COSTS = Pair("Costs", "代价")
FAILS = Pair("Fails", "失效")
REPORTED = Pair("Reported results", "论文中的结果")
LIBRARIES = Pair("With today's libraries", "用现成的库实现")
ORIGIN = Pair("First described in {year}", "最早见于 {year} 年")
TODAY = Pair("Does it still matter", "现在还用吗")
AS_OF = Pair("as of {day}", "截至 {day}")
TODAY_BY = Pair("its place was taken by {name}", "被{name}取代")
TODAY_LIBRARY = Pair("library: {name}", "可用的库：{name}")
IMPLEMENTATIONS = {
    "active": Pair("still offered", "仍在提供"),
    "superseded": Pair("superseded", "已被取代"),
    "ended": Pair("no longer offered", "不再提供"),
}
MISCONCEPTIONS = Pair("Misconceptions", "常见误解")
EXERCISES = Pair("Exercises", "练习")
FACTS = Pair("Details", "其他信息")
AROUND = Pair("Related techniques", "关联技术")
PREREQUISITES = Pair("Prerequisites, in order", "先修顺序")
RECORDED = Pair("recorded output", "记录的输出")
CODE = Pair("code", "代码")
ALL_LINES = Pair("Show all {count} lines of code", "展开全部 {count} 行代码")
TO_FIGURE = Pair("See the figure", "看图")
BREAK_IT = Pair("To see it break", "改一改，看它怎么失效")
CLAIMED = Pair("What it claims", "论断")
HOLDS = Pair("holds: {on} of {of} seeds", "成立：{of} 个随机种子中的 {on} 个")
HOLDS_ONCE = Pair("holds", "成立")
FALLS = Pair("does not hold: {on} of {of} seeds", "不成立：{of} 个随机种子中只有 {on} 个")
TRIES = Pair("Try to break it", "试着推翻它")
CHANGE = Pair("Change", "改动")
REPRODUCED = Pair("Reproduced", "已复现")
NOT_REPRODUCED = Pair("Not reproduced", "未复现")
WHY = Pair("Why", "原因")
PART = Pair("**{}:** ", "**{}：**")
STOPS = ".。"
"""What ends a sentence."""
NOTEBOOK = Pair("Download as a notebook", "下载为 notebook")
SOURCE_FILE = Pair("Source file", "源文件")
NO_RUNTIME = Pair(
    "This site was built without Python for the browser, so the code cannot be run here.",
    "本站构建时没有带上浏览器版 Python，因此这里不能运行代码。",
)

# Topics.

SUBTOPICS = Pair("Subtopics", "下级主题")
TECHNIQUES = Pair("Techniques", "技术")
FURTHER_TECHNIQUES = Pair("Further techniques", "其他技术")
NAMED_METHODS = Pair("Methods in papers", "论文中的其他方法")
PAPERS_BY_YEAR = Pair("Papers by year", "论文时间线")
READING_ORDER = Pair("Reading order", "阅读顺序")
ARTICLES = Pair("Articles", "文章")
RESOURCES = Pair("Resources", "资源")
COUNTS = Pair(
    "techniques: {techniques}, papers: {papers}, articles: {articles}",
    "技术 {techniques} 项，论文 {papers} 篇，文章 {articles} 篇",
)

# The preview.

BROKEN_ENTRY = Pair("This entry does not obey the rules", "此条目未通过检查")
UNREADABLE = Pair("This file cannot be read.", "无法读取这个文件。")
LOST_CATALOGUE = Pair(
    "The catalogue's folder cannot be read; this page comes back when the folder does.",
    "无法读取目录所在的文件夹；恢复后本页会自动重新显示。",
)
BROKEN_ENTRIES = Pair("Entries that do not obey the rules", "未通过检查的条目")

# Home.

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

# The settings in mkdocs.yml: name of the site, menu, and what the theme says.

SETTINGS = (
    SITE,
    Pair(
        "Techniques, papers and articles on model compression, every claim with what it rests on.",
        "模型压缩的技术、论文和文章，每条论断都写明依据。",
    ),
    HOME,
    Pair("Browse", "浏览"),
    MAP,
    RESULTS,
    TABLES,
    *TABLE_NAMES.values(),
    Pair("Glossary", "术语表"),
    Pair("About", "关于"),
    Pair("What claims rest on", "论断的依据"),
    Pair("On what entries rest", "条目的依据"),
    Pair("Link health", "链接状况"),
    Pair("How links are judged", "链接如何判定"),
    Pair("Data to download", "数据下载"),
    Pair("Contribute", "参与贡献"),
    Pair("How to contribute", "如何贡献"),
    Pair("Add an entry", "添加条目"),
    Pair("Reference for maintainers", "维护者参考"),
    Pair("Link to this section", "本节链接"),
    Pair("Switch to dark mode", "切换到深色模式"),
    Pair("Switch to light mode", "切换到浅色模式"),
)

# The switch between the languages, the page for what is not found.

MADE_WITH = Pair("Made with {name}", "使用 {name} 构建")
OWN_NAMES = Pair("English", "中文")
MENU = Pair("Menu", "菜单")
IN_TOPIC = Pair("In this topic", "同一主题")
ALL_TOPICS = Pair("All topics", "全部主题")
OF_MANY = Pair("{number} of {count}", "{number} / {count}")
IN_ORDER = Pair("{said} in {topic}", "{topic} {said}")
BEFORE = Pair("Before it", "上一篇")
AFTER = Pair("After it", "下一篇")
BEFORE_AND_AFTER = Pair("Before and after this page", "上一篇与下一篇")
HINT = Pair("This page is also available in English.", "本页有中文版。")
HINT_READ = Pair("Read it in English", "阅读中文版")
HINT_CLOSE = Pair("Don’t show this again", "不再提示")
LOST = Pair("Page not found", "找不到这个页面")
LOST_SAID = Pair(
    "There is no page at this address. It may have been renamed, or the address has a typo.",
    "这个地址没有页面，也许已改名，或者地址有误。",
)
LOST_NEAR = Pair("The nearest entries:", "最接近的条目：")
LOST_HOME = Pair("Go to the home page", "回到首页")

# The map, the index of everything, the page that counts on what entries rest.

MAP_TITLE = Pair("Topic map", "主题图谱")
MAP_ABOUT = Pair("Topics and techniques as a map.", "以图谱呈现的主题与技术。")
MAP_LABEL = Pair("Map of topics and techniques", "主题与技术图谱")
MAP_HELP = Pair(
    "Scroll or press + and − to zoom; drag or use the arrow keys to move; "
    "press Tab to go from node to node.",
    "滚轮或 + / − 缩放，拖动或方向键移动，Tab 逐个访问节点。",
)
AS_LIST = Pair("The same as a list", "列表形式")
LEGEND = {
    "requires": Pair("requires", "先修"),
    "variant_of": Pair("variant of", "变体"),
    "alternative_to": Pair("alternative to", "替代"),
    "combines": Pair("combines with", "搭配"),
}
BROWSE = Pair("Browse everything", "浏览全部")
BROWSE_ABOUT = Pair("The index of all entries, with filters.", "全部条目的索引，可以筛选。")
ALL_ENTRIES = Pair("index of all entries", "全部条目的索引")
ENTRY = Pair("Entry", "条目")
KIND = Pair("Kind", "类型")
TOPIC = Pair("Topic", "主题")
YEAR_FACET = Pair("Year", "年份")
SAVES_FACET = Pair("Saves", "节省")
STATUS_FACET = Pair("Ground", "依据")
LANGUAGE_FACET = Pair("Language", "语言")
GLOSSARY = Pair("Glossary", "术语表")
GLOSSARY_ABOUT = Pair(
    "The terms of the field in both languages, and what else they are called. The search knows "
    "all of these words.",
    "本领域术语的中英文名称和别称；搜索认得这里的每个词。",
)
ALSO_SAID = Pair("Also: {names}.", "又称：{names}。")
SEE = Pair("See {links}.", "见 {links}。")
IN_BRACKETS = Pair(" ({inside})", "（{inside}）")
STATUS_TITLE = Pair("On what entries rest", "条目的依据")
STATUS_ABOUT = Pair(
    "How many entries rest on primary pages, on other pages, on our code, on our judgement.",
    "有多少条目依据一手页面、其他页面、我们的代码或我们的判断。",
)
STATUS_INTRO = Pair(
    "Counted from the catalogue when the site was built. A paper, technique or resource counts by "
    "the weakest of its key claims; an article by what was read of it.",
    "数字在生成网站时由目录直接统计。论文、技术、资源按关键内容中最弱的一条计；文章按读过多少计。",
)
HOW_GROUNDED = Pair("What the words mean", "这些说法的含义")
TOTAL = Pair("All", "合计")
CLAIMS_BY_GROUND = Pair("Claims by what they rest on", "各类依据的论断数")
ENTRIES_BY_WEAKEST = Pair("Entries by their weakest key claim", "按最弱的关键内容统计条目")
ARTICLES_BY_READING = Pair("Articles by what was read", "按读过多少统计文章")
STILL_OPEN = Pair("Where a better source is wanted", "有待更好出处的条目")
ONE_LANGUAGE = Pair("In one language only", "只有一种语言的内容")
ONE_LANGUAGE_SAID = Pair(
    "Names without a counterpart are shown as they are. Recorded output is in English, and so are "
    "the figures counted here.",
    "没有对应译名的名称照原样显示。记录的输出只有英文，这里计入的图也是。",
)
ENGLISH_ONLY = Pair("English only", "只有英文")
CHINESE_ONLY = Pair("Chinese only", "只有中文")
NAMES_OF = Pair("{kind}: names", "{kind}的名称")
FIGURES = Pair("Figures", "图")

# The health of links.

HEALTH_TITLE = Pair("Link health", "链接状况")
HEALTH_ABOUT = Pair(
    "Which links are alive, moved, blocked, gone or unsure, since when, and where copies are.",
    "哪些链接可访问、已搬迁、拒绝程序访问、已失效或不确定，自何时起，存档在哪里。",
)
HEALTH_UNCHECKED = Pair(
    "None of the {total} links has been checked yet. "
    "The weekly job checks them, and so does `kb links check`.",
    "共 {total} 个链接，尚未检查过。每周任务会自动检查，也可以运行 `kb links check`。",
)
HEALTH_INTRO = Pair(
    "{alive} of {total} links work ({looked} checked, most recently on {day}). "
    "A link counts as gone only after three failures, each at least three days after the one "
    "before, with no success in between.",
    "{total} 个链接中有 {alive} 个可访问（已检查 {looked} 个，最近一次在 {day}）。"
    "三次打不开、每次至少相隔三天、其间没有一次正常，才算失效。",
)
STATES_MEAN = Pair("What the states mean", "各状态的含义")
STATE = Pair("State", "状态")
LINK_COUNT = Pair("Links", "链接数")
MEANING = Pair("Meaning", "含义")
CHANGED = Pair("What changed", "变化")
DAY = Pair("Day", "日期")
LINK = Pair("Link", "链接")
OUTCOME = Pair("Result", "检查结果")
ARCHIVED = Pair("Archived copies", "存档")
SITES = Pair("Sites", "站点")
SITE_COLUMN = Pair("Site", "站点")
STATES = Pair("States", "状态")
LAST_CHECK = Pair("Last check", "最近检查")
NOT_ALIVE = Pair("Not alive", "打不开的链接")
ALL_ALIVE = Pair("Every link that was checked is alive.", "检查过的链接都能打开。")
EVERY_LINK = Pair("Every link", "全部链接")
SINCE = Pair("Since", "起始")
NAMED_BY = Pair("Used in", "所在条目")
EXPECTED = Pair("expected", "应为")
FOUND = Pair("found", "实为")
NOW_AT = Pair("now at", "新地址")
WRONG_TARGET = Pair("leads to another page", "指向了别的页面")
GONE_SINCE = Pair("gone since {day}", "自 {day} 起失效")
FAILING_SINCE = Pair("failing since {day}", "自 {day} 起打不开")
COPY = Pair("archived copy", "存档")
NEW_ADDRESS = Pair("new address", "新地址")

# Reference pages.

EXPORTS_TITLE = Pair("Data to download", "数据下载")
EXPORTS_ABOUT = Pair("The catalogue in other formats.", "目录的其他格式。")
EXPORTS_INTRO = Pair(
    "The whole catalogue, rebuilt with the site. "
    "The files hold no timestamps: equal data gives equal files.",
    "整个目录，随网站一起生成。文件不含时间戳，数据相同则文件相同。",
)
FILE = Pair("File", "文件")
FILE_SIZE = Pair("Size", "大小")
CONTENT = Pair("Content", "内容")
EXPORTS = {
    "exports/catalog.jsonl": Pair(
        "JSON Lines: one entry a line, every field in one shape",
        "JSON Lines：每行一个条目，每个字段的形式始终一致",
    ),
    "exports/catalog.sqlite": Pair(
        "SQLite: entries, edges and results, with full-text search in both languages",
        "SQLite：条目、关系与结果，可用中英文全文检索",
    ),
    "exports/results.csv": Pair(
        "CSV: every result row of every paper, with its source",
        "CSV：每篇论文的每一行结果及其出处",
    ),
    "exports/catalog.bib": Pair("BibTeX of the papers", "论文的 BibTeX"),
    "exports/catalog.ris": Pair(
        "RIS of the papers, for EndNote and libraries", "论文的 RIS，可导入 EndNote 和图书馆系统"
    ),
    "exports/catalog.csl.json": Pair(
        "CSL-JSON of the papers, for Zotero, Pandoc and citation processors",
        "论文的 CSL-JSON，供 Zotero、Pandoc 和引文处理器使用",
    ),
    "llms.txt": Pair("A map of the site for language models", "给语言模型看的站点目录"),
    "exports/catalog.graphml": Pair(
        "GraphML: the graph of entries and relations, for Gephi, yEd, igraph and NetworkX",
        "GraphML：条目与关系的图，供 Gephi、yEd、igraph 和 NetworkX 使用",
    ),
    "exports/links.jsonl": Pair(
        "The link ledger: what was seen of every link, and when",
        "链接台账：每个链接何时看过、结果如何",
    ),
}
WORD_TO_FIND = Pair("pruning", "剪枝")
EXPORT_NOTES = {
    "exports/catalog.jsonl": Pair(
        "Identifiers such as 1902.02910 are text. pandas makes numbers of them unless it is told "
        "not to. What a version says differently is text, too: JSON where it is more than a word.",
        "1902.02910 这样的编号是文本；不加下面的参数，pandas 会把它们当成数字。"
        "某个版本的不同之处（differs）也一律是文本，内容复杂时是一段 JSON。",
    ),
    "exports/catalog.sqlite": Pair(
        "Put any one word in place of the one in the first line: English words are found in all "
        "their forms, Chinese ones of two characters or more anywhere in a text. The table entries "
        "holds the whole entry as JSON in record.",
        "把第一行里的词换成任意一个词即可：英文词连同各种词形都能找到，两个字以上的中文词在文中任何位置都能找到。"
        "表 entries 的 record 一列是整个条目的 JSON。",
    ),
    "exports/catalog.graphml": Pair(
        "Two entries may be joined by several edges of different kinds. Gephi asks how to merge "
        "them; choose “Don't merge” to keep all.",
        "两个条目之间可能有几条不同种类的边。Gephi 会问怎样合并，选“Don't merge”才能全部保留。",
    ),
}
DATA_LICENCE = Pair("Licence", "许可")
EXPORTS_LICENCE = Pair(
    "All files are under the MIT licence, like the code and the catalogue. Titles, names and "
    "numbers belong to the works they describe.",
    "所有文件与代码、目录一样采用 MIT 许可。标题、人名和数据属于相应的原作。",
)
SCHEMA_VERSION = Pair("Schema version", "字段版本")
SCHEMA_VERSION_IS = Pair(
    "The fields are those of version {n}. The number is raised when a field is renamed, dropped, "
    "or changes its shape; SQLite has it as user_version.",
    "字段为第 {n} 版。字段改名、删除或形式改变时，版本号加一；SQLite 中记在 user_version 里。",
)
HOW_TO_READ = Pair("How to read them", "怎样读取")
PLAIN_TEXT = Pair("Every page as plain text", "每一页的纯文本版")
PLAIN_TEXT_IS = Pair(
    "Beside each page stands the same page without markup: add index.txt to its address.",
    "每一页旁边都有去掉标记的纯文本：在网址后面加上 index.txt 即可。",
)
CHECKSUMS = Pair("Checksums", "校验和")
CHECKSUMS_ARE = Pair(
    "SHA-256, as sha256sum --check reads them; also in the file SHA256SUMS beside the exports.",
    "SHA-256，可用 sha256sum --check 核对；导出文件旁边的 SHA256SUMS 里也有。",
)
RULES_TITLE = Pair("Rules", "检查规则")
CONTRIBUTE_ABOUT = Pair(
    "Add a paper, a technique or a correction: from your own copy to the pull request.",
    "添加论文、技术或更正：从取得副本到提交 pull request。",
)
RULES_ABOUT = Pair("Everything that kb check can find.", "kb check 能发现的全部问题。")
RULES_SUMMARY = Pair(
    "Every rule with its code, its name and what it finds; each has a page of its own.",
    "本页列出全部规则：编号、名称、检查什么。点开任一条，可以看到为什么重要、出错的例子和正确的写法。",
)
FIELDS_SUMMARY = Pair(
    "Every field with its type and meaning, for each kind of entry.",
    "本页按条目类型列出全部字段：名称、是否必填（●）、类型和含义。只在部分条目里出现的结构列在各类之后。",
)
CODE_COLUMN = Pair("Code", "编号")
NAME_COLUMN = Pair("Name", "名称")
FINDS = Pair("What it finds", "检查内容")
FIELDS_TITLE = Pair("Fields", "字段")
FIELDS_ABOUT = Pair("Every field of every kind of entry.", "各类条目的全部字段。")
FIELDS_REQUIRED = Pair("Required fields are marked with ●.", "● 表示必填。")
FIELD = Pair("Field", "字段")
REQUIRED = Pair("Required", "必填")
TYPE = Pair("Type", "类型")

# What assistive technology reads out and nobody sees.

BREADCRUMBS = Pair("breadcrumbs", "当前位置")
FORMULA_LABEL = Pair("formula", "公式")

# What only the scripts say: see `script_words`.

_ALL = Pair("all", "全部")
_BROWSE = {
    "contains": Pair("Contains", "包含"),
    "placeholder": Pair("text", "文字"),
    "count": Pair("{left} of {all}", "共 {all} 条，显示 {left} 条"),
    "none": Pair("No matches. Remove a filter.", "没有符合的条目，请减少筛选条件。"),
}
_SEARCH = {
    "title": SEARCH,
    "close": Pair("Close", "关闭"),
    "filters": Pair("Filters", "筛选"),
    "results": Pair("Results", "结果"),
    "examples": Pair("a method, a paper, an author, an arXiv id", "方法、论文、作者或 arXiv 编号"),
    "hint": Pair(
        "Type a method, an author, an identifier or an address, in English or Chinese.",
        "输入方法名、作者、编号或网址，中英文皆可。",
    ),
    "searching": Pair("Searching…", "搜索中……"),
    "corrected": Pair("Showing results for {words}.", "以下是“{words}”的结果。"),
    "instead": Pair("Search for {words} instead", "仍搜索“{words}”"),
    "begins": Pair(
        "No entry has the word {words}; these have words that begin with it.",
        "没有条目含有 {words} 一词，以下含有以它开头的词。",
    ),
    "absent": Pair("{words} is not in this collection.", "这里还没有“{words}”。"),
    "unknown": Pair(
        "No entry has this identifier or address: {words}.", "没有条目对应这个编号或网址：{words}。"
    ),
    "others": Pair("Results for the other words:", "其余词的结果："),
    "suggest": Pair("Suggest it", "建议收录"),
    "suggestion": Pair("Missing: {words}", "建议收录：{words}"),
    "some": Pair(
        "No entry has all of these words. These have most of them:",
        "没有条目包含全部词，以下包含其中大部分：",
    ),
    "one": Pair("1 result", "1 条结果"),
    "count": Pair("{count} results", "{count} 条结果"),
    "all": Pair("All {count} results", "全部 {count} 条结果"),
    "filtered": Pair(
        "Nothing has these words and these filters. Remove a filter.",
        "没有同时符合这些词和筛选条件的条目，请减少筛选。",
    ),
    "nothing": Pair("Nothing found.", "没有结果。"),
    "failed": Pair(
        "Search could not be loaded. The index works without it:",
        "搜索无法加载，可改用索引页：",
    ),
    "index": BROWSE,
}
HAS_MOVED = Pair("This page has moved", "本页已移动")
MOVED_TO = Pair("This page has moved to {name}.", "本页已移至{name}。")

_MAP = {
    "in": Pair("zoom in", "放大"),
    "out": Pair("zoom out", "缩小"),
    "reset": Pair("reset", "复位"),
}
_RUN = {
    "run": Pair("Run", "运行"),
    "stop": Pair("Stop", "停止"),
    "edit": Pair("Edit", "编辑"),
    "reset": Pair("Reset", "还原"),
    "to_figure": TO_FIGURE,
    "size": Pair("{size} MB, once", "{size} MB，仅首次"),
    "loading": Pair("Loading Python …", "正在加载 Python……"),
    "running": Pair("Running …", "运行中……"),
    "same": Pair("Done, as recorded.", "运行完毕，与记录一致。"),
    "other": Pair("Done; the output differs from the record.", "运行完毕，输出与记录不同。"),
    "done": Pair("Done.", "运行完毕。"),
    "stopped": Pair("Stopped.", "已停止。"),
    "flood": Pair("Stopped: too much output.", "已停止：输出过多。"),
    "failed": Pair("Error.", "出错。"),
    "failed_at": Pair("Error at line {line}.", "出错：第 {line} 行。"),
    "differ": Pair("differing lines: {count}", "{count} 行不同"),
    "reset_done": Pair("Reset.", "已还原。"),
    "missing": Pair(
        "Python could not be loaded: a file is missing or you are offline. Try again.",
        "无法加载 Python：文件缺失或网络中断，请重试。",
    ),
    "crashed": Pair(
        "Python crashed, possibly out of memory. Press Run to restart.",
        "Python 崩溃，可能是内存不足；点“运行”会重新启动。",
    ),
    "unable": Pair(
        "This browser cannot run Python: WebAssembly or module workers are unsupported or "
        "turned off. The recorded results are below.",
        "此浏览器不支持或关闭了 WebAssembly，无法运行 Python；记录的结果见下方。",
    ),
    "fresh": Pair("output of your run", "本次运行的输出"),
    "no_module": Pair(
        "`{name}` is not in the browser. The notebook runs on your machine:",
        "浏览器里没有 `{name}`，可在自己的电脑上运行 notebook：",
    ),
    "editor": Pair(
        "Code. Tab indents, Escape leaves the editor, Ctrl+Enter runs.",
        "代码。Tab 缩进，Esc 离开，Ctrl+Enter 运行。",
    ),
}
_TRIAL = {
    "holds": HOLDS,
    "holds_once": HOLDS_ONCE,
    "falls": Pair(
        "with your change this no longer holds: {on} of {of} seeds",
        "改动之后不再成立：{of} 个随机种子中只有 {on} 个",
    ),
    "falls_once": Pair("with your change this no longer holds", "改动之后不再成立"),
    "untold": Pair("not told by this run", "这次运行没有给出"),
    "recorded": Pair("As recorded", "恢复记录"),
    "row": Pair("Recorded with {name}.", "按 {name} 记录的结果。"),
    "no_row": Pair(
        "Nothing is recorded for {name}. Press Run to find out.",
        "没有 {name} 的记录，请点“运行”自己算。",
    ),
    "no_grid": Pair(
        "The recorded answers could not be loaded. Press Run to compute them.",
        "无法加载记录的结果，请点“运行”自己算。",
    ),
    "edited": Pair(
        "The line to change is not in your code. Press Reset, then try again.",
        "你的代码里没有要改的那一行，请先点“还原”。",
    ),
    "run_it": Pair("The code is changed. Press Run.", "代码已改，请点“运行”。"),
    "ghost": Pair("thin grey: as recorded", "细灰线：记录的结果"),
    "old": Pair(
        "This is the recorded picture, not that of your run.", "这是记录的图，不是本次运行的图。"
    ),
    "broken": Pair("Done. A claim no longer holds.", "运行完毕，有论断不再成立。"),
    "all_hold": Pair("Done. All claims hold.", "运行完毕，论断都成立。"),
}


ADD_TITLE = Pair("Add an entry", "添加条目")
ADD_ABOUT = Pair(
    "Write a new entry, see what `kb check` says of it and how its page will look, and hand it in.",
    "在线编写条目，检查规则与 `kb check` 相同，可预览页面，然后提交。",
)
ADD_INTRO = Pair(
    "Write the entry below. Your browser runs the checks of `kb check` against the whole catalogue "
    "and shows the page that the entry will have. Nothing leaves your machine until you hand it "
    "in. [How to contribute](contribute.md) explains the parts of an entry.",
    "在下面编写条目。浏览器会对照整个目录运行与 `kb check` 相同的检查，并显示条目的页面。"
    "提交之前，内容不会离开你的电脑。条目各部分的写法见[如何贡献](contribute.md)。",
)
ADD_SCRIPT = Pair(
    "This form needs JavaScript. Without it, use one of the other ways below.",
    "这个表单需要 JavaScript；没有的话，请用下面的其他方式。",
)
ADD_UNCHECKED = Pair(
    "This copy of the site was built without Python for the browser, so that it cannot check "
    "entries. Use one of the other ways below.",
    "本站构建时没有包含浏览器用的 Python，因此无法在这里检查条目；请用下面的其他方式。",
)
ADD_OTHERWISE = Pair("Other ways", "其他方式")
ADD_OTHERWISE_IS = Pair(
    "- Open an issue in the repository and choose *Add a work*: an arXiv id, a DOI or an address "
    "is enough. A pull request is made of it.\n"
    "- On your own machine, `kb add ID` writes the entry from the record of the paper, and "
    "`kb check` checks it.\n",
    "- 在代码仓库新建 issue，选择“添加条目”：只要 arXiv 编号、DOI 或网址，"
    "会自动生成 pull request。\n"
    "- 在自己的电脑上，`kb add 编号` 根据论文的记录写出条目，`kb check` 负责检查。\n",
)
ADD_BLANK = Pair("Blank entries", "空白条目")
ADD_BLANK_IS = Pair(
    "The form begins with one of these. They can be copied into a file, too.",
    "表单从其中一个开始，也可以复制到文件里编写。",
)
PREVIEW_TITLE = Pair("Preview of a pull request", "预览 pull request")
PREVIEW_ABOUT = Pair(
    "What the entries of a pull request would look like on the site.",
    "查看 pull request 中的条目在站点上的样子。",
)
PREVIEW_INTRO = Pair(
    "This page shows entries as a pull request has them. They are not part of this collection, and "
    "nobody has reviewed them yet. A link in the comment on the pull request leads here with "
    "everything filled in.",
    "本页按 pull request 的内容显示条目。这些条目尚未收录，也未经审阅。"
    "pull request 的评论里有链接，打开即已填好全部信息。",
)
PREVIEW_NONE = Pair(
    "This copy of the site cannot show a pull request: it was built without Python for the "
    "browser, or its repository is not on GitHub. Check out the branch and run `kb serve`.",
    "本站无法显示 pull request：构建时没有包含浏览器用的 Python，或者仓库不在 GitHub 上。"
    "请检出该分支，运行 `kb serve`。",
)
_PREVIEW = {
    "head": Pair("Commit", "提交"),
    "head_hint": Pair("All 40 characters of its name", "完整的 40 位提交名"),
    "files": Pair("Files, one a line", "文件，每行一个"),
    "asks": Pair(
        "Your browser will ask {host} for these files, and load Python: {size} MB, once.",
        "浏览器会向 {host} 请求这些文件，并加载 Python（首次 {size} MB）。",
    ),
    "fetch": Pair("Fetch and show", "获取并显示"),
    "fetching": Pair("Fetching {count} files …", "正在获取 {count} 个文件……"),
    "malformed": Pair(
        "Give a commit of 40 hexadecimal digits, and at most 30 paths of entries such as "
        "catalog/papers/tan2019efficientnet.yaml.",
        "请填写 40 位十六进制提交名，以及至多 30 个条目路径，"
        "如 catalog/papers/tan2019efficientnet.yaml。",
    ),
    "absent": Pair(
        "Not there: {path}. It may have been deleted, or the commit may have been replaced.",
        "找不到 {path}，可能已被删除，或者提交已被替换。",
    ),
    "offline": Pair(
        "{host} did not answer. Check the connection, then try again.",
        "{host} 没有响应，请检查网络后重试。",
    ),
    "large": Pair("Larger than an entry may be: {path}.", "{path} 超过条目的大小上限。"),
    "shown": Pair("Preview, not reviewed: {path}", "预览，未经审阅：{path}"),
    "broken": Pair("This entry cannot be shown.", "无法显示这个条目。"),
    "done": Pair("Shown: {count}", "已显示 {count} 个条目"),
}
_ADD = {
    "kind": Pair("Kind", "类型"),
    "id": Pair("Id", "编号"),
    "id_hint": Pair(
        "Lower case letters, digits and hyphens. A paper is named by first author, year and first "
        "word of the title, such as tan2019efficientnet.",
        "小写字母、数字和连字符。论文用第一作者、年份和标题首词，如 tan2019efficientnet。",
    ),
    "text": Pair("Entry in YAML", "条目（YAML）"),
    "check": Pair("Check this entry", "检查条目"),
    "size": Pair("loads {size} MB, once", "首次需下载 {size} MB"),
    "loading": Pair("Loading Python and the rules …", "正在加载 Python 和规则……"),
    "checking": Pair("Checking …", "检查中……"),
    "clean": Pair("No findings. The entry can be handed in.", "没有问题，可以提交。"),
    "count": Pair("Findings: {count}", "发现 {count} 个问题"),
    "unnamed": Pair("Give the entry an id, then check it.", "请先填写编号，再检查。"),
    "missing": Pair(
        "The checks could not be loaded: a file is missing or you are offline. What you typed is "
        "kept; try again.",
        "无法加载检查程序：文件缺失或网络中断。已输入的内容会保留，请重试。",
    ),
    "crashed": Pair(
        "The checks stopped unexpectedly. What you typed is kept; try again.",
        "检查程序意外停止。已输入的内容会保留，请重试。",
    ),
    "unable": Pair(
        "This browser cannot run the checks: WebAssembly or module workers are unsupported or "
        "turned off. Use one of the other ways below.",
        "此浏览器不支持或关闭了 WebAssembly，无法运行检查；请用下面的其他方式。",
    ),
    "findings": Pair("What to mend", "需要修改"),
    "line": Pair("line {line}", "第 {line} 行"),
    "mend": Pair("Mend", "修正"),
    "mend_all": Pair("Mend what is safe ({count})", "自动修正（{count} 处）"),
    "use_id": Pair("Use this id: {id}", "改用编号 {id}"),
    "rule": Pair("why", "原因"),
    "preview": Pair("Preview of the page", "页面预览"),
    "hand_in": Pair("Hand it in", "提交"),
    "hand_in_is": Pair(
        "The file is {path}. The forge asks you to sign in and makes a copy of the repository for "
        "you; then propose the new file as a pull request.",
        "文件路径是 {path}。平台会让你登录，并为你复制一份仓库；随后以 pull request 提交新文件。",
    ),
    "open": Pair("Open as a new file", "作为新文件打开"),
    "open_empty": Pair(
        "Copy, and open an empty new file to paste it into", "复制内容并打开空白新文件，然后粘贴"
    ),
    "copy": Pair("Copy the YAML", "复制 YAML"),
    "copied": Pair("Copied.", "已复制。"),
    "uncopied": Pair("Copying is not allowed here; download it.", "此处不能复制，请下载。"),
    "download": Pair("Download the file", "下载文件"),
    "over": Pair("Start over", "重新开始"),
    "really": Pair("Discard what you typed?", "放弃已输入的内容？"),
}

_CORRECT = {
    "link": Pair("correct", "更正"),
    "title": Pair("Suggest a correction", "建议更正"),
}


def script_words(kinds: Mapping[str, Pair], language: Language) -> dict[str, dict[str, str]]:
    """What the scripts say on pages in ``language``: tables of words by name.

    ``kinds`` names the kinds of entry.
    """
    facets = {
        "kind": KIND,
        "topic": TOPIC,
        "topics": TOPIC,
        "year": YEAR_FACET,
        "language": LANGUAGE_FACET,
        "status": STATUS_FACET,
        "state": STATE,
        "host": SITE_COLUMN,
        "saves": SAVES_FACET,
        "all": _ALL,
    }
    tables = {
        "kinds": kinds,
        "facets": facets,
        "browse": _BROWSE,
        "search": _SEARCH,
        "map": _MAP,
        "run": _RUN,
        "trial": _TRIAL,
        "add": _ADD,
        "correct": _CORRECT,
        "preview": _PREVIEW,
        "status": STATUS,
    }
    return {
        table: {name: pair.say(language) for name, pair in pairs.items()}
        for table, pairs in tables.items()
    }


def script_text(kinds: Mapping[str, Pair], language: Language) -> str:
    """`script_words` as JSON for the inside of a `<script>` element: without angle brackets."""
    return json.dumps(script_words(kinds, language), ensure_ascii=False).replace("<", "\\u003c")
