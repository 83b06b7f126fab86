# FlashAttention (Dao et al. 2022): attention in blocks that fit into fast memory. A running maximum
# and a running sum make softmax exact although no row of scores is ever whole.
#
# Here: keys and queries drawn at random, one head. A memory counts each number that is read or
# written; what a block needs is taken to be fast and free. Plain attention writes its scores and
# reads them again. NumPy itself gets no faster by this.

import numpy as np

from kb.lab import claim, lines, seeds, show, table

BLOCK, WIDTH, LENGTHS = 64, 16, (64, 128, 256, 384, 512)


class Memory:
    """How many numbers went through slow memory, and the most scores that were held at once."""

    def __init__(self):
        self.moved = self.most = 0

    def read(self, *arrays):
        self.moved += sum(array.size for array in arrays)
        return arrays

    def write(self, array):
        self.moved += array.size
        return array

    def held(self, scores):
        self.most = max(self.most, scores.size)
        return scores


def softmax(scores):
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def plain(q, k, v, memory):
    """Attention (n, d) of queries, keys and values (n, d), one step after another."""
    memory.read(q, k)
    scores = memory.write(memory.held(q @ k.T / np.sqrt(WIDTH)))
    memory.read(scores)
    shares = memory.write(softmax(scores))
    memory.read(shares, v)
    return memory.write(shares @ v)


def tiled(q, k, v, memory):
    """The same in blocks; of former blocks stay a maximum, a sum and an output for each row."""
    done = []
    for row in range(0, len(q), BLOCK):
        (rows,) = memory.read(q[row : row + BLOCK])
        top = np.full((len(rows), 1), -np.inf)  # the largest score so far
        total, out = np.zeros((len(rows), 1)), np.zeros_like(rows)
        for column in range(0, len(k), BLOCK):
            keys, values = memory.read(k[column : column + BLOCK], v[column : column + BLOCK])
            scores = memory.held(rows @ keys.T / np.sqrt(WIDTH))
            new = np.maximum(top, scores.max(1, keepdims=True))
            former = np.exp(top - new)  # the idea: what was summed under another maximum shrinks
            powers = np.exp(scores - new)
            total = total * former + powers.sum(1, keepdims=True)
            out = out * former + powers @ values
            top = new
        done.append(memory.write(out / total))
    return np.concatenate(done)


def apart(q, k, v, memory):
    """Each block of keys with a softmax of its own, then the mean: what the sums are there for."""
    starts = range(0, len(k), BLOCK)
    cut = [(k[at : at + BLOCK], v[at : at + BLOCK]) for at in starts]
    return np.mean([softmax(q @ keys.T / np.sqrt(WIDTH)) @ values for keys, values in cut], 0)


def largest_error(way, seed):
    random = np.random.default_rng(seed)
    q, k, v = (random.standard_normal((LENGTHS[-1], WIDTH)) * size for size in (3, 1, 1))
    wanted = plain(q, k, v, Memory())
    return np.abs(way(q, k, v, Memory()) - wanted).max()


def counted(way):
    """Memories (lengths,) after attention over each length; the same for all seeds."""
    memories = [Memory() for _ in LENGTHS]
    for length, memory in zip(LENGTHS, memories):
        way(*np.ones((3, length, WIDTH)), memory)
    return memories


off = {way.__name__: np.array([largest_error(way, s) for s in seeds()]) for way in (tiled, apart)}
memories = {way.__name__: counted(way) for way in (plain, tiled)}
moved = {name: np.array([one.moved for one in kept]) for name, kept in memories.items()}
longest = {name: kept[-1] for name, kept in memories.items()}

print(
    f"largest error, blocks of {BLOCK}: {off['tiled'].max():.0e}; apart: {off['apart'].mean():.2f}"
)
rows = [(name, f"{one.moved:,}", f"{one.most:,}") for name, one in longest.items()]
table((f"{LENGTHS[-1]} tokens", "numbers moved", "scores held"), rows)
show(
    lines(
        {name: (LENGTHS, numbers / 1e6) for name, numbers in moved.items()},
        title="Blocks spare the way to slow memory",
        x="tokens",
        y="numbers moved, in millions",
        span=(0, 1.2),
        about="Plain attention moves over a million numbers for 512 tokens; in blocks it moves a "
        "fraction of them, the less the larger the block.",
    )
)
claim("exact", off["tiled"] < 1e-12)
claim("by-the-running-sum", off["tiled"] < off["apart"] / 1e6)
claim("less-moved", moved["tiled"][-1] < moved["plain"][-1])
claim("no-square", longest["tiled"].most < longest["plain"].most / 10)
