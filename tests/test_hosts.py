"""Kinds of host: the worst sources of the first catalogue are refused, primary pages are known."""

import pytest

from kb.hosts import HostKind, account, place
from kb.words import vocabularies

# The sixteen addresses that a review of the first catalogue called its worst sources.
WORST = {
    "an IP address without a name": [
        "http://120.26.44.124:3004/details/1/860373606",
    ],
    "a proxy or copy of another site": [
        "https://huggingface.icepanda.dpdns.org/papers/1903.03777",
        "https://wrnmd.com/NiuTrans/NASPapers/blob/master/info/Li2019Partial.md",
        "https://demo.testnot.com/text/2123874",
        "https://unix-talk.com/TastyPancakes/testing_generation/src/commit/514f272a6d7c/Cor.txt",
    ],
    "a site of pasted files and slides": [
        "https://object.cloud.sdsc.edu/v1/AUTH_da4962/ml-papers-txt/ICLR/2017/trained.txt",
        "https://pdfslide.net/documents/arxiv151106530v2-cscv-24-feb-2016.html",
        "https://cupdf.com/document/arxiv171201887v2-cscv-5-feb-2018.html",
        "https://fdocuments.in/document/tiny-dsod-lightweight-object-detection.html",
        "https://vdocument.in/model-compression-and-acceleration.html",
        "https://vdocuments.site/deepsense-a-uniied-deep-learning-framework.html",
        "https://gpo.zugaina.org/dev-python/onnxruntime-bin",
    ],
    "the front page of a blog": [
        "https://blog.csdn.net/SIGAI_CSDN",
    ],
    "the front page of a column": [
        "https://www.zhihu.com/column/c_1043101340913872896",
        "https://zhuanlan.zhihu.com/operations-research",
    ],
    "a branch that moves": [
        "https://github.com/optuna/optuna/blob/master/optuna/importance/_edf.py",
    ],
}
OTHERS = """
http://[2001:db8::7]/paper | an IP address without a name
https://papers.example.org/1503.02531 | a placeholder
https://site.test/a | a placeholder
https://lab.edu:8443/paper.html | a port of its own
https://github.com/chester256/Model-Compression-Papers | a reading list
https://github.com/someone/awesome-llm-quantization/blob/0123abc/README.md | a reading list
https://raw.githubusercontent.com/o/r/main/README.md | a branch that moves
https://raw.githubusercontent.com/o/r/refs/heads/main/README.md | a branch that moves
https://gitlab.com/o/r/-/blob/develop/a.md | a branch that moves
https://huggingface.co/o/m/blob/main/README.md | a branch that moves
https://github.com/rbnyng/mlanthology/raw/0123abcdef/icml.json.gz | a file that no browser shows
https://www.emergentmind.com/papers/1804.06882 | a summary written by a program
https://lab.edu/ | a front page
https://github.com/NiuTrans/NASPapers/blob/9ebea437b93a/info/Wu2019FBNet.md | a reading list
https://gitee.com/someone/LLM-papers | a reading list
https://r.jina.ai/https://arxiv.org/abs/1905.11946 | a proxy or copy of another site
https://sci-hub.st/10.1109/ICCV.2017.155 | a proxy or copy of another site
https://bit.ly/3xYz | a shortened address
https://rentry.co/gptq-notes | a site of pasted files and slides
https://hastebin.com/abc | a site of pasted files and slides
https://github.com/songhan | the front page of an account
not an address | not a valid address
"""
KINDS = """
https://arxiv.org/abs/1905.11946 | primary
https://doi.org/10.1109/ICCV.2017.155 | primary
https://openreview.net/forum?id=HkG5JF6Do7 | primary
https://proceedings.mlr.press/v97/tan19a.html | primary
https://www.openaccess.thecvf.com/content_iccv_2017/html/Luo_ThiNet.html | primary
https://github.com/facebookresearch/pycls | primary
https://github.com/o/r/blob/0123abcdef0123abcdef0123abcdef0123abcdef/README.md | open
https://github.com/o/r/tree/v1.2.0/docs | open
https://raw.githubusercontent.com/o/r/refs/tags/v2.0/README.md | open
https://raw.githubusercontent.com/pytorch/ao/0123abc/README.md | primary
https://gist.github.com/someone/0123abcdef0123abcdef | open
https://gitee.com/someone/notes | open
https://huggingface.co/someone/model | open
https://huggingface.co/docs/peft/v0.17.0/index | primary
https://huggingface.co/papers/1905.11946 | record
https://github.com/someone/HPC-Paper-Notes/blob/0123abc/papers/Lottery/1803.03635.pdf | open
https://github.com/papercopilot/paperlists/blob/0123abc/iclr/iclr2019.json | record
https://mp.weixin.qq.com/s/w7O2JxDH2ECqPn50sLfxpg | open
https://ar5iv.labs.arxiv.org/html/1905.11946 | record
https://mlanthology.org/icml/2019/tan2019icml-efficientnet/ | record
https://www.cnblogs.com/ai-tuge/p/14852552.html | secondary
https://notarxiv.org/abs/1905.11946 | secondary
https://arxiv.org.evil.example.co/abs/1905.11946 | secondary
https://growingnet.github.io/ | secondary
"""


def rows(table):
    return [tuple(part.strip() for part in row.split(" | ")) for row in table.strip().splitlines()]


WORST_PAIRS = [(url, why) for why, urls in WORST.items() for url in urls]


@pytest.mark.parametrize(("url", "why"), WORST_PAIRS + rows(OTHERS))
def test_an_address_that_no_reader_should_be_sent_to_is_refused_and_says_why(url, why):
    found = place(url)
    assert (found.kind, found.why) == (HostKind.REFUSED, why)


@pytest.mark.parametrize(("url", "kind"), rows(KINDS))
def test_an_address_has_the_kind_of_its_site(url, kind):
    assert place(url).kind == kind


def test_the_worst_are_sixteen():
    assert len(WORST_PAIRS) == 16


@pytest.mark.parametrize(
    ("url", "named"),
    rows("""
https://github.com/songhan/DSD | github.com/songhan
https://raw.githubusercontent.com/SongHan/DSD/0123abc/README.md | github.com/songhan
https://gist.github.com/songhan/0123abcdef | github.com/songhan
https://cdn.jsdelivr.net/gh/songhan/DSD@1.0/README.md | github.com/songhan
https://huggingface.co/datasets/mit-han-lab/pile | huggingface.co/mit-han-lab
https://gitee.com/songhan | gitee.com/songhan
"""),
)
def test_an_account_is_the_same_at_each_host_that_shows_it(url, named):
    assert account(url) == named


def test_what_is_no_forge_has_no_account():
    assert account("https://arxiv.org/abs/1905.11946") == account("not an address") == ""


def test_each_kind_has_its_words_on_the_page():
    assert set(vocabularies.SITES_OF_SOURCES) == set(HostKind)
