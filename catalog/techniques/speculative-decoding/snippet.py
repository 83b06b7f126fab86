# Speculative decoding (Leviathan et al. 2023): a cheap draft writes some letters ahead, the large
# model judges all of them in one call. What is kept has exactly the large model's distribution.
#
# Here: a tiny language model, and three drafts - any letter at random, counts of letter pairs, and
# another network of the same size, which is the better writer but no cheaper. The distribution is
# summed up over all letters, not sampled. Calls are counted; in NumPy no time is gained.

import numpy as np

from kb.lab import claim, lines, paired, seeds, show, softmax, table
from kb.lab.language import CONTEXT, LETTERS, characters, tiny_lm, windows

DRAFTED, MOST = 4, 8  # letters drafted ahead, and how many at most
READ, PLACES = 16, 64  # letters that are read first, and at how many places in the text
TRAIN, HELD = characters()
PAIRS = np.full((len(LETTERS), len(LETTERS)), 0.1)
np.add.at(PAIRS, (TRAIN[:-1], TRAIN[1:]), 1)
PAIRS /= PAIRS.sum(1, keepdims=True)


def chances(net, tokens):
    """What `net` expects after each of tokens (n, t): (n, t, letters)."""
    scores = net(tokens).astype(float)
    return softmax(scores.reshape(-1, scores.shape[-1])).reshape(scores.shape)


def kept(p, q):
    """How likely a drafted letter is kept, for chances p of the large model and q of the draft."""
    return np.minimum(1, p / q)


def rest(p, q):
    """From what the letter comes that takes the place of a refused one: where p is above q."""
    left = np.maximum(p - q, 0)
    return left / np.maximum(left.sum(-1, keepdims=True), 1e-300)


def written(p, q):
    """The distribution of the letter that is written: drafted and kept, or refused and replaced."""
    both = q * kept(p, q)
    return both + (1 - both.sum(-1, keepdims=True)) * rest(p, q)


def drawn(p, random):
    return (p.cumsum(-1) > random.random((len(p), 1)) * p.sum(-1, keepdims=True)).argmax(-1)


def step(net, draft, tokens, random):
    """Letters kept out of MOST drafted (n,), and p and q (n, MOST, letters)."""
    q = []
    for _ in range(MOST):
        q.append(draft(tokens))
        tokens = np.concatenate([tokens, drawn(q[-1], random)[:, None]], 1)
    q, letters = np.stack(q, 1), tokens[:, -MOST:, None]
    p = chances(net, tokens)[:, -MOST - 1 : -1]  # one call judges them all
    chance = np.take_along_axis(kept(p, q), letters, -1)[..., 0]
    refused = random.random(chance.shape) > chance
    return np.where(refused.any(1), refused.argmax(1), MOST), p, q


AHEAD = np.arange(1, MOST + 1)
calls, far, taken = {}, {}, {}
for seed in seeds():
    net, other, random = tiny_lm(seed), tiny_lm(seed + 1), np.random.default_rng(seed)
    start = int(random.integers(len(HELD) - PLACES * (CONTEXT + 1)))
    text = windows(HELD, PLACES, start=start)[:, :READ]
    drafts = {
        "random letter": lambda tokens: np.full((len(tokens), len(LETTERS)), 1 / len(LETTERS)),
        "letter pairs": lambda tokens: PAIRS[tokens[:, -1]],
        "other network": lambda tokens: chances(other, tokens)[:, -1],
    }
    for name, draft in drafts.items():
        n, p, q = step(net, draft, text, random)
        tokens = np.minimum(n[:, None], AHEAD).mean(0) + 1  # one more from the large model
        calls.setdefault(name, []).append(tokens)
        taken.setdefault(name, []).append((q * kept(p, q)).sum(-1).mean())
        far.setdefault(name, []).append(np.abs(written(p, q) - p).sum(-1).max() / 2)
calls, far, taken = ({k: np.array(v) for k, v in one.items()} for one in (calls, far, taken))
at = {name: values[:, DRAFTED - 1] for name, values in calls.items()}
formula = {name: (a[:, None] ** np.arange(DRAFTED + 1)).sum(1) for name, a in taken.items()}

head = ("draft", "kept", "letters a call", "by formula", "judged a letter", "off by")
rows = [
    (name, taken[name], some, formula[name], (DRAFTED + 1) / some, f"{far[name].max():.0e}")
    for name, some in at.items()
]
table(head, rows)
paired(f"{DRAFTED} ahead, letter pairs over random letter", at["letter pairs"], at["random letter"])
show(
    lines(
        {name: (AHEAD, values) for name, values in calls.items()},
        title="The better the draft, the fewer the calls",
        x="letters drafted ahead",
        y="letters a call",
        at=DRAFTED,
        span=(0.9, 6),
        about="Letters written per call of the large model rise with the quality of the draft and "
        "level off with the number drafted; all three texts have the same distribution.",
    )
)
claim("same-distribution", np.max(list(far.values()), 0) < 1e-9)
claim("fewer-calls", at["letter pairs"] > 1.3)
claim(
    "draft-decides",
    (at["other network"] > at["letter pairs"]) & (at["letter pairs"] > at["random letter"]),
)
