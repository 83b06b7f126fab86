"""Words of the page on the health of links."""

from kb.words.pair import Pair

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
