# Uniform magnitude pruning with `torch.nn.utils.prune`, the functions that come with PyTorch.
# They put a mask over the weights and keep it through training; nothing gets smaller until the
# zeros are left out, here in compressed sparse rows.

import torch
from torch import nn
from torch.nn.utils import prune

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, SHARES = range(3), (0.8, 0.9, 0.95)
print(f"with torch {torch.__version__}")


def stored(weight):
    """Bytes of the weights that are not zero and of the indices that say where they stand."""
    rows = weight.detach().to_sparse_csr()
    indices = (rows.crow_indices().to(torch.int32), rows.col_indices().to(torch.int32))
    return sum(part.numel() * part.element_size() for part in (rows.values(), *indices))


dense, cut, again, size = [], [], [], []
for seed in SEEDS:
    torch.manual_seed(seed)
    x, y, test_x, test_y = tensors(seed)
    net = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    train(net, x, y, 15, torch.optim.SGD(net.parameters(), 0.05, momentum=0.9))
    start = {name: value.clone() for name, value in net.state_dict().items()}
    dense.append(accuracy(net, test_x, test_y))
    for share in SHARES:
        net.load_state_dict(start)
        for layer in (net[0], net[2]):
            prune.l1_unstructured(layer, "weight", amount=share)
        cut.append(accuracy(net, test_x, test_y))
        train(net, x, y, 10, torch.optim.SGD(net.parameters(), 0.02, momentum=0.9))
        for layer in (net[0], net[2]):
            prune.remove(layer, "weight")  # the mask becomes zeros in the weight itself
        again.append(accuracy(net, test_x, test_y))
        size.append(sum(stored(layer.weight) for layer in (net[0], net[2])))

whole, count = 4 * (64 * 128 + 128 * 10), len(SHARES)
rows = [
    (f"{share:.0%} zeros", cut[i::count], again[i::count], size[i])
    for i, share in enumerate(SHARES)
]
table(("", "cut", "cut and retrained", "bytes of weights"), [("dense", dense, "", whole), *rows])
assert (
    sum(again[1::count]) > sum(dense) - 0.02 * len(SEEDS)
    and sum(again[2::count]) > sum(cut[2::count]) + 0.2
)
assert size[1] < 0.25 * whole
