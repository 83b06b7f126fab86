"""The tiny language model: two blocks of a transformer over characters, with trained weights.

28,704 numbers: 32 channels, 4 heads, a context of 32 characters, no biases. The weights are data,
made by `python -m kb.lab.language.make`; nobody trains before post-training quantization.
"""

import hashlib
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kb.lab.language.layers import Attention, Cache, Embedding, Linear, Mlp, Norm, Residual
from kb.lab.language.text import CONTEXT, LETTERS
from kb.lab.layers import Layer
from kb.lab.net import Net
from kb.lab.training import softmax

CHANNELS, HEADS, BLOCKS = 32, 4, 2
FOLDER = Path(__file__).parent
SUMS = FOLDER / "weights.sha256"


class Block:
    """Attention and MLP, each behind its norm: the parts that a method changes."""

    def __init__(self, attention: Attention, mlp: Mlp) -> None:
        self.attention_norm, self.mlp_norm = _norm(), _norm()
        self.attention, self.mlp = attention, mlp

    @property
    def layers(self) -> list[Layer]:
        """Both parts as they stand in the network."""
        return [
            Residual([self.attention_norm, self.attention]),
            Residual([self.mlp_norm, self.mlp]),
        ]

    @property
    def readers(self) -> list[tuple[Norm, Linear]]:
        """Each norm with the linear layer that reads what it puts out."""
        return [(self.attention_norm, self.attention.into), (self.mlp_norm, self.mlp.up)]

    @property
    def linears(self) -> list[Linear]:
        """Its four linear layers, from input to output."""
        return [self.attention.into, self.attention.out, self.mlp.up, self.mlp.down]


class TinyLM(Net):
    """``net(tokens)`` gives the scores (n, t, letters) of what follows each of tokens (n, t)."""

    def __init__(self, embedding: Embedding, blocks: Sequence[Block], head: Linear) -> None:
        self.embedding, self.blocks, self.norm, self.head = embedding, blocks, _norm(), head
        inner = [layer for block in blocks for layer in block.layers]
        super().__init__([embedding, *inner, self.norm, head])

    @property
    def linears(self) -> list[Linear]:
        """The linear layers of all blocks; the one that gives the scores is not among them."""
        return [layer for block in self.blocks for layer in block.linears]

    @property
    def readers(self) -> list[tuple[Norm, Linear]]:
        """Each norm of a block with the linear layer that reads what it puts out."""
        return [pair for block in self.blocks for pair in block.readers]

    def next(self, tokens: np.ndarray, cache: Cache) -> np.ndarray:
        """The scores (n, t, letters) after new ``tokens`` (n, t), which go on where ``cache`` ends.

        The same numbers as `net(all tokens)`, without computing the old places again. Raises
        ValueError beyond the context.
        """
        if cache.seen + tokens.shape[1] > CONTEXT:
            raise ValueError(f"the model sees {CONTEXT} characters, no more")
        self.embedding.start = cache.seen
        x = self.embedding.forward(tokens)
        self.embedding.start = 0
        for number, block in enumerate(self.blocks):
            read = block.attention_norm.forward(x)
            x = x + block.attention.remember(read, cache, number)
            x = x + block.mlp.forward(block.mlp_norm.forward(x))
        cache.seen += tokens.shape[1]
        return self.head.forward(self.norm.forward(x))


def fresh(seed: int = 0) -> TinyLM:
    """A network before training; ``seed`` draws its weights."""
    random = np.random.default_rng(seed)

    def drawn(rows: int, columns: int, size: float) -> np.ndarray:
        return (random.standard_normal((rows, columns)) * size).astype(np.float32)

    def linear(outputs: int, inputs: int, gain: float = 1.0) -> Linear:
        return Linear(drawn(outputs, inputs, gain / math.sqrt(inputs)))

    embedding = Embedding(drawn(len(LETTERS), CHANNELS, 0.3), drawn(CONTEXT, CHANNELS, 0.3))
    blocks = []
    for _ in range(BLOCKS):
        into, out = linear(3 * CHANNELS, CHANNELS), linear(CHANNELS, CHANNELS, 0.5)
        up, down = linear(4 * CHANNELS, CHANNELS, 1.4), linear(CHANNELS, 4 * CHANNELS, 0.5)
        blocks.append(Block(Attention(into, out, HEADS), Mlp(up, down)))
    return TinyLM(embedding, blocks, linear(len(LETTERS), CHANNELS))


def _norm() -> Norm:
    return Norm(np.ones(CHANNELS, np.float32))


def tiny_lm(seed: int = 0) -> TinyLM:
    """The network trained from ``seed``, in float32.

    Weights of eight seeds are kept, of three in the page: a larger seed takes those of its
    remainder, and whatever else it draws differs. Raises ValueError if a file is not, to the byte,
    the one that was made.
    """
    sums = dict(line.split()[::-1] for line in SUMS.read_text(encoding="ascii").splitlines())
    kept = [name for name in sums if (FOLDER / name).exists()]
    name = kept[seed % len(kept)]
    content = (FOLDER / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != sums[name]:
        raise ValueError(f"{name} is not the file that was made: its sha256 differs")
    numbers, net = np.frombuffer(content, "<f2").astype(np.float32), fresh()
    at = 0
    for array in net.parameters:
        array[...] = numbers[at : at + array.size].reshape(array.shape)
        at += array.size
    return net


def loss(scores: np.ndarray, tokens: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean loss in nats of scores (n, t, letters) for the right tokens (n, t), and its gradient."""
    chances = softmax(scores.reshape(-1, scores.shape[-1]).astype(float))
    right = np.arange(tokens.size), tokens.ravel()
    nats = -float(np.mean(np.log(np.maximum(chances[right], 1e-30))))
    chances[right] -= 1
    return nats, (chances / tokens.size).astype(scores.dtype).reshape(scores.shape)


def bits_per_character(net: TinyLM, windows: np.ndarray) -> float:
    """What the model needs to say each next character of ``windows`` (n, CONTEXT + 1), in bits."""
    return loss(net(windows[:, :-1]), windows[:, 1:])[0] / math.log(2)


def inputs(net: TinyLM, layer: Linear, windows: np.ndarray) -> np.ndarray:
    """What ``layer`` of ``net`` reads while it reads ``windows``: rows (n * CONTEXT, inputs).

    Nothing behind the layer is computed. Raises ValueError if it is not a layer of ``net``.
    """
    x = windows[:, :-1]
    for part in net.layers:
        x = part.forward(x)
        if any(array is layer.weight for array in part.parameters):
            return layer.x.reshape(-1, layer.x.shape[-1])
    raise ValueError("the layer is not one of this network")
