# KIVI (Liu et al. 2024): keep the KV cache in 2 bits. Keys share a range with the same channel of
# other tokens, values with the other channels of their token; the latest tokens stay as they are.
#
# Here: a tiny language model reads 16 letters, its cache is rounded, and it predicts the next 16.
# One key channel in each head is made loud, and the query channel quiet, which changes no answer:
# the outliers are planted. A quiet model beside it has none.

import numpy as np

from kb.lab import bars, claim, paired, seeds, show, table
from kb.lab.language import CONTEXT, Cache, bits_per_character, characters, loss, tiny_lm, windows

BITS, TIMES, READ, GROUP = 2, 10, 16, 16  # bits; how loud; letters in the cache; numbers a range
HELD = windows(characters()[1], 80)


def plant(net, random):
    """One channel of each head: keys TIMES as large, queries as much smaller."""
    for block in net.blocks:
        attention = block.attention
        weight = attention.into.weight.copy()  # queries, keys, values, one below the other
        channels = len(weight) // 3
        wide = channels // attention.heads
        loud = np.arange(attention.heads) * wide + random.integers(0, wide, attention.heads)
        weight[loud] /= TIMES
        weight[channels + loud] *= TIMES
        attention.into.weight = weight
    return net


def rounded(x, axis):
    """``x`` on 2**BITS even levels between the lowest and the highest along ``axis``."""
    low, high = x.min(axis, keepdims=True), x.max(axis, keepdims=True)
    step = np.maximum(high - low, 1e-9) / (2**BITS - 1)
    return (np.round((x - low) / step) * step + low).astype(x.dtype)


def per_channel(x):
    """x (n, heads, tokens, wide): GROUP tokens of one channel share a range."""
    n, heads, tokens, wide = x.shape
    groups = x.reshape(n, heads, tokens // GROUP, GROUP, wide)
    return rounded(groups, 3).reshape(x.shape)


def per_token(x):
    """x (n, heads, tokens, wide): GROUP channels of one token share a range."""
    n, heads, tokens, wide = x.shape
    groups = x.transpose(0, 2, 1, 3).reshape(n, tokens, -1, GROUP)
    return rounded(groups, 3).reshape(n, tokens, heads, wide).transpose(0, 2, 1, 3)


def predicted(net, keys, values):
    """Bits for a letter of the second half, after a cache that went through both functions."""
    cache = Cache()
    net.next(HELD[:, :READ], cache)
    cache.keys = [keys(one) for one in cache.keys]
    cache.values = [values(one) for one in cache.values]
    scores = net.next(HELD[:, READ:CONTEXT], cache)  # these enter it unrounded
    return loss(scores, HELD[:, READ + 1 :])[0] / np.log(2)


WAYS = {
    "KIVI": (per_channel, per_token),
    "all per token": (per_token, per_token),
    "all per channel": (per_channel, per_channel),
}
quiet, lost, same = {}, {}, []
for seed in seeds():
    nets = tiny_lm(seed), plant(tiny_lm(seed), np.random.default_rng(seed))
    plain = [predicted(net, np.copy, np.copy) for net in nets]
    same.append(abs(bits_per_character(nets[0], HELD) - bits_per_character(nets[1], HELD)))
    for name, way in WAYS.items():
        for net, before, kept in zip(nets, plain, (quiet, lost)):
            kept.setdefault(name, []).append(predicted(net, *way) - before)
quiet, lost = ({name: np.array(v) for name, v in kept.items()} for kept in (quiet, lost))

each = BITS + 32 / GROUP  # the lowest and the step of each range in 16 bits
head = ("bits a character lost", "loud channels", "none")
table(head, [(name, lost[name], quiet[name]) for name in WAYS])
print(f"{each:g} bits a number instead of 16; planting alone changes {max(same):.0e} bits")
paired("loud: all per token minus KIVI", lost["all per token"], lost["KIVI"])
paired("none: all per token minus KIVI", quiet["all per token"], quiet["KIVI"])
show(
    bars(
        {name: {"loud channels": lost[name], "none": quiet[name]} for name in WAYS},
        title="A loud channel needs a range of its own",
        y="bits a character lost",
        about="With loud key channels, ranges per token lose much and ranges per channel hardly "
        "anything; without them all ways are alike.",
    )
)
claim("keys-per-channel", lost["KIVI"] < lost["all per token"])
claim("loudness-is-harmless", np.abs(lost["KIVI"] - quiet["KIVI"]) < 0.01)
