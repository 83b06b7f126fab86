"""Words of the pages that show all entries: map, index, glossary, what entries rest on."""

from kb.words.pair import Pair

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
    "The terms of the field in both languages, with abbreviations, and by which other words the "
    "search finds them.",
    "本领域术语的中英文名称和缩写，以及搜索时也可输入的词。",
)
ALSO_SAID = Pair("The search also knows: {names}.", "搜索时也可输入：{names}。")
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
