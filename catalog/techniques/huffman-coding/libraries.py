# Huffman coding with constriction, a library of entropy coders: `EncoderHuffmanTree` builds the
# code from counts, `QueueEncoder` writes the bits, and the decoder gives back the same indices.
# They are those of a network's weights in 16 even steps, without the pruning that Deep Compression
# does first.

from importlib.metadata import version

import constriction
import numpy as np
import torch
from torch import nn

from kb.lab import table
from kb.lab.pytorch import tensors, train

SEEDS, STEPS = range(3), 16
huffman = constriction.symbol.huffman
print(f"with torch {torch.__version__}, constriction {version('constriction')}")


def indices(weight):
    """Which of the even steps over the layer's range each weight falls into."""
    low, high = weight.min(), weight.max()
    return ((weight - low) / (high - low) * (STEPS - 1)).round().long().flatten().numpy()


def coded(symbols, p):
    """The bits of all symbols as 32-bit words and how many they are; checks that they come back."""
    encoder, tree = constriction.symbol.QueueEncoder(), huffman.EncoderHuffmanTree(p)
    for symbol in symbols:
        encoder.encode_symbol(symbol, tree)
    words, bits = encoder.get_compressed()
    decoder, tree = constriction.symbol.QueueDecoder(words), huffman.DecoderHuffmanTree(p)
    assert [decoder.decode_symbol(tree) for _ in symbols] == symbols
    return words, bits


found = {name: [] for name in ("one length", "Huffman", "entropy")}
for seed in SEEDS:
    torch.manual_seed(seed)
    x, y, *_ = tensors(seed)
    net = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9, weight_decay=1e-3)
    train(net, x, y, 12, optimizer)
    symbols = indices(net[0].weight.detach())
    p = np.bincount(symbols, minlength=STEPS) / len(symbols)
    words, bits = coded(symbols.tolist(), p)
    assert words.nbytes <= bits / 8 + 4
    for rows, each in zip(
        found.values(), (np.log2(STEPS), bits / len(symbols), -(p[p > 0] * np.log2(p[p > 0])).sum())
    ):
        rows.append(each)

table(("", "bits for each weight"), found.items())
assert all(low <= bits < low + 0.1 for low, bits in zip(found["entropy"], found["Huffman"]))
assert np.mean(found["Huffman"]) < 0.9 * np.log2(STEPS)
