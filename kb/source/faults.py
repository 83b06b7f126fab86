"""The faults that the reader can find, each with its page."""

from kb.findings import Kind

_PAGES = {
    "KB001 not-utf-8": (
        "The file is not valid UTF-8.",
        "Everything else reads UTF-8; a wrong byte turns names into rubbish.",
        "title: caf\\xe9 (Latin-1)",
        "Save the file as UTF-8.",
    ),
    "KB002 byte-order-mark": (
        "The file begins with a byte order mark.",
        "Some tools then see a key with an invisible first letter.",
        "\\ufefftitle: A",
        "Save the file as UTF-8 without BOM.",
    ),
    "KB003 control-character": (
        "The file holds a NUL or another control character.",
        "Nobody can see it and most tools choke on it.",
        "title: A\\x00B",
        "Delete the character.",
    ),
    "KB004 carriage-return": (
        "The file has Windows line ends.",
        "Each edit on another system would change every line.",
        "title: A\\r\\n",
        "Save the file with LF line ends, or run `kb fmt`.",
    ),
    "KB005 tab": (
        "A tab is used for indentation or alignment.",
        "YAML forbids tabs in indentation and editors show them differently.",
        "venue:\\n\\tname: ICML",
        "Use two spaces.",
    ),
    "KB006 too-large": (
        "The file is larger than 256 KiB.",
        "An entry is a page of text; anything larger is a mistake or an attack.",
        "a file of 10 MB",
        "Split it, or move the data elsewhere.",
    ),
    "KB007 yaml-syntax": (
        "The file is not valid YAML.",
        "Nothing in it can be read.",
        "title: [A",
        "Close the bracket or quote the text.",
    ),
    "KB008 duplicate-key": (
        "A key stands twice in the same mapping.",
        "Most readers keep the last one and lose the first silently.",
        "title: A\\ntitle: B",
        "Keep one of them.",
    ),
    "KB009 anchor-or-alias": (
        "The file uses `&anchors` or `*aliases`.",
        "They hide what an entry says and can blow up to gigabytes.",
        "a: &x [1]\\nb: *x",
        "Write the value out; quote text that starts with & or *.",
    ),
    "KB010 tag": (
        "The file uses a YAML tag.",
        "Tags can ask readers to build arbitrary objects.",
        "title: !!python/name:os.system",
        "Remove the tag; quote text that starts with an exclamation mark.",
    ),
    "KB011 nested-too-deep": (
        "Brackets or indents are nested deeper than 20 levels.",
        "No entry needs it and parsers run out of stack.",
        "[[[[…]]]]",
        "Flatten it.",
    ),
    "KB012 outside-catalogue": (
        "A symbolic link in the catalogue.",
        "It could show files of the machine that builds the site.",
        "papers/a.yaml -> /etc/passwd",
        "Put the entry itself there.",
    ),
    "KB013 ambiguous-scalar": (
        "An unquoted word that YAML versions read differently.",
        "`no` may become false, `012` ten, `1_000` a number.",
        "title: no",
        "Quote it if it is text; write plain decimal numbers otherwise.",
    ),
    "KB014 unexpected-file": (
        "A file that is no entry and belongs to none.",
        "It would never be read, and its author would wonder why.",
        "papers/notes.txt",
        "Move it, or give it the name of an entry.",
    ),
    "KB015 several-documents": (
        "More than one YAML document in a file.",
        "One entry, one file; the second would be lost.",
        "title: A\\n---\\ntitle: B",
        "Put the second entry into its own file.",
    ),
    "KB016 not-a-mapping": (
        "The file does not hold `key: value` pairs.",
        "An entry is a mapping from field to value.",
        "- a\\n- b",
        "Start from an existing entry of the same kind.",
    ),
    "KB017 key-not-text": (
        "A key is not plain text.",
        "Field names are words.",
        "1: A",
        "Quote the key or remove it.",
    ),
}


def _kind(title: str) -> Kind:
    what, why, example, instead = _PAGES[title]
    code, name = title.split()
    shown = example.replace("\\n", "\n").replace("\\t", "→")
    return Kind(
        code,
        name,
        f"{what}\n\nWhy it matters: {why}\n\nExample:\n\n    "
        + shown.replace("\n", "\n    ")
        + f"\n\nInstead: {instead}",
    )


FAULTS: dict[str, Kind] = {title.split()[1]: _kind(title) for title in _PAGES}
