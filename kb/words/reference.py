"""Words of the pages of exports, rules and fields."""

from kb.words.pair import Pair

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
