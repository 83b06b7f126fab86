# LoRA with peft: `LoraConfig` names the layers of any PyTorch module, `get_peft_model` freezes its
# weights and puts a product B A beside each of these. Nothing changes at first; after training
# `merge_and_unload` adds the products and gives plain layers with the same answers. As in the
# snippet, the new task are the same digits one pixel to the right.

import copy
from importlib.metadata import version

import torch
from peft import LoraConfig, get_peft_model
from torch import nn

from kb.lab import table
from kb.lab.pytorch import accuracy, tensors, train

SEEDS, EPOCHS, LINEAR = range(3), 6, ("0", "2", "4")
print(f"with torch {torch.__version__}, peft {version('peft')}")


def moved(x):
    """Images (n, 64) one pixel to the right."""
    return nn.functional.pad(x.view(-1, 8, 8)[:, :, :-1], (1, 0)).flatten(1)


def trainable(net):
    return [one for one in net.parameters() if one.requires_grad]


def tuned(net, data):
    """Train what may be trained; accuracy on the new task, and how many numbers that were."""
    x, y, test_x, test_y = data
    train(net, x, y, EPOCHS, torch.optim.Adam(trainable(net), 0.01), size=64)
    return accuracy(net, test_x, test_y), sum(one.numel() for one in trainable(net))


def lora(net, rank):
    config = LoraConfig(r=rank, lora_alpha=rank, target_modules=list(LINEAR))
    return get_peft_model(copy.deepcopy(net), config)


def last_layer(net):
    net = copy.deepcopy(net).requires_grad_(requires_grad=False)
    net[-1].requires_grad_()
    return net


WAYS = {
    "last layer": last_layer,
    **{f"LoRA, rank {rank}": lambda net, rank=rank: lora(net, rank) for rank in (1, 4)},
    "all": copy.deepcopy,
}
found, numbers = {"untouched": [], **{way: [] for way in WAYS}}, {"untouched": 0}
apart = []
for seed in SEEDS:
    torch.manual_seed(seed)
    x, y, test_x, test_y = tensors(seed)
    net = nn.Sequential(
        nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 32), nn.ReLU(), nn.Linear(32, 10)
    )
    train(net, x, y, 8, torch.optim.Adam(net.parameters(), 0.005))
    data = moved(x), y, moved(test_x), test_y
    found["untouched"].append(accuracy(net, *data[2:]))
    for way, prepare in WAYS.items():
        other = prepare(net)
        with torch.no_grad():
            assert torch.equal(other(test_x), net(test_x))  # B is zero: no change yet
        score, numbers[way] = tuned(other, data)
        found[way].append(score)
        if way.startswith("LoRA"):
            frozen = {name: one.clone() for name, one in net.state_dict().items()}
            with torch.no_grad():
                beside, layer = other(data[2]), other.base_model.model[2]
                up, down = layer.lora_B["default"].weight, layer.lora_A["default"].weight
                product = up @ down
                merged = other.merge_and_unload()
                apart.append((merged(data[2]) - beside).abs().max() / beside.abs().max())
            assert type(merged[2]) is nn.Linear and set(merged.state_dict()) == set(frozen)
            assert torch.allclose(merged[2].weight - frozen["2.weight"], product, atol=1e-5)
            assert torch.linalg.matrix_rank(product, rtol=1e-4) <= len(down)

table(
    ("trained", "numbers", "accuracy"),
    [(way, numbers[way], scores) for way, scores in found.items()],
)
print("merged and beside differ relatively by less than 1e-5:", bool(max(apart) < 1e-5))
mean = {way: sum(scores) / len(scores) for way, scores in found.items()}
assert max(apart) < 1e-5
assert numbers["LoRA, rank 4"] == 4 * sum(map(sum, ((64, 48), (48, 32), (32, 10))))
assert mean["LoRA, rank 4"] > mean["last layer"] > mean["untouched"]
