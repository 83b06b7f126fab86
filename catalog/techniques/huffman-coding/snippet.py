# Huffman coding of weights (Han et al. 2016, Deep Compression): after pruning and sharing, some
# indices and some gaps between the weights that are left occur far more often than others; short
# codes for these save 20 to 30% of the storage and lose nothing.
#
# Here: the whole pipeline on a 64-64-10 network and 8x8 digits, 4 seeds: prune 90%, share 16
# values, code. Every layer is decoded again and must be the same. The layers are tiny, so
# codebooks and code tables, which are counted, weigh more than in the paper.

from collections import Counter

import numpy as np

from kb.lab import accuracy, bars, dense_net, digits, layer_masks, prune, show, table, train

SEEDS, VALUES, HOW = range(4), 16, ("one length", "Huffman", "entropy")


def huffman(symbols):
    """A prefix code: join the two rarest groups again and again; each join adds a bit in front."""
    counts = sorted(Counter(symbols).items())
    groups = [(count, number, {symbol: ""}) for number, (symbol, count) in enumerate(counts)]
    while len(groups) > 1:
        (few, _, left), (more, number, right), *rest = sorted(groups)
        zeros = {symbol: "0" + code for symbol, code in left.items()}
        ones = {symbol: "1" + code for symbol, code in right.items()}
        groups = [*rest, (few + more, number, zeros | ones)]
    return groups[0][2]


def decode(text, code):
    meaning, word = {bits: symbol for symbol, bits in code.items()}, ""
    for bit in text:
        word += bit
        if word in meaning:
            yield meaning[word]
            word = ""


def measure(symbols):
    """Bits for each symbol: one length for all, Huffman's code, entropy. Decodes as a check."""
    code, p = huffman(symbols), np.unique(symbols, return_counts=True)[1] / len(symbols)
    text = "".join(code[symbol] for symbol in symbols)
    assert list(decode(text, code)) == symbols
    return np.ceil(np.log2(max(symbols) + 1)), len(text) / len(symbols), -(p * np.log2(p)).sum()


def share(values, rounds=15):
    """k-means from an even start: the codebook, and an index into it for each value."""
    centres = np.linspace(values.min(), values.max(), VALUES)
    for _ in range(rounds):
        index = np.abs(values[:, None] - centres).argmin(1)
        for i in set(index):
            centres[i] = values[index == i].mean()
    return centres, index


bits = {name: [] for name in ("weight indices", "gaps", "even indices")}
scores, sizes = [], []
for seed in SEEDS:
    data, net = digits(seed), dense_net(64, 64, 10, seed=seed)
    train(net, data, seed=seed)
    before, total = accuracy(net, data), np.zeros(4)
    prune(net, layer_masks(net, 0.9))
    train(net, data, epochs=6, seed=seed)
    pruned = accuracy(net, data)
    for layer in net.weighted:
        places = np.flatnonzero(layer.weight)
        codebook, index = share(layer.weight.ravel()[places])
        layer.weight.ravel()[places] = codebook[index]
        gaps, n = np.diff(places, prepend=-1) - 1, len(places)
        for rows, stream in zip(bits.values(), (index, gaps, np.arange(n) % VALUES)):
            rows.append(measure(stream.tolist()))
        (fixed, coded, _), (gap, coded_gap, _), _ = (rows[-1] for rows in bits.values())
        books, code_tables = 32 * VALUES, 8 * (VALUES + len(set(gaps)))
        total += [
            32 * layer.weight.size,
            n * (32 + gap),
            n * (fixed + gap) + books,
            n * (coded + coded_gap) + books + code_tables,
        ]
    scores.append([before, pruned, accuracy(net, data), accuracy(net, data)])
    sizes.append(total[0] / total)

bits = {name: dict(zip(HOW, np.transpose(rows))) for name, rows in bits.items()}
scores, sizes = np.transpose(scores), np.transpose(sizes)
table(("bits for each", *HOW), [(name, *by.values()) for name, by in bits.items()])
print()
table(
    ("", "accuracy", "times smaller"), zip(("float32", "pruned", "shared", "coded"), scores, sizes)
)
assert all(
    low <= mean < low + 1 for by in bits.values() for low, mean in zip(by["entropy"], by["Huffman"])
)
assert sizes[3].mean() > 1.08 * sizes[2].mean()
show(
    bars(
        bits,
        title="Short codes for frequent symbols",
        y="bits for each symbol",
        about="Huffman's code comes within a fraction of a bit of the entropy. It saves on indices "
        "and gaps, and nothing on indices that are used evenly.",
    )
)
