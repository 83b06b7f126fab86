# Product quantization of weights with faiss, a library of nearest-neighbour search. Its
# `ProductQuantizer` learns a codebook for each place along the rows and stores an index for each
# piece. It fits the weights; Wu et al. 2016 fit the layer's output after that.

import faiss
import numpy as np
import torch
from torch import nn

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, PIECE, BITS = range(3), 4, (2, 4, 6)
print(f"with torch {torch.__version__}, faiss {faiss.__version__}")


def quantized(weight, bits):
    """The weight (outputs, inputs) made of codewords, and the bytes of indices and codebooks."""
    rows = weight.detach().numpy()
    quantizer = faiss.ProductQuantizer(rows.shape[1], rows.shape[1] // PIECE, bits)
    quantizer.cp.min_points_per_centroid = 1  # rows are few; say nothing
    quantizer.train(rows)
    codes = quantizer.compute_codes(rows)  # (outputs, bytes), packed
    return torch.from_numpy(quantizer.decode(codes)), codes.nbytes + 4 * quantizer.centroids.size()


faiss.omp_set_num_threads(1)
found = {bits: ([], []) for bits in (32, *BITS)}
for seed in SEEDS:
    torch.manual_seed(seed)
    x, y, test_x, test_y = tensors(seed)
    net = nn.Sequential(
        nn.Linear(64, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
    )
    train(net, x, y, 15, torch.optim.SGD(net.parameters(), 0.05, momentum=0.9))
    hidden = [net[0], net[2]]
    start = [layer.weight.detach().clone() for layer in hidden]
    found[32][0].append(accuracy(net, test_x, test_y))
    found[32][1].append(4 * sum(weight.numel() for weight in start))
    for bits in BITS:
        new, sizes = zip(*(quantized(weight, bits) for weight in start))
        for layer, weight in zip(hidden, new):
            layer.weight.data = weight
        found[bits][0].append(accuracy(net, test_x, test_y))
        found[bits][1].append(sum(sizes))

rows = [
    ("float32" if bits == 32 else f"{2**bits} codewords", scores, sizes[0])
    for bits, (scores, sizes) in found.items()
]
table((f"pieces of {PIECE}", "accuracy", "bytes of both hidden layers"), rows)
assert np.mean(found[6][0]) > np.mean(found[32][0]) - 0.02 and found[4][1][0] < found[32][1][0] / 10
