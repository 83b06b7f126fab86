"""Words of the pages on which an entry is typed, corrected or previewed, and of their scripts."""

from kb.words.pair import Pair

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
PREVIEWING = {
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
ADDING = {
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

CORRECTING = {
    "link": Pair("correct", "更正"),
    "title": Pair("Suggest a correction", "建议更正"),
}
