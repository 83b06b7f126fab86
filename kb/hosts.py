"""What kind of place an address leads to.

It is the primary page of a work, a record of it, somebody else's text, or nothing to cite.
`HOSTS` is the table; a site that is missing from it is *secondary* until somebody says otherwise.
"""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import SplitResult

from kb.addresses import split


class HostKind(StrEnum):
    """How close a site stands to the work that its pages describe."""

    PRIMARY = "primary"  # the work itself, or whoever published it
    OPEN = "open"  # where anybody publishes: the work itself only under an account of its makers
    RECORD = "record"  # an index that copies its title, authors and identifiers from the publisher
    SECONDARY = "secondary"  # a text about it
    REFUSED = "refused"  # nothing a reader should be sent to as a source


@dataclass(frozen=True, slots=True)
class Place:
    """The kind of an address; ``why`` says what is wrong with one that is refused."""

    kind: HostKind
    why: str = ""


_PRIMARY = """
arxiv.org export.arxiv.org openreview.net doi.org dx.doi.org aclanthology.org jmlr.org
proceedings.mlr.press proceedings.mlsys.org mlsys.org sysml.cc proceedings.neurips.cc papers.nips.cc
papers.neurips.cc proceedings.iclr.cc openaccess.thecvf.com ecva.net ojs.aaai.org aaai.org
cdn.aaai.org ijcai.org bmva.org bmva-archive.org.uk bmvc2018.org dl.acm.org ieeexplore.ieee.org
computer.org link.springer.com springer.com sciencedirect.com nature.com science.org usenix.org
isca-archive.org tandfonline.com onlinelibrary.wiley.com cambridge.org academic.oup.com mdpi.com
frontiersin.org engineering.org.cn journal.hep.com.cn purl.stanford.edu hdl.handle.net zenodo.org
research.ibm.com research.google research.google.com ai.google ai.meta.com research.fb.com
ai.facebook.com engineering.fb.com machinelearning.apple.com research.nvidia.com
developer.nvidia.com docs.nvidia.com microsoft.com intel.com docs.pytorch.org pytorch.org
tensorflow.org onnxruntime.ai onnx.ai readthedocs.io docs.rs docs.vllm.ai apple.github.io
optuna.readthedocs.io intellabs.github.io intel.github.io nni.readthedocs.io
"""
_OPEN = """
github.com raw.githubusercontent.com cdn.jsdelivr.net gist.github.com gist.githubusercontent.com
gitlab.com gitee.com bitbucket.org codeberg.org huggingface.co mp.weixin.qq.com
"""
# Accounts of institutions, laboratories and projects: what stands there is published by them.
_INSTITUTIONS = """
acl-org AIoT-MLSys-Lab apple bitsandbytes-foundation cornell-zhang Cornell-RelaxML Dao-AILab
deepseek-ai dmlc enyac-group facebookresearch FasterDecoding flashinfer-ai FMInference
foundation-model-stack ganguli-lab ggml-org google google-deepmind google-research goombalab
hao-ai-lab huawei-noah huggingface intel IntelLabs IST-DASLab locuslab megvii-model megvii-research
microsoft mit-han-lab mlresearch ModelCloud ModelTC NVIDIA NVlabs open-mmlab OpenGVLab
openvinotoolkit optuna princeton-nlp pytorch Qualcomm-AI-research quic RAIVNLab SafeAILab
sgl-project snap-research spcl SqueezeAILab state-spaces tensorflow tensorly thu-ml THUDM
vllm-project xiaomi-automl Xilinx
"""
# Accounts that copy records of conferences, of arXiv, of DBLP or of OpenReview.
_COPYISTS = "AMDS123 huntercmd papercopilot rbnyng"
_RECORDS = """
dblp.org dblp.uni-trier.de ui.adsabs.harvard.edu semanticscholar.org mlanthology.org inspirehep.net
scholar.archive.org core.ac.uk api.crossref.org search.crossref.org openalex.org aminer.org
aminer.cn ar5iv.labs.arxiv.org ar5iv.org arxiv-vanity.com paperswithcode.com aitopics.org
experts.illinois.edu stars.library.ucf.edu oar.princeton.edu katalog.lib.cas.cz
collaborate.princeton.edu
"""
_SUMMARIES = """
tomesphere.com scholarfeed.org pith.science paperdigest.org deeplearn.org emergentmind.com liner.com
chapterpal.com luneresearch.com academictwin.com summarizepaper.com scilynk.com sciencestack.ai
researchtrend.ai bytez.com study.space paperium.net citegraph.io catalyzex.com bohrium.dp.tech
bohrium.com arxitics.com cknowledge.io ai-papers.xuzou.cn alphaxiv.org scispace.com typeset.io
moonlight.io themoonlight.io scholarcy.com paper-digest.com elicit.com consensus.app perplexity.ai
chatpdf.com chatgpt.com powerdrill.ai slashpage.com aimodels.fyi
"""
_PROXIES = """
wrnmd.com icepanda.dpdns.org testnot.com unix-talk.com hf-mirror.com ghproxy.com
fastgit.org r.jina.ai 12ft.io archive.ph z-lib.org libgen.is libgen.rs annas-archive.org
"""
_SHORTENED = """
bit.ly t.co goo.gl tinyurl.com is.gd ow.ly buff.ly rb.gy cutt.ly t.cn dwz.cn url.cn suo.im u.nu
lnkd.in shorturl.at reurl.cc
"""
_DUMPS = """
slideshare.net slideserve.com cdn.slideserve.com pdfslide.net fdocuments.in fdocuments.net cupdf.com
vdocument.in vdocuments.site vdocuments.mx vdocuments.net dokumen.tips docplayer.net scribd.com
pastebin.com rentry.co rentry.org hastebin.com paste.ee dpaste.org ghostbin.com telegra.ph
drive.google.com pan.baidu.com object.cloud.sdsc.edu gpo.zugaina.org doc88.com docin.com
wenku.baidu.com
"""


def _suffixes(text: str, place: Place) -> dict[str, Place]:
    return dict.fromkeys(text.split(), place)


_PROXY = "a proxy or copy of another site"

HOSTS: dict[str, Place] = {
    **_suffixes(_PRIMARY, Place(HostKind.PRIMARY)),
    **_suffixes(_OPEN, Place(HostKind.OPEN)),
    **_suffixes(_RECORDS, Place(HostKind.RECORD)),
    **_suffixes(_SUMMARIES, Place(HostKind.REFUSED, "a summary written by a program")),
    **_suffixes(_PROXIES, Place(HostKind.REFUSED, _PROXY)),
    **_suffixes(_SHORTENED, Place(HostKind.REFUSED, "a shortened address")),
    **_suffixes(_DUMPS, Place(HostKind.REFUSED, "a site of pasted files and slides")),
}
ACCOUNTS: dict[str, Place] = {
    **{f"github.com/{one.lower()}": Place(HostKind.PRIMARY) for one in _INSTITUTIONS.split()},
    **{f"github.com/{one.lower()}": Place(HostKind.RECORD) for one in _COPYISTS.split()},
    "huggingface.co/docs": Place(HostKind.PRIMARY),
    "huggingface.co/papers": Place(HostKind.RECORD),
}


_FORGES = frozenset(
    "github.com gitlab.com gitee.com bitbucket.org codeberg.org huggingface.co".split()
)
_SAME = {  # other hosts that show what stands under an account of a forge
    "raw.githubusercontent.com": "github.com",
    "gist.github.com": "github.com",
    "gist.githubusercontent.com": "github.com",
}
_PINNED = re.compile(
    r"[0-9a-f]{7,64}|v?\d+(\.\d+)+([-.]?(rc|post|dev|alpha|beta)\d*)?", re.IGNORECASE
)
PLACEHOLDERS = re.compile(
    r"(^|\.)(example\.(com|org|net|edu)|(test|invalid|localhost|example|local|internal))$"
)
_LIST = re.compile(
    r"awesome|reading[-_]?list|paper[-_]?list|papers?[-_](collection|reading|notes?)|papers$|"
    r"^a?[-_]?big[-_]?survey",
    re.IGNORECASE,
)
PACKED = "a file that no browser shows"
_PACKING = re.compile(
    r"\.(gz|bz2|xz|zst|zip|tar|tgz|7z|rar|parquet|npz|pkl|db|sqlite)$", re.IGNORECASE
)


@lru_cache(maxsize=1 << 15)
def place(url: str) -> Place:
    """The kind of the place to which ``url`` leads, judged by the address alone."""
    parts = split(url)
    if parts is None:
        return Place(HostKind.REFUSED, "not a valid address")
    for fault in _FAULTS:
        if why := fault(parts):
            return Place(HostKind.REFUSED, why)
    return ACCOUNTS.get(_account(parts)) or _listed(_host(parts)) or Place(HostKind.SECONDARY)


def account(url: str) -> str:
    """Forge and account under which ``url`` stands, as `github.com/songhan`; empty elsewhere."""
    parts = split(url)
    return _account(parts) if parts else ""


def _account(parts: SplitResult) -> str:
    host, steps = _host(parts), _steps(parts)
    if host == "cdn.jsdelivr.net":  # /gh/owner/repository@version
        host, steps = ("github.com", steps[1:]) if steps[:1] == ["gh"] else ("", [])
    elif host == "huggingface.co" and steps[:1] in (["datasets"], ["spaces"], ["collections"]):
        steps = steps[1:]
    forge = _SAME.get(host, host)
    return f"{forge}/{steps[0].lower()}" if forge in _FORGES and steps else ""


def _listed(host: str) -> Place | None:
    labels = host.split(".")
    return next(
        (HOSTS[tail] for at in range(len(labels)) if (tail := ".".join(labels[at:])) in HOSTS), None
    )


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".").removeprefix("www.")


def _steps(parts: SplitResult) -> list[str]:
    return [step for step in parts.path.split("/") if step]


def _bare_address(parts: SplitResult) -> str:
    try:
        ipaddress.ip_address(_host(parts))
    except ValueError:
        return ""
    return "an IP address without a name"


def _pirate(parts: SplitResult) -> str:
    return _PROXY if "sci-hub" in _host(parts).split(".") else ""


def _odd_port(parts: SplitResult) -> str:
    return "a port of its own" if parts.port not in (None, 80, 443) else ""


def _placeholder(parts: SplitResult) -> str:
    return "a placeholder" if PLACEHOLDERS.search(_host(parts)) else ""


def _front_page(parts: SplitResult) -> str:
    """The first page of a site, a blog, a column or an account: what it shows changes."""
    host, steps = _host(parts), _steps(parts)
    if parts.query:
        return ""
    if not steps or [step.lower() for step in steps] in (
        ["index.html"],
        ["index.htm"],
        ["blog"],
        ["en"],
        ["zh"],
    ):
        return "" if re.fullmatch(r"[^.]+\.(github|gitlab)\.io", host) else "a front page"
    if host in _FORGES and len(steps) == 1:
        return "the front page of an account"
    if host in ("blog.csdn.net", "medium.com", "jianshu.com") and len(steps) == 1:
        return "the front page of a blog"
    if host == "zhihu.com" and steps[0] in ("column", "people"):
        return "the front page of a column"
    if host == "zhuanlan.zhihu.com" and steps[0] != "p":
        return "the front page of a column"
    return ""


def _moving(parts: SplitResult) -> str:
    """A file on a branch: its text can change under the claim."""
    host, steps = _host(parts), _steps(parts)
    if host in _FORGES and len(steps) > 3:
        at = 3 if steps[2] == "-" else 2
        if steps[at] in ("blob", "tree", "raw", "src", "resolve") and len(steps) > at + 1:
            return "" if _PINNED.fullmatch(steps[at + 1]) else "a branch that moves"
    if host == "raw.githubusercontent.com" and len(steps) > 3:
        named = steps[4] if steps[2:4] in (["refs", "heads"], ["refs", "tags"]) else steps[2]
        return (
            ""
            if steps[2:4] == ["refs", "tags"] or _PINNED.fullmatch(named)
            else "a branch that moves"
        )
    return ""


def _reading_list(parts: SplitResult) -> str:
    steps = _steps(parts)
    named = _account(parts)
    known = ACCOUNTS.get(named)
    paper = parts.path.lower().endswith(".pdf")  # no list, but a copy of what it lists
    listed = bool(named) and not known and not paper and len(steps) > 1 and _LIST.search(steps[1])
    return "a reading list" if listed else ""


def _unreadable(parts: SplitResult) -> str:
    return PACKED if _PACKING.search(parts.path) else ""


_FAULTS: tuple[Callable[[SplitResult], str], ...] = (
    _bare_address,
    _pirate,
    _odd_port,
    _placeholder,
    _unreadable,
    _reading_list,
    _moving,
    _front_page,
)
