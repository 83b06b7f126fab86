"""What only the scripts say: see `script_words`."""

import json
from collections.abc import Mapping

from kb.words.adding import ADDING, CORRECTING, PREVIEWING
from kb.words.captions import HOLDS, HOLDS_ONCE, TO_FIGURE
from kb.words.home import SEARCH
from kb.words.indexes import (
    BROWSE,
    KIND,
    LANGUAGE_FACET,
    SAVES_FACET,
    STATUS_FACET,
    TOPIC,
    YEAR_FACET,
)
from kb.words.link_health import SITE_COLUMN, STATE
from kb.words.pair import Language, Pair
from kb.words.vocabularies import LANGUAGES, STATUS

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
    "empty": Pair(
        "These words alone say too little. Name a method, an author or a topic.",
        "仅凭这些词难以搜索，请写出方法、作者或主题。",
    ),
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
        "add": ADDING,
        "correct": CORRECTING,
        "preview": PREVIEWING,
        "status": STATUS,
        "languages": LANGUAGES,
    }
    return {
        table: {name: pair.say(language) for name, pair in pairs.items()}
        for table, pairs in tables.items()
    }


def script_text(kinds: Mapping[str, Pair], language: Language) -> str:
    """`script_words` as JSON for the inside of a `<script>` element: without angle brackets."""
    return json.dumps(script_words(kinds, language), ensure_ascii=False).replace("<", "\\u003c")
