"""What stands around every page: menu, switch of language, what is not found, what has moved."""

from kb.words.captions import HOME, RESULTS
from kb.words.home import MAP, SITE
from kb.words.measured import TABLE_NAMES, TABLES
from kb.words.pair import Pair

BROKEN_ENTRY = Pair("This entry does not obey the rules", "此条目未通过检查")
UNREADABLE = Pair("This file cannot be read.", "无法读取这个文件。")
LOST_CATALOGUE = Pair(
    "The catalogue's folder cannot be read; this page comes back when the folder does.",
    "无法读取目录所在的文件夹；恢复后本页会自动重新显示。",
)
BROKEN_ENTRIES = Pair("Entries that do not obey the rules", "未通过检查的条目")

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

BREADCRUMBS = Pair("breadcrumbs", "当前位置")
FORMULA_LABEL = Pair("formula", "公式")
HAS_MOVED = Pair("This page has moved", "本页已移动")
MOVED_TO = Pair("This page has moved to {name}.", "本页已移至{name}。")
