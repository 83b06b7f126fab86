"""What rows of results say, in one form: their model, sparsity, cost, and what they state."""

import re
from collections.abc import Iterator

from kb.schema.paper import Result

Order = tuple[float | str, ...]
_VARIANT = re.compile(r"[,;]| (?:with|at) \d")
_TOKENS = re.compile(r"[a-z]+|\d+(?:\.\d+)?")


def model_name(result: Result) -> str:
    """The model without what was done to it: `LLaMA-2-7B, 2 of 4 weights removed` is LLaMA-2-7B."""
    return _VARIANT.split(result.model)[0].strip()


def variant(result: Result) -> str:
    """What the row says of its model besides the name."""
    return result.model.strip()[len(model_name(result)) :].lstrip(",; ")


def model_key(result: Result) -> Order:
    """One key for all spellings of a model on a data set, which sorts sizes as numbers."""
    return (*_tokens(model_name(result)), "", *_tokens(_dataset(result)))


def _tokens(text: str) -> Iterator[str]:
    for token in _TOKENS.findall(text.casefold()):
        yield token if token[0].isalpha() else f"{float(token):012.3f}"


def _dataset(result: Result) -> str:
    """One name for the spellings of a data set that tables know."""
    if _is_imagenet(result):
        return "imagenet"
    return "wikitext 2" if is_wikitext(result) else result.dataset


def cost(result: Result) -> tuple[str, float] | None:
    """The arithmetic for one input as the paper counts it: MACs or FLOPs, and how many."""
    if result.macs:
        return "macs", result.macs.value
    return ("flops", result.flops.value) if result.flops else None


_SHARE = re.compile(
    r"(\d+(?:\.\d+)?) ?% (?:(?:of )?(?:the |single )*(?:weights|parameters|elements) "
    r"(?:are |were )?(?:removed|pruned|zero)|(?:unstructured |weight )?spars(?:e|ity)\b)",
    re.IGNORECASE,
)
_OF_MANY = re.compile(r"(\d+) of (\d+) weights (?:removed|pruned|zero)", re.IGNORECASE)
_PATTERN = re.compile(r"\b(\d+):(\d+)[ -](?:semi-structured )?spars(?:e|ity)\b", re.IGNORECASE)


def sparsity(result: Result) -> float | None:
    """The share of the weights that are zero, in percent; None if the row does not say it.

    `50% of the weights removed`, `50% sparse`, `2 of 4 weights removed`, `2:4 sparse`.
    """
    said = f"{result.model}, {result.metric}"
    if found := pattern(said):
        return 100 * found[0] / found[1]
    share = _SHARE.search(said)
    return float(share[1]) if share else None


def pattern(said: str) -> tuple[int, int] | None:
    """How many of how many weights in a row are zero, if ``said`` names such a pattern."""
    if found := _OF_MANY.search(said):
        zeros, many = int(found[1]), int(found[2])
    elif found := _PATTERN.search(said):
        many = int(found[2])
        zeros = many - int(found[1])
    else:
        return None
    return (zeros, many) if 0 <= zeros <= many and many else None


def is_sparsity(said: str) -> bool:
    """Whether ``said`` is nothing but the share of zeros."""
    return any(one.fullmatch(said.strip()) for one in (_SHARE, _OF_MANY, _PATTERN))


def _is_patterned(result: Result) -> bool:
    """Whether so many of each few weights in a row are zero."""
    return pattern(result.model) is not None


_LOWER = re.compile(r"\b(perplexity|error|loss|wer|cer)\b", re.IGNORECASE)


def lower_is_better(result: Result) -> bool:
    """Whether the metric is one of which less is better."""
    return bool(_LOWER.search(result.metric))


def _quality(result: Result) -> float:
    """What sorts the better value first."""
    return result.value.low if lower_is_better(result) else -result.value.low


_WIKITEXT = re.compile(r"wiki ?text[- ]?2\b", re.IGNORECASE)
_ONLY_WIKITEXT = re.compile(
    r"wiki ?text[- ]?2([- ]raw)?(-v1)?(,? \(?(test|validation)( set)?\)?)?", re.IGNORECASE
)
_IMAGENET = re.compile(
    r"(imagenet(-1k)?|ilsvrc[- ]?(20)?12)(,? \(?validation( set)?\)?)?", re.IGNORECASE
)
_NO_QUALITY = re.compile(
    r"\b(speed|speed-?ups?|reduction|ratio|compression|gain(ed)?|drop|loss of|rise|increase|"
    r"decrease|size|time|latency|memory|throughput|fewer|smaller|saved)\b",
    re.IGNORECASE,
)
_MOBILE = 600e6
_FEW_BITS = (1.5, 2.5)


def is_wikitext(result: Result) -> bool:
    """Whether the row is measured on WikiText-2, alone or mixed with others."""
    return bool(_WIKITEXT.match(result.dataset))


def is_wikitext_alone(result: Result) -> bool:
    """Whether it is measured on WikiText-2 and on nothing else."""
    return bool(_ONLY_WIKITEXT.fullmatch(result.dataset.strip()))


def _is_imagenet(result: Result) -> bool:
    return bool(_IMAGENET.fullmatch(result.dataset.strip()))


def is_perplexity(result: Result) -> bool:
    """Whether the metric is perplexity."""
    return result.metric.casefold().strip() == "perplexity"


def is_quality(result: Result) -> bool:
    """Whether the row says how good the model is, not by how much something changed."""
    return result.unit in (None, "%", "dB") and not _NO_QUALITY.search(result.metric)


def is_one_value(result: Result) -> bool:
    """Whether the row gives one value, not a range."""
    return result.value.low == result.value.high


def has_context(result: Result) -> bool:
    """Whether the row states the length of the context."""
    return result.context is not None


def has_context_if_perplexity(result: Result) -> bool:
    """The same, of a row of perplexity; other metrics need no context."""
    return "perplexity" not in result.metric.casefold() or has_context(result)


def has_baseline(result: Result) -> bool:
    """Whether the row states the value of the uncompressed model."""
    return result.baseline is not None


def has_few_bits(result: Result) -> bool:
    """Whether the weights have about two bits."""
    bits = result.bits.weight if result.bits else None
    return bits is not None and _FEW_BITS[0] <= bits <= _FEW_BITS[1]


def is_half_sparse(result: Result) -> bool:
    """Whether half of the weights are zero."""
    share = sparsity(result)
    return share is not None and abs(share - 50) < 1


def is_mobile(result: Result) -> bool:
    """Whether the row is the top-1 of a network on ImageNet that costs little arithmetic."""
    counted = cost(result)
    return (
        counted is not None
        and counted[1] <= _MOBILE
        and _is_imagenet(result)
        and "top-1" in result.metric.casefold()
    )


def widest_first(result: Result) -> Order:
    """By the bits that are left, then by sparsity: scattered zeros first; then the better first."""
    bits = result.bits
    weight = bits.weight if bits else None
    activation = bits.activation if bits else None
    return (
        -(weight or 16),
        -(activation or 16),
        sparsity(result) or 0.0,
        float(_is_patterned(result)),
        variant(result),
        _quality(result),
    )


def cheapest_first(result: Result) -> Order:
    """By arithmetic; then the better first."""
    counted = cost(result)
    return (counted[1] if counted else 0.0, _quality(result))
