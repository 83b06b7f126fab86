"""Captions of the pages of entries."""

from kb.words.pair import Pair

LABELLED = Pair("{name}: {value}", "{name}：{value}")
ASIDE = Pair("{name} ({aside})", "{name}（{aside}）")

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
MEANING = Pair("Meaning", "含义")
NEARBY = Pair("What is around it", "关系图")

SUBJECT = Pair("What it is about", "讲的是什么")
COPIES = Pair("Other copies", "其他副本")
SAME_TEXT = Pair("the same text under another address", "同一文本，地址不同")
IN_LISTS = Pair("In reading lists", "所在清单")
NO_SUBJECT = Pair(
    "It is not known yet which paper or technique this text is about; "
    "for now it is filed by topic only.",
    "还不清楚它具体讲的是哪篇论文或哪项技术，目前只按主题归档。",
)

OFFICIAL = Pair("{role} (official)", "{role}（官方）")
CONTRIBUTIONS = Pair("Contributions and prior work", "贡献与前期工作")
RESULTS = Pair("Results", "结果")
BIBTEX = Pair("BibTeX", "引用")
VERSIONS = Pair("Versions", "版本差异")

READ_FIRST = Pair("Papers to read first", "先读这几篇")
LEANING = Pair(
    "papers that build on it or compare with it: {count}", "以它为基础或与它对比的论文：{count} 篇"
)
ROWS_HERE = Pair("values from this topic: {count}", "出自本主题的数值：{count} 个")

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
