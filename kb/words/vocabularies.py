"""The closed lists of the schema in words, and the states of links."""

from dataclasses import dataclass

from kb.words.pair import Pair

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
