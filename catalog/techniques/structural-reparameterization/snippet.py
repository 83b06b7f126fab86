# Structural re-parameterization (Ding et al. 2021, RepVGG): a layer is trained as several branches,
# 3x3, 1x1 and identity, each with a normalization. All of them are linear, so after training their
# kernels are padded to 3x3 and added: a plain convolution runs, with the same answers.
#
# Here: two such blocks on 600 of the 8x8 digits, merged, merged with a branch forgotten, and the
# plain network trained as long. That branches train to a better network does not show in two
# blocks, and time is not measured. Costs are those of the whole network.

import numpy as np

from kb.lab import BatchNorm, Branch, Conv, Dense, Net, Relu, Reshape, accuracy, bars, centred
from kb.lab import claim, macs, paired, parameters, seeds, show, table, train

COPIES = 1  # 3x3 branches in each block
CHANNELS, IMAGES, EPOCHS, EPSILON = 8, 600, 3, 1e-5


def conv(random, size, inputs=CHANNELS, stride=1):
    shape = CHANNELS, inputs, size, size
    weight = random.standard_normal(shape) * np.sqrt(2 / (inputs * size**2))
    return Conv(np.float32(weight), np.zeros(CHANNELS, np.float32), stride)


def branches(random):
    """Of one block: 3x3, as often as wished, 1x1, and the identity, each with its own norm."""
    large = [[conv(random, 3), BatchNorm(CHANNELS)] for _ in range(COPIES)]
    return Branch(*large, [conv(random, 1), BatchNorm(CHANNELS)], [BatchNorm(CHANNELS)])


def plain(random):
    return Branch([conv(random, 3), BatchNorm(CHANNELS)])


def network(block, seed):
    random = np.random.default_rng(seed)
    scores = random.standard_normal((10, 16 * CHANNELS)) * np.sqrt(2 / (16 * CHANNELS))
    scores = Dense(np.float32(scores), np.zeros(10, np.float32))
    stem = conv(random, 3, inputs=1, stride=2)
    blocks = block(random), Relu(), block(random), Relu()
    return Net([Reshape(1, 8, 8), stem, Relu(), *blocks, Reshape(-1), scores])


def kernel_of(path):
    """Kernel (channels, channels, 3, 3) and bias (channels,) of one branch."""
    *linear, norm = path
    gain, shift = norm.parameters
    scale = gain / np.sqrt(norm.variance + EPSILON)  # of the running averages: constants now
    weight, bias = np.eye(CHANNELS)[:, :, None, None], 0  # the identity is a 1x1 kernel, too
    if linear:
        weight, bias = linear[0].weight, linear[0].bias
    wide = np.zeros((CHANNELS, CHANNELS, 3, 3))
    around = 1 - weight.shape[2] // 2  # zeros around a 1x1 kernel
    wide[:, :, around : 3 - around, around : 3 - around] = weight
    return wide * scale[:, None, None, None], shift + scale * (bias - norm.mean)


def merge(net, keep):
    """Each block as one convolution, made of the branches that `keep` lets through."""
    merged = net.copy()
    for index, layer in enumerate(merged.layers):
        if isinstance(layer, Branch):
            parts = [kernel_of(path) for path in layer.paths if keep(path)]
            kernel, bias = (np.float32(sum(part)) for part in zip(*parts))
            merged.layers[index] = Conv(kernel, bias)
    return merged


def size(path):
    """3 or 1; 0 for the identity."""
    return path[0].weight.shape[2] if len(path) > 1 else 0


scores, off = {}, []  # accuracies by network; largest change of a score by merging
for seed in seeds():
    data = centred(seed)
    data = data._replace(x=data.x[:IMAGES], y=data.y[:IMAGES])
    net, alone = network(branches, seed), network(plain, seed)
    for one in (net, alone):
        train(one, data, EPOCHS, batch=50, seed=seed)
    nets = {
        "branches": net,
        "merged": merge(net, keep=lambda path: True),
        "no 1x1": merge(net, keep=lambda path: size(path) != 1),
        "no identity": merge(net, keep=lambda path: size(path) > 0),
        "plain": merge(alone, keep=lambda path: True),
    }
    off.append(np.abs(nets["merged"](data.test_x) - net(data.test_x)).max())
    for name, one in nets.items():
        scores.setdefault(name, []).append(accuracy(one, data))

scores = {name: np.array(found) for name, found in scores.items()}
costs = {name: (parameters(one), macs(one)) for name, one in nets.items()}
table(("", "accuracy", "parameters", "MACs"), [(n, scores[n], *costs[n]) for n in nets])
for name in ("plain", "no 1x1", "no identity"):
    paired(f"merged over {name}", scores["merged"], scores[name])
print(f"merging moves no score by more than 0.0001: {max(off) < 1e-4}")
show(
    bars(
        scores,
        title="One kernel holds all branches",
        y="test accuracy",
        span=(0, 1),
        about="Merged, the network is as accurate as with its branches; with a branch forgotten "
        "it is not.",
    )
)
claim("same", np.array(off) < 1e-4)
claim("cost", costs["plain"] == costs["merged"] < costs["branches"])
claim("needed", (scores["merged"] > scores["no 1x1"]) & (scores["merged"] > scores["no identity"]))
