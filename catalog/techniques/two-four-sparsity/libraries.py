# 2:4 sparsity with PyTorch: `WeightNormSparsifier` keeps the two largest weights of every four
# neighbours in a row. A mask holds the zeros while the network is trained again; `squash_mask` then
# leaves plain weights. The product that skips zeros, `to_sparse_semi_structured`, needs a GPU.

import torch
from torch import nn
from torch.ao.pruning import WeightNormSparsifier

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, HIDDEN = range(3), 16
WAYS = {  # the share of blocks that are touched, the shape of a block, how many of it become zero
    "anywhere": (0.5, (1, 1), 1),
    "two of four": (1.0, (1, 4), 2),
    "four of eight": (1.0, (1, 8), 4),
}
print(f"with torch {torch.__version__}")


def pruned(net, way):
    """A sparsifier whose masks are on the weights of ``net`` from here on."""
    share, shape, zeros = WAYS[way]
    sparsifier = WeightNormSparsifier(share, shape, zeros)
    layers = [name for name, layer in net.named_modules() if isinstance(layer, nn.Linear)]
    sparsifier.prepare(net, [{"tensor_fqn": f"{name}.weight"} for name in layers])
    sparsifier.step()
    return sparsifier


def fullest(weight):
    """How many of four neighbours in a row stay, at most."""
    return int((weight.reshape(-1, 4) != 0).sum(1).max())


found = {way: {"dense": [], "cut": [], "trained again": []} for way in WAYS}
shares, most = {}, {}
for seed in SEEDS:
    x, y, test_x, test_y = tensors(seed)
    for way, scores in found.items():
        torch.manual_seed(seed)
        net = nn.Sequential(
            nn.Linear(64, HIDDEN),
            nn.ReLU(),
            nn.Linear(HIDDEN, HIDDEN),
            nn.ReLU(),
            nn.Linear(HIDDEN, 10),
        )
        train(net, x, y, 8, torch.optim.Adam(net.parameters(), 0.01))
        scores["dense"].append(accuracy(net, test_x, test_y))
        size = net[0].weight.detach().abs().reshape(-1, 4)
        sparsifier = pruned(net, way)
        left = net[0].weight.detach().abs().reshape(-1, 4)
        if way == "two of four":
            assert torch.allclose(left.sum(1), size.topk(2).values.sum(1))
        scores["cut"].append(accuracy(net, test_x, test_y))
        train(net, x, y, 4, torch.optim.Adam(net.parameters(), 0.005))
        sparsifier.squash_mask()
        scores["trained again"].append(accuracy(net, test_x, test_y))
        weights = [layer.weight.detach() for layer in net if isinstance(layer, nn.Linear)]
        zeros = sum(int((weight == 0).sum()) for weight in weights)
        shares[way] = zeros / sum(weight.numel() for weight in weights)
        most[way] = max(map(fullest, weights))
        assert type(net[0]) is nn.Linear and set(net.state_dict()) == {
            f"{layer}.{name}" for layer in (0, 2, 4) for name in ("weight", "bias")
        }

table(
    ("zeros", *found["anywhere"], "share of zeros", "most of four left"),
    [(way, *scores.values(), shares[way], most[way]) for way, scores in found.items()],
)
mean = {way: {when: sum(v) / len(v) for when, v in s.items()} for way, s in found.items()}
assert most["two of four"] == 2 and most["anywhere"] == most["four of eight"] == 4
assert all(abs(share - 0.5) < 1e-6 for share in shares.values())
assert mean["two of four"]["trained again"] > mean["two of four"]["dense"] - 0.02
