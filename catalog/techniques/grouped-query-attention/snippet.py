# Grouped-query attention (Ainslie et al. 2023; one group: multi-query, Shazeer 2019): several query
# heads read the same keys and values, so that the cache holds fewer of them for each token. A
# trained model is converted by taking the mean of the heads that become one, then trained briefly.
#
# Here: a tiny language model with four heads. Control: the first head of each group in place of the
# mean. Beside it multi-head latent attention (DeepSeek-V2, 2024): keys and values of all heads are
# made from one short vector, here by a singular value decomposition, and only that is cached.

import numpy as np

from kb.lab import bars, claim, paired, seeds, show, table
from kb.lab.language import (
    CONTEXT,
    Cache,
    bits_per_character,
    characters,
    inputs,
    tiny_lm,
    tune,
    windows,
)

GROUPS, STEPS = 2, 30  # heads of keys and values that are left; steps of training afterwards
HEADS, WIDE, READ = 4, 8, 16  # query heads; channels of a head; letters in the cache
SHORT = GROUPS * WIDE  # numbers of the latent vector: half of what GROUPS keys and values take
TRAIN, HELD = characters()
HELD = windows(HELD, 40)


def merged(weight, merge):
    """Weight (3 * channels, channels) of queries, keys and values, with GROUPS of the last two."""
    queries, rest = np.split(weight, [HEADS * WIDE])
    heads = rest.reshape(2, GROUPS, HEADS // GROUPS, WIDE, -1)
    one = np.broadcast_to(merge(heads), heads.shape).reshape(rest.shape)
    return np.concatenate([queries, one]).astype(weight.dtype)


def mean(weight):
    return merged(weight, lambda heads: heads.mean(2, keepdims=True))


def first(weight):
    return merged(weight, lambda heads: heads[:, :, :1])


def factors(weight):
    """Keys and values as ``up @ down``: down makes the latent vector, up makes them from it."""
    u, s, v = np.linalg.svd(weight[HEADS * WIDE :], full_matrices=False)
    return u[:, :SHORT] * s[:SHORT], v[:SHORT]


def latent(weight):
    return np.concatenate([weight[: HEADS * WIDE], np.matmul(*factors(weight))])


def converted(seed, rule, steps=0):
    net = tiny_lm(seed)
    for block in net.blocks:
        block.attention.into.transform = rule  # also while it is trained
    tune(net, TRAIN, steps, batch=8, seed=seed)
    return net


def small_cache(net):
    """Scores after a cache with one head a group, and how many numbers it holds for a letter."""
    cache, each = Cache(), HEADS // GROUPS
    net.next(HELD[:, :READ], cache)
    keys, values = ([a[:, ::each] for a in kept] for kept in (cache.keys, cache.values))
    cache.keys, cache.values = ([np.repeat(a, each, 1) for a in kept] for kept in (keys, values))
    return net.next(HELD[:, READ:CONTEXT], cache), sum(a[0, :, 0].size for a in keys + values)


def absorbed(net):
    """Largest difference of the attention scores if queries go to the latent, not it to keys."""
    layer = net.blocks[0].attention.into
    x, (up, down) = inputs(net, layer, HELD).astype(float), factors(layer.weight.astype(float))
    up = up[: HEADS * WIDE].reshape(HEADS, WIDE, SHORT)
    queries = (x @ layer.weight[: HEADS * WIDE].T).reshape(-1, HEADS, WIDE)
    keys = np.einsum("hwr,nr->nhw", up, x @ down.T)
    short = np.einsum("nhw,hwr->nhr", queries, up)  # (places, heads, SHORT): once for a query
    scores = np.einsum("nhw,mhw->hnm", queries[:64], keys[:64])
    return np.abs(scores - np.einsum("nhr,mr->hnm", short[:64], x[:64] @ down.T)).max()


WAYS = {"mean": (mean, 0), "first": (first, 0), "trained": (mean, STEPS), "latent": (latent, 0)}
plain, gap, exact, lost = [], [], [], {name: [] for name in WAYS}
for seed in seeds():
    plain.append(bits_per_character(tiny_lm(seed), HELD))
    for name, way in WAYS.items():
        net = converted(seed, *way)
        lost[name].append(bits_per_character(net, HELD) - plain[-1])
        if name == "mean":
            scores, numbers = small_cache(net)
            gap.append(np.abs(scores - net(HELD[:, :-1])[:, READ:]).max())
    exact.append(absorbed(tiny_lm(seed)))
lost = {name: np.array(found) for name, found in lost.items()}

all_heads = 2 * 2 * HEADS * WIDE  # two blocks, keys and values
rows = [(n, 2 * SHORT if n == "latent" else numbers, found) for n, found in lost.items()]
table((f"instead of {all_heads}", "numbers a letter", "bits a character lost"), rows)
print(f"full cache and small one differ by {max(gap):.0e}, absorbed or not by {max(exact):.0e}")
paired("first minus mean", lost["first"], lost["mean"])
paired("mean minus latent", lost["mean"], lost["latent"])
show(
    bars(
        lost,
        title="Heads that share keys and values",
        y="bits a character lost",
        about="The mean of the heads loses less than the first; a little training wins back some; "
        "a latent vector of half the size loses less than all.",
    )
)
claim("same-answers", (np.array(gap) < 1e-3) & (numbers * HEADS == all_heads * GROUPS))
claim("training-helps", lost["trained"] < lost["mean"])
claim("latent-loses-less", lost["latent"] < lost["mean"])
claim("absorbed", np.array(exact) < 1e-9)
