"""The closed vocabularies in both languages, as pages show them."""

KINDS = {
    "paper": ("Paper", "论文"),
    "article": ("Article", "文章"),
    "resource": ("Resource", "资源"),
    "technique": ("Technique", "技术"),
    "topic": ("Topic", "主题"),
    "list": ("Reading list", "阅读清单"),
}
FOLDERS = {
    "paper": "papers",
    "article": "articles",
    "resource": "resources",
    "technique": "techniques",
    "topic": "topics",
    "list": "lists",
}
FORMS = {
    "research": ("research", "研究论文"),
    "survey": ("survey", "综述"),
    "thesis": ("thesis", "学位论文"),
    "report": ("report", "技术报告"),
    "explainer": ("explainer", "解读"),
    "roundup": ("roundup", "汇总"),
    "news": ("news", "新闻"),
    "engineering": ("engineering", "工程实践"),
    "talk": ("talk", "报告"),
    "thesis-report": ("thesis report", "学位论文介绍"),
    "library": ("library", "库"),
    "engine": ("engine", "引擎"),
    "link-list": ("list of links", "链接清单"),
    "dataset": ("data set", "数据集"),
    "course": ("course", "课程"),
    "tool": ("tool", "工具"),
    "code": ("code", "代码"),
}
SAVES = {
    "stored-size": ("stored size", "存储"),
    "compute": ("compute", "计算量"),
    "latency": ("latency", "延迟"),
    "energy": ("energy", "能耗"),
    "bandwidth": ("bandwidth", "带宽"),
    "memory": ("memory", "内存"),
    "training-cost": ("training cost", "训练开销"),
}
NEEDS = {
    "data": ("data", "数据"),
    "retraining": ("retraining", "重新训练"),
    "special-hardware": ("special hardware", "专用硬件"),
    "labels": ("labels", "标注"),
    "search": ("a search", "搜索"),
    "sparse-kernels": ("sparse kernels", "稀疏算子"),
}
BASIS = {
    "named-in-title": ("named in the title", "标题中点名"),
    "literal-translation": ("the title renders the paper's", "标题即论文题名的翻译"),
    "copy-read": ("a copy of the text was read", "读过文章的副本"),
    "third-party": ("a third page ties the two", "第三方页面佐证"),
    "inferred": ("inferred from subject, group and date", "由主题、团队和时间推断"),
}
STATUS = {
    "confirmed": ("confirmed", "已核实"),
    "partly": ("partly confirmed", "部分核实"),
    "not": ("not confirmed", "未核实"),
}
ROLES = {
    "code": ("code", "代码"),
    "project": ("project page", "项目主页"),
    "pdf": ("PDF", "PDF"),
    "slides": ("slides", "幻灯片"),
    "video": ("video", "视频"),
    "data": ("data", "数据"),
}
LANGUAGES = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}
CARE = {
    "active": ("active", "活跃"),
    "archived": ("archived", "已归档"),
    "inactive": ("inactive", "不再更新"),
    "discontinued": ("discontinued", "已停止维护"),
}
LINK_STATES = {
    "alive": ("alive", "可访问", "the page is there", "页面正常"),
    "moved": ("moved", "已搬迁", "the page is there, at a new address", "页面还在，但换了地址"),
    "blocked": (
        "blocked",
        "拒绝程序访问",
        "the site lets no program in; people may get through",
        "站点不让程序访问，用浏览器也许能打开",
    ),
    "gone": (
        "gone",
        "已失效",
        "found gone three times, at least three days apart",
        "三次打不开，每次至少相隔三天",
    ),
    "unsure": (
        "unsure",
        "不确定",
        "time-outs, server errors: proof of nothing",
        "超时、服务器出错，说明不了什么",
    ),
    "unknown": (
        "not seen yet",
        "尚未确认",
        "nobody has looked, or nobody has ever seen it alive",
        "还没检查过，或从未打开过",
    ),
    "failing": (
        "failing",
        "打不开",
        "was not found of late; not given up yet",
        "最近打不开，暂不判为失效",
    ),
    "wrong": (
        "wrong target",
        "指向有误",
        "the page calls itself something else than the entry does",
        "页面标题与条目不符",
    ),
}


def both(words: tuple[str, str]) -> str:
    """A word in both languages, the Chinese marked as such."""
    en, zh = words
    return en if en == zh else f'{en} <span lang="zh">{zh}</span>'
