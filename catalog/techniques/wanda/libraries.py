# Wanda with torchao: `WandaSparsifier` watches what each linear layer reads, then masks weights by
# size times the norm of their input. As released it takes the square of the norm and compares over
# a whole layer. The root of its `norm`, and blocks that are rows, make it the paper's rule; only
# then is the choice the same after a rescaling that changes no answer.

import copy
from importlib.metadata import version

import torch
from torch import nn
from torchao.sparsity import WandaSparsifier

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, LINEAR = range(3), (0, 2, 4)
print(f"with torch {torch.__version__}, torchao {version('torchao')}")


def rescaled(net):
    """The same answers: hidden units times random factors, what reads them divided by these."""
    net = copy.deepcopy(net)
    with torch.no_grad():
        for writer, reader in ((net[0], net[2]), (net[2], net[4])):
            factors = torch.randn(len(writer.bias)).exp()
            writer.weight *= factors[:, None]
            writer.bias *= factors
            reader.weight /= factors
    return net


def pruned(net, x, rule):
    """Half of the weights gone, and the masks of the layers whose inputs may be rescaled."""
    net, by_row = copy.deepcopy(net), rule != "torchao as it is"
    sparsifier = WandaSparsifier(sparsity_level=0.5)
    rows = [{"semi_structured_block_size": net[i].in_features} if by_row else {} for i in LINEAR]
    sparsifier.prepare(net, [{"tensor_fqn": f"{i}.weight", **row} for i, row in zip(LINEAR, rows)])
    with torch.no_grad():
        net(x)  # calibration: the sums of squares of all inputs
    for i in LINEAR:
        norm = net[i].activation_post_process.norm
        if by_row:
            norm.copy_(torch.ones_like(norm) if rule == "magnitude" else norm.sqrt())
    sparsifier.step()
    masks = [net[i].parametrizations.weight[0].mask.clone() for i in LINEAR[1:]]
    sparsifier.squash_mask()
    return net, torch.cat([mask.flatten() for mask in masks])


RULES = ("magnitude", "torchao as it is", "size times norm")
found = {
    name: {"accuracy": [], "rescaled": [], "choices changed": []} for name in ("dense", *RULES)
}
for seed in SEEDS:
    torch.manual_seed(seed)
    x, y, test_x, test_y = tensors(seed)
    net = nn.Sequential(
        nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 32), nn.ReLU(), nn.Linear(32, 10)
    )
    train(net, x, y, 8, torch.optim.Adam(net.parameters(), 0.005))
    other = rescaled(net)
    masks = {rule: [pruned(one, x, rule) for one in (net, other)] for rule in RULES}
    masks["dense"] = [(one, torch.ones(1)) for one in (net, other)]
    for name, ((small, mask), (again, changed)) in masks.items():
        found[name]["accuracy"].append(accuracy(small, test_x, test_y))
        found[name]["rescaled"].append(accuracy(again, test_x, test_y))
        found[name]["choices changed"].append(float((mask != changed).float().mean()))
    with torch.no_grad():
        by_hand = net[2].weight.abs() * net[:2](x).norm(dim=0)
        by_hand = (by_hand.argsort(1).argsort(1) >= 24).flatten()
    _, mask = masks["size times norm"][0]
    assert (mask[: len(by_hand)].bool() != by_hand).float().mean() < 0.01

table(
    ("half pruned", *found["dense"]), [(name, *scores.values()) for name, scores in found.items()]
)
mean = {rule: {what: sum(v) / len(v) for what, v in s.items()} for rule, s in found.items()}
assert abs(mean["dense"]["rescaled"] - mean["dense"]["accuracy"]) < 0.002
assert mean["size times norm"]["choices changed"] < 0.002
assert min(mean[rule]["choices changed"] for rule in RULES[:2]) > 0.05
