# Kernel redundancy removal (Liu et al. 2018): many kernels of a trained network can go. Measure
# what each removal costs in the task's own terms, here the PSNR of enlarged pictures, against what
# it saves, take the cheapest, and stop at a budget of computation or at a tolerated loss.
#
# Here: three small convolutions that enlarge digits from 4x4 to 8x8 pixels (the pixels are the
# subject, so they are not centred). Measured removal keeps most, before and after training again.
# To take the kernels that answer most alike is no better than chance: so narrow a network has no
# doubles. How the paper searches was not read; the greedy order is ours.

import numpy as np

from kb.lab import Adam, Conv, Digits, Net, Relu, Reshape, claim, digits, input_of, keep_units
from kb.lab import lines, paired, parameters, seeds, show, table, train

SHARE, KERNELS = 0.5, 8  # of the work, for the table and the claims; kernels of a layer
BUDGETS = sorted({1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, SHARE}, reverse=True)


def task(x):
    """Pictures of 4 by 4 (n, 16), and what 8 by 8 pixels add to them, in 4 channels (n, 64)."""
    blocks = x.reshape(-1, 4, 2, 4, 2).transpose(0, 2, 4, 1, 3).reshape(len(x), 4, 16)
    coarse = blocks.mean(1)
    return coarse, (blocks - coarse[:, None]).reshape(len(x), 64)


def sharpener(seed):
    """Three convolutions on the coarse picture; the last gives each of its pixels four new ones."""
    random, layers = np.random.default_rng(seed), [Reshape(1, 4, 4)]
    for inputs, outputs, size in ((1, KERNELS, 1), (KERNELS, KERNELS, 1), (KERNELS, 4, 0.1)):
        weight = random.standard_normal((outputs, inputs, 3, 3)) * size * np.sqrt(2 / 9 / inputs)
        layers += [Conv(weight.astype(np.float32), np.zeros(outputs, np.float32)), Relu()]
    return Net([*layers[:-1], Reshape(-1)])


def squared(output, wanted):
    return float(np.square(output - wanted).mean()), 2 * (output - wanted) / len(output)


def psnr(net, x, y):
    """Peak signal to noise ratio in decibels; pixels go from 0 to 1."""
    return -10 * np.log10(np.square(net(x) - y).mean())


def work(net):
    """Multiply-adds for each pixel of the coarse picture."""
    return sum(layer.weight.size for layer in net.weighted)


def measured(net, i, x, y):
    """The drop of quality without each kernel of layer i, for each multiplication that it saves."""
    whole, following, drops = psnr(net, x, y), net.weighted[i + 1], []
    weight = following.weight
    for kernel in range(weight.shape[1]):
        following.weight = weight * (np.arange(weight.shape[1]) != kernel)[:, None, None]
        drops.append(whole - psnr(net, x, y))
    following.weight = weight
    return np.array(drops) / (net.weighted[i].weight[0].size + weight[:, 0].size)


def by_likeness(net, i, x, *_):
    """How far its answers are from those most like them: 1 - cosine; of two, the weaker goes."""
    answers = input_of(net, net.weighted[i + 1], x).swapaxes(0, 1)
    answers = answers.reshape(len(answers), -1)
    sizes = np.linalg.norm(answers, axis=1) + 1e-6
    cosines = answers @ answers.T / np.outer(sizes, sizes) - 2 * np.eye(len(sizes))
    return 1 - cosines.max(1) + 1e-6 * sizes / sizes.max()


def shrunk(net, score, x, y):
    """Networks from the whole one down to the least budget: always the lowest score goes."""
    nets = [net]
    while work(nets[-1]) > BUDGETS[-1] * work(net):
        scores = [score(nets[-1], i, x, y) for i in (0, 1)]
        i = min((i for i in (0, 1) if len(scores[i]) > 1), key=lambda i: scores[i].min())
        nets.append(keep_units(nets[-1], i, np.arange(len(scores[i])) != scores[i].argmin()))
    return nets


WAYS = {
    "measured": measured,
    "most alike": by_likeness,
    "small norms": lambda net, i, *_: np.abs(net.weighted[i].weight).mean((1, 2, 3)),
    "random": lambda net, i, *_: chance.random(len(net.weighted[i].bias)),
}
found, likeness, chance = {name: [] for name in WAYS}, [], np.random.default_rng(seeds()[0])
half = BUDGETS.index(SHARE)
for seed in seeds():
    data = digits(seed)
    (x, y), (test_x, test_y) = task(data.x[:400]), task(data.test_x[:80])
    net, pairs = sharpener(seed), Digits(x, y, test_x, test_y)
    train(net, pairs, epochs=6, batch=20, seed=seed, optimizer=Adam(0.01), loss=squared)
    likeness += [1 - by_likeness(net, i, x[:40]).min() for i in (0, 1)]
    for name, score in WAYS.items():
        nets = shrunk(net, score, x[:40], y[:40])
        shares = np.array([work(one) for one in nets]) / work(net)
        quality = np.array([psnr(one, test_x, test_y) for one in nets])
        at = [np.argmax(shares <= budget) for budget in BUDGETS]  # the first that is within it
        small, near = nets[at[half]], np.argmin(quality > quality[0] - 1) - 1
        train(small, pairs, epochs=1, batch=40, seed=seed, optimizer=Adam(0.005), loss=squared)
        found[name].append([*quality[at], psnr(small, test_x, test_y), shares[near]])

found = {name: np.array(rows) for name, rows in found.items()}
cut, again, work_left = ({name: rows[:, i] for name, rows in found.items()} for i in (half, -2, -1))
table(
    ("PSNR in dB", f"at {SHARE:.0%} of the work", "trained again", "work for 1 dB less"),
    [(name, cut[name], again[name], work_left[name]) for name in WAYS],
)
print(f"all kernels: {found['random'][:, 0].mean():.1f} dB, {work(net):,} multiply-adds a pixel,")
print(f"{parameters(net):,} parameters; cosine of the most alike: {np.mean(likeness):.2f}")
for name in ("small norms", "random"):
    paired(f"cut, measured over {name}", cut["measured"], cut[name])
    paired(f"trained again, measured over {name}", again["measured"], again[name])
paired("cut, most alike over random", cut["most alike"], cut["random"])
show(
    lines(
        {name: (BUDGETS, rows[:, : len(BUDGETS)]) for name, rows in found.items()},
        title="Ask the task which kernels may go",
        x="multiply-adds left, at most",
        y="PSNR in dB, not trained again",
        at=SHARE,
        span=(10, 18),
        about="Measured removal keeps the best picture at every budget. Small norms and random "
        "kernels follow; those most alike are no better a choice.",
    )
)
claim("asks-task", (cut["measured"] > cut["random"]) & (cut["measured"] > cut["small norms"]))
