"""What somebody means who types an identifier, an address or BibTeX."""

import pytest

from kb.importers.recognize import Unrecognized, is_bibtex, recognize

MEANT = {
    "1905.11946": ("arxiv", "1905.11946"),
    "  arXiv:1905.11946v5 [cs.LG] 11 Sep 2020": ("arxiv", "1905.11946"),
    "ａｒＸｉｖ：1905.11946": ("arxiv", "1905.11946"),
    "<https://arxiv.org/abs/1905.11946>.": ("arxiv", "1905.11946"),
    "https://arxiv.org/pdf/1905.11946v5.pdf": ("arxiv", "1905.11946"),
    "http://www.arxiv.org/abs/cs/9901001v1?context=cs": ("arxiv", "cs/9901001"),
    "HEP-TH/9901001": ("arxiv", "hep-th/9901001"),
    "math.GT/0309136": ("arxiv", "math.GT/0309136"),
    "arxiv.org/html/2301.00774v3#S4": ("arxiv", "2301.00774"),
    "https://ar5iv.labs.arxiv.org/html/2301.00774": ("arxiv", "2301.00774"),
    "https://huggingface.co/papers/2306.00978": ("arxiv", "2306.00978"),
    "10.48550/arXiv.1905.11946": ("arxiv", "1905.11946"),
    "https://doi.org/10.48550/arXiv.1905.11946": ("arxiv", "1905.11946"),
    "doi:10.1145/3292500.3330701.": ("doi", "10.1145/3292500.3330701"),
    "DOI: 10.1109/CVPR.2019.00293": ("doi", "10.1109/CVPR.2019.00293"),
    "http://dx.doi.org/10.1109%2FCVPR.2019.00293": ("doi", "10.1109/CVPR.2019.00293"),
    "https://dl.acm.org/doi/pdf/10.1145/3292500.3330701": ("doi", "10.1145/3292500.3330701"),
    "https://link.springer.com/chapter/10.1007/978-3-319-46493-0_32#citeas": (
        "doi",
        "10.1007/978-3-319-46493-0_32",
    ),
    "https://openreview.net/forum?id=rJl-b3RcF7&noteId=x": ("openreview", "rJl-b3RcF7"),
    "https://openreview.net/pdf?id=rJl-b3RcF7": ("openreview", "rJl-b3RcF7"),
    "https://aclanthology.org/2023.acl-long.1.pdf": ("acl", "2023.acl-long.1"),
    "https://www.aclweb.org/anthology/papers/P/P19/P19-1001/": ("acl", "P19-1001"),
    "2020.findings-emnlp.372": ("acl", "2020.findings-emnlp.372"),
    "github.com/IntelLabs/distiller/tree/master/examples": ("github", "IntelLabs/distiller"),
    "git@github.com:IntelLabs/distiller.git": ("github", "IntelLabs/distiller"),
    "https://mp.weixin.qq.com/s/on1YdDexq5ICZL70mvikyw?utm_source=x#rd": (
        "wechat",
        "https://mp.weixin.qq.com/s/on1YdDexq5ICZL70mvikyw",
    ),
    "mp.weixin.qq.com/s?__biz=MzA3&mid=1&idx=1&sn=2&chksm=3": (
        "wechat",
        "https://mp.weixin.qq.com/s?__biz=MzA3&mid=1&idx=1&sn=2",
    ),
    "https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?target_url=https%3A%2F%2Fmp.weixin.qq.com"
    "%2Fs%2Fabc": ("wechat", "https://mp.weixin.qq.com/s/abc"),
}


@pytest.mark.parametrize("typed", MEANT)
def test_what_is_typed_is_recognized(typed):
    found = recognize(typed)
    assert (found.kind, found.id) == MEANT[typed]


NOT_MEANT = {
    "nothing": ("", "is nothing that can be looked up"),
    "a word": ("sparsegpt", "is nothing that can be looked up"),
    "a month that does not exist": ("1913.12345", "is nothing that can be looked up"),
    "a digit too many": ("1905.1194612", "is nothing that can be looked up"),
    "another site": ("https://example.org/x", "is an address without a record here"),
    "a list at arXiv": ("https://arxiv.org/list/cs.LG/recent", "is an address without a record"),
    "an account": ("https://github.com/only", "is an address without a record here"),
    "a group at OpenReview": ("https://openreview.net/group?id=I/C", "is an address without a"),
    "a signed address": (
        "https://mp.weixin.qq.com/s?timestamp=1&signature=a",
        "make this address expire within a day; open the article on a phone and copy the short",
    ),
    "very much": ("x" * 5000, f"`{'x' * 79}…` is nothing"),
    "lines": ("a\nb", "`a b` is nothing"),
}


@pytest.mark.parametrize("case", NOT_MEANT)
def test_what_is_not_recognized_is_said_with_what_to_do(case):
    typed, said = NOT_MEANT[case]
    with pytest.raises(Unrecognized) as refused:
        recognize(typed)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("@misc{a, title={b}}", True),
        ("% from the README\n @InProceedings( a, title={b})", True),
        ("a@b.org", False),
        ("1905.11946", False),
    ],
    ids=["a record", "after a comment", "an address of mail", "an id"],
)
def test_bibtex_is_told_from_the_rest(typed, is_one):
    assert is_bibtex(typed) == is_one
