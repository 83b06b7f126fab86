"""What the text of a link says: the title of a text, the name somebody coined for a method, or
nothing that tells one text from another, such as *paper*, *[12]* or the names of its authors.
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from kb.links.titles import clearly_two, content, stem

_GENERIC = frozenset(
    stem(word)
    for word in """
    abstract accepted actual additional all also an appendix archive archived article articles
    arxiv author authors available award baseline best bib bibtex blog book caffe chapter checkpoint
    checkpoints chinese cite citation click code colab conference copy dataset datasets demo detail
    details doc docs document documentation download draft english entry equation essay example
    examples explained explanation extended fig figure file files final find first full fulltext
    further git github gitee gitlab hardware here homepage html huggingface implementation
    implementations information introduction issue jax journal keras keynote lecture lectures link
    links main material materials medium mirror more mxnet news note notebook notes official online
    only open openreview oral original other our out page pages paper papers part pdf poster post
    ppt preprint presentation pretrained proceedings project publication published publisher
    pytorch read readme reading record recording reference references release repo report
    repository reproduction rereview see section similar short site slide slides software source
    spotlight summary supp supplement supplemental supplementary table talk technical tensorflow
    text thesis thread toolkit torch transcript translation tutorial tweet unofficial updated url
    version video videos watch web webpage website wiki wikipedia workshop write
    writeup written youtube zhihu csdn zip
    aaai accv acl acm acmmm annual applied aspdac asplos bmvc coling colt conll cvpr cvprw dac date
    eccv eccvw emnlp findings fccm fpga hpca icassp iccad iccv iccvw icip iclr icml icpr icra ieee
    ijcai ijcnn ijcv interspeech isca isscc jmlr kdd micro miccai mlsys naacl nature neurips nips
    openaccess pami science sigir sysml tcad tip tkde tmlr tnnls tpami uai usenix wacv www
    january february march april may june july august september october november december
    amazon apple baidu berkeley cmu facebook google huawei intel meta microsoft mit nvidia stanford
    tencent toronto tsinghua
    """.split()
)
_GENERIC_CHINESE = re.compile(
    "论文|代码|源码|官方|实现|开源|下载|地址|链接|原文|原文章|主页|项目|点击|这里|此处|查看|阅读"
    "|全文|翻译|译文|笔记|解读|讲解|详解|视频|幻灯片|作者|复现|知乎|博客|文章|公众号|中文|英文"
    "|版本?|百度|网盘|非官方|更多|详情|参考|文献|资料|预印本|期刊|会议|数据集?|模型|权重|仓库|文档"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")
_WORD = re.compile(r"[^\W\d_][\w'’+]*")
_MARKS = re.compile(r"\[[^\[\]]{0,12}\]|\([^()]{0,24}\d{4}[^()]{0,4}\)|^\W*\d{1,3}[.)、]\s+")
_ET_AL = re.compile(r"\bet\.? al\b|等人|\band others\b", re.I)
_BY = re.compile(r"^\s*(?:(?:written|posted|given)\s+)?(?:by|from)\s+|^作者[:：]?", re.I)
_BETWEEN_NAMES = re.compile(r"\s*[,;，；、&·/]\s*|\s+(?:and|und|et|with)\s+|和")
_NAME = re.compile(
    r"(?:(?:[A-ZÀ-ÞĀ-ɏḀ-ỿ][\w.'’-]*|van|von|der|den|de|la|le|el|al|bin|di|da|del)\s*){1,4}"
    r"|[\u3400-\u9fff]{2,4}"
)
_TOPICS = frozenset(
    stem(word)
    for word in """
    accelerating accelerator accuracy accurate adapter aggregated algorithm analysis approach
    approximate architecture artificial asymmetric asynchronous augmented automated automatic
    backbone bandwidth batch benchmark binary bitwidth bottleneck caching calibrated channel
    classifier clustering codebook coding compact compressed compressing computer computing
    constrained context contextual convergence convnet convolutional data dataset decoder decoding
    decomposed dense densely depthwise design detector device differentiable digital dimensional
    discrete distilled distilling distributed dropout dynamic efficiency efficient embedded
    embedding encoder encoding energy ensemble estimator experiment expert explainable exploring
    feature federated filter finding flexible folding framework gradient graph hashing hessian
    hierarchical huffman hybrid hyperparameter hypothesis image imagenet implicit improved improving
    incremental inference integer intelligence interpretable kernel knowledge language latency
    latent layer layerwise learnable learning lightweight linear llm lossless lottery machine mask
    matching matrices matrix mechanism memory merging metric microcontroller mining mixture mobile
    modal model modeling modelling module multimodal net network neural noise nonlinear novel object
    operator optimal optimizer outlier packing parallel parameter partitioning perceptron
    performance pixel platform policy practical pretrained pretraining probabilistic processing
    processor program prompt pruned pruning quantized quantizer quantizing ranking reasoning
    recurrent reducing redundancy regularized residual resource rethinking retraining retrieval
    robust rounding routing runtime sample sampling scalable scaling scheduling search searching
    semantic sequence sequential serving shallow sharing signal simple simulated slimming softmax
    space sparse spatial speculative state statistical stochastic storage strategy streaming
    structural structure structured student sublinear supervised survey symmetric synthetic system
    task teacher technique temporal tensor ternary text theory throughput token topology towards
    trained training transfer transferable transform transformer tuning tutorial understanding
    unified uniform universal unstructured unsupervised using variational vector video visual weight
    weighted world
    """.split()
)
_TOPIC = re.compile(
    r"\w*\d\w*|[A-Z]{2,}s|(?i:\w*[st]ions?|\w{4,}(?:ity|ities|ments|ized|ware|wise))"
)
_TOPIC_CHINESE = re.compile(
    "剪枝|量化|蒸馏|压缩|稀疏|低秩|分解|张量|矩阵|参数|权重|网络|模型|学习|神经|深度|训练|推理|预测|加速"
    "|部署|优化|卷积|通道|注意力|缓存|架构|搜索|高效|方法|算法|数据|微调|检测|识别|分类|语言|视觉|图像"
    "|硬件|芯片|编码|算子|融合|精度|比特|知识"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕"
    "丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃"
    "武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申詹欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯"
    "纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧司诸上"
)
_COINED = re.compile(r"(?=.{5,20}\Z)(?=.*[a-z])(?=\w.*[A-Z0-9+])[A-Z][A-Za-z0-9.+-]*")
_NOT_COINED = re.compile(
    r"(?:res(?:net|next)|vgg|alexnet|lenet|imagenet|cifar|mnist|bert|roberta|gpt|llama|vicuna"
    r"|mistral|mixtral|qwen|opt|bloom|deepseek|chatglm|yolo|vit|deit|swin|u-?net|wikitext|glue"
    r"|squad|coco|pytorch|tensorflow|tensorrt|mindspore|paddle|openvino|onnx|mxnet|torchvision"
    r"|scikit|numpy|cuda|github|gitlab|gitee|arxiv|openreview|semanticscholar|researchgate"
    r"|youtube|linkedin|bilibili|wechat|hugging|deepmind|openai|facebook|microsoft|nvidia|neurips"
    r"|nips|iclr|icml|cvpr|iccv|eccv|aaai|ijcai|emnlp|naacl|mlsys|sysml|interspeech|icassp|asplos"
    r"|micro|bibtex|latex|powerpoint|javascript|mathjax|readthedocs|ieee|springer|sciencedirect"
    r"|part|chapter|section|fig|figure|table|version|paper|code|pdf|appendix|slides|ref|week|day"
    r"|lecture|supp|jmlr|tpami)",
    re.I,
)
_LIKE_A_NAME = 0.6


def is_title(text: str) -> bool:
    """Whether ``text`` is long enough to be the title of what it leads to, and says more than
    *code* or *official PyTorch version*.
    """
    plain = unicodedata.normalize("NFKC", text[:400])
    if (
        not plain
        or plain.lower().lstrip().startswith(("http:", "https:", "www."))
        or _names_people(plain)
    ):
        return False
    rest = _MARKS.sub(" ", plain)
    chinese = sum(len(run) - 1 for run in _CHINESE.findall(_GENERIC_CHINESE.sub(" ", rest)))
    words = _WORD.findall(rest)
    return chinese >= 5 or (len(words) >= 4 and _says_enough(rest, words))


def _says_enough(text: str, words: Sequence[str]) -> bool:
    """Three words that say something, or two in a title that is written in capitals."""
    said = {word for word in content(text) - _GENERIC if not word.isdigit()}
    lower = {stem(word) for word in words if word[0].islower()}
    return len(said) >= 3 or (len(said) == 2 and not said & lower)


def _names_people(text: str) -> bool:
    if _ET_AL.search(text):
        return True
    parts = [part for part in _BETWEEN_NAMES.split(_BY.sub("", text).strip()) if part]
    return (
        len(parts) > 1
        and all(_NAME.fullmatch(part) for part in parts)
        and not _names_topic(text)
        and (not _CHINESE.match(parts[0]) or parts[0][0] in _SURNAMES or "·" in text)
    )


def _names_topic(text: str) -> bool:
    """Whether ``text`` has a word of titles: *Model Compression and Hardware Acceleration* looks
    like the names of two people.
    """
    words = re.findall(r"[^\W_]+", text)
    return bool(_TOPIC_CHINESE.search(text)) or any(
        stem(word.lower()) in _TOPICS or _TOPIC.fullmatch(word) for word in words
    )


def is_coined(text: str) -> bool:
    """Whether ``text`` is one word that somebody made up for a method, such as *GhostNet*: not the
    name of a network that everybody measures, of a program, a site or a conference.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    return bool(_COINED.fullmatch(plain)) and not _NOT_COINED.match(plain)


def two_texts(texts: Sequence[str], of_paper: bool) -> tuple[str, str] | None:
    """Two of ``texts``, which stand on links to one document, that cannot name the same text.

    A coined name counts only where the document is a paper: elsewhere a page may hold several.
    """
    titles = {_MARKS.sub(" ", one): one for one in texts if is_title(one)}
    if found := clearly_two(list(titles)):
        return titles[found[0]], titles[found[1]]
    coined = [one for one in texts if is_coined(one)] if of_paper else []
    return next(
        (
            (earlier, later)
            for index, later in enumerate(coined[:20])
            for earlier in coined[:index]
            if not _alike(earlier.casefold(), later.casefold())
        ),
        None,
    )


def _alike(left: str, right: str) -> bool:
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= _LIKE_A_NAME
