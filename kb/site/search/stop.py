"""Words that say nothing about what is looked for. Pure."""

from kb.spelling import stem

_STOP = """
    a about after all also am an and any are as at be been before being best better between but
    by can compare compared could did difference differences do does doing each for from get
    gets give good has have how i if in into is it its just less like make makes many may me
    more most much must my no not of off on only or other our out over please same should so
    some such than that the their them then there these they thing this those to too under up us
    use used using versus very via vs want was way we were what when where which while who why
    will with would you your
"""
STOP = frozenset(stem(word) for word in _STOP.split())
"""English, as stems."""
_STOP_CHINESE = """
    怎么样 怎么办 为什么 是什么 什么是 有没有 是不是 能不能 有哪些
    怎么 怎样 如何 什么 哪些 哪个 哪种 为何
    请问 多少 可以 需要 应该 不够 不足 一下 以及 或者 还是 还有 之后 之前 之间 时候 问题
    方法 办法 技术 区别 差别 没有 不能 无法 起来 运行
    吗 呢 吧 的 了 把 将 被 给 让 使 用 在 到 成 和 与 或 对 从 后 前 里 中 上 下 是 有 能 会 要
    我 你 它 这 那 个 些 更 最 很 不 没 跑
"""
STOP_CHINESE = tuple(_STOP_CHINESE.split())
"""Chinese: those of one character may be part of a word, too."""
STEPPED_OVER = (*(one for one in STOP_CHINESE if len(one) > 1), *"的后不没")
"""What may stand inside a term in a question, as in 稀疏为什么不加速 for 稀疏加速."""
COMPARING = (
    r"\b(vs|versus|compar(e|ed|ison)|differen(ce|ces|t))\b|区别|差别|差异|不同|对比|比较|还是"
)
"""What a question has that compares two things; a pattern of Python and of JavaScript."""
