"""Relations in words: said of their source, of their target, above a list, in a sentence."""

from dataclasses import dataclass

from kb.words.pair import Pair


@dataclass(frozen=True, slots=True)
class RelationWords:
    """A relation in words.

    ``verb`` is said of its source, ``inverse`` of its target; ``heading`` goes above a list of
    targets, ``inverse_heading`` above a list of sources. ``sentence`` joins source {a} and target
    {b}. ``kin`` says in at most six words what an entry is to another that both are near: said of
    the source of the relation to that one, ``inverse_kin`` of its target.
    """

    verb: Pair
    inverse: Pair
    heading: Pair
    inverse_heading: Pair
    sentence: Pair
    kin: Pair
    inverse_kin: Pair


RELATION_WORDS = {
    "broader": RelationWords(
        Pair("is part of", "属于"),
        Pair("contains", "包含"),
        Pair("Part of", "上级主题"),
        Pair("Contains", "下级主题"),
        Pair("{a} is part of {b}", "{a}属于{b}"),
        Pair("is part of it", "是它的下级主题"),
        Pair("contains it", "是它的上级主题"),
    ),
    "topics": RelationWords(
        Pair("is in topic", "属于"),
        Pair("contains", "收录"),
        Pair("In topic", "所属主题"),
        Pair("Contains", "收录"),
        Pair("{a} is in the topic {b}", "{a}属于主题{b}"),
        Pair("is in it", "也属于它"),
        Pair("is its topic", "是它的主题"),
    ),
    "introduces": RelationWords(
        Pair("introduces", "提出"),
        Pair("was introduced by", "由其提出"),
        Pair("Introduces", "提出"),
        Pair("Introduced by", "提出它的论文"),
        Pair("{a} introduces {b}", "{a}提出了{b}"),
        Pair("introduces it", "提出了它"),
        Pair("is introduced there", "由它提出"),
    ),
    "develops": RelationWords(
        Pair("develops", "发展"),
        Pair("was developed by", "由其发展"),
        Pair("Develops", "发展"),
        Pair("Developed by", "发展它的论文"),
        Pair("{a} develops {b}", "{a}发展了{b}"),
        Pair("develops it", "发展了它"),
        Pair("is developed there", "由它发展"),
    ),
    "studies": RelationWords(
        Pair("studies", "研究"),
        Pair("is studied by", "研究它的论文"),
        Pair("Studies", "研究"),
        Pair("Studied by", "研究它的论文"),
        Pair("{a} studies {b}", "{a}研究了{b}"),
        Pair("studies it", "研究了它"),
        Pair("is studied there", "它也研究过"),
    ),
    "builds_on": RelationWords(
        Pair("builds on", "基于"),
        Pair("is extended by", "后续工作"),
        Pair("Builds on", "基于"),
        Pair("Extended by", "后续工作"),
        Pair("{a} builds on {b}", "{a}以{b}为基础"),
        Pair("builds on it", "以它为基础"),
        Pair("is its foundation", "是它的基础"),
    ),
    "compares_with": RelationWords(
        Pair("compares itself with", "对比对象"),
        Pair("is compared in", "与之对比的论文"),
        Pair("Compared with", "对比对象"),
        Pair("Compared in", "与之对比的论文"),
        Pair("{a} compares itself with {b}", "{a}与{b}作了比较"),
        Pair("compares itself with it", "与它作了比较"),
        Pair("is compared there", "它也对比过"),
    ),
    "concurrent_with": RelationWords(
        Pair("is concurrent with", "同期工作"),
        Pair("is concurrent with", "同期工作"),
        Pair("Concurrent with", "同期工作"),
        Pair("Concurrent with", "同期工作"),
        Pair("{a} and {b} are concurrent", "{a}与{b}是同期工作"),
        Pair("is concurrent with it", "与它同期"),
        Pair("is concurrent with it", "与它同期"),
    ),
    "origin": RelationWords(
        Pair("was first described in", "最早见于"),
        Pair("first describes", "最早描述"),
        Pair("First described in", "最早见于"),
        Pair("First describes", "最早描述"),
        Pair("{a} was first described in {b}", "{a}最早见于{b}"),
        Pair("was first described there", "最早见于此"),
        Pair("first describes it", "最早描述了它"),
    ),
    "requires": RelationWords(
        Pair("requires", "先修"),
        Pair("is required by", "以此为先修"),
        Pair("Requires", "先修"),
        Pair("Required by", "以此为先修的技术"),
        Pair("{a} requires {b}", "先懂{b}，再看{a}"),
        Pair("requires it", "以它为先修"),
        Pair("is its prerequisite", "是它的先修"),
    ),
    "variant_of": RelationWords(
        Pair("is a variant of", "是其变体"),
        Pair("has the variant", "变体"),
        Pair("Variant of", "是以下技术的变体"),
        Pair("Variants", "变体"),
        Pair("{a} is a variant of {b}", "{a}是{b}的变体"),
        Pair("is a variant of it", "是它的变体"),
        Pair("is its original", "是它的原型"),
    ),
    "alternative_to": RelationWords(
        Pair("is an alternative to", "可替代"),
        Pair("is an alternative to", "可替代"),
        Pair("Alternatives", "替代方案"),
        Pair("Alternatives", "替代方案"),
        Pair("{a} is an alternative to {b}", "{a}与{b}可以互相替代"),
        Pair("is an alternative to it", "可替代它"),
        Pair("is an alternative to it", "可替代它"),
    ),
    "combines": RelationWords(
        Pair("combines well with", "适合搭配"),
        Pair("combines well with", "适合搭配"),
        Pair("Combines well with", "适合搭配"),
        Pair("Combines well with", "适合搭配"),
        Pair("{a} combines well with {b}", "{a}适合与{b}搭配"),
        Pair("combines well with it", "适合与它搭配"),
        Pair("combines well with it", "适合与它搭配"),
    ),
    "supersedes": RelationWords(
        Pair("supersedes", "取代"),
        Pair("was superseded by", "被取代"),
        Pair("Supersedes", "取代"),
        Pair("Superseded by", "取代它的技术"),
        Pair("{a} supersedes {b}", "{a}取代了{b}"),
        Pair("supersedes it", "取代了它"),
        Pair("was superseded by it", "被它取代"),
    ),
    "about": RelationWords(
        Pair("is about", "讲的是"),
        Pair("is explained in", "相关文章"),
        Pair("About", "讲的是"),
        Pair("Explained in", "相关文章"),
        Pair("{a} is about {b}", "{a}讲的是{b}"),
        Pair("is about it", "讲的是它"),
        Pair("is its subject", "是它讲的内容"),
    ),
    "same_text": RelationWords(
        Pair("is the same text as", "同一篇文章"),
        Pair("is the same text as", "同一篇文章"),
        Pair("Same text", "同一篇文章"),
        Pair("Same text", "同一篇文章"),
        Pair("{a} is the same text as {b}", "{a}与{b}是同一篇文章"),
        Pair("is the same text", "同一篇文章"),
        Pair("is the same text", "同一篇文章"),
    ),
    "implements": RelationWords(
        Pair("implements", "实现了"),
        Pair("is implemented by", "实现"),
        Pair("Implements", "实现了"),
        Pair("Implemented by", "实现"),
        Pair("{a} implements {b}", "{a}实现了{b}"),
        Pair("implements it", "实现了它"),
        Pair("is implemented there", "由它实现"),
    ),
    "lists": RelationWords(
        Pair("lists", "列出"),
        Pair("is listed in", "所在清单"),
        Pair("Lists", "列出"),
        Pair("Listed in", "所在清单"),
        Pair("{a} lists {b}", "{a}列出了{b}"),
        Pair("lists it", "列出了它"),
        Pair("is listed there", "同列其中"),
    ),
    "mentions": RelationWords(
        Pair("mentions", "提到"),
        Pair("is mentioned in", "提及它的清单"),
        Pair("Mentions", "提到"),
        Pair("Mentioned in", "提及它的清单"),
        Pair("{a} mentions {b}", "{a}提到了{b}"),
        Pair("mentions it", "提到了它"),
        Pair("is mentioned there", "它也提到"),
    ),
}
