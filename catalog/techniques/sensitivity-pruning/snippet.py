# Sensitivity pruning: every layer gets the sparsity it can bear. Han et al. (2015) prune one layer
# alone, watch accuracy fall, and set the layer's threshold to s times the standard deviation of its
# weights, with a smaller s where it falls early. Of Gaussian weights that drops erf(s / sqrt(2)).
#
# Here: a 64-96-14-10 network on 8x8 digits, 4 seeds, chosen so that layers differ: the last has 140
# weights, the first 6,144. One s for all is nearly one share for all, and no better; an s for each
# layer from the scan saves the last one. One plain threshold for all does so without a scan.

from math import erf, sqrt

import numpy as np

from kb.lab import SGD, accuracy, dense_net, digits, lines, prune, show, sparsity, table, train

SEEDS, SIZES, TOTAL = range(4), (64, 96, 14, 10), 0.9
S = (0, 0.5, 1, 1.25, 1.5, 2, 2.5, 3)


def scan(net, data):
    """Training accuracy (layers, len(S)) with one layer pruned alone, at s times its sigma."""
    x, y, found = data.x[:600], data.y[:600], []
    for layer in net.weighted:
        whole, curve = layer.weight, []
        for s in S:
            layer.weight = whole * (np.abs(whole) > s * whole.std())
            curve.append(np.mean(net(x).argmax(1) == y))
        layer.weight = whole
        found.append(curve)
    return np.array(found)


def bearable(curve, loss):
    """The s up to which the layer alone loses no more than ``loss``."""
    falling = np.minimum.accumulate(curve)
    return np.interp(loss, falling[0] - falling, S)


RULES = {  # a layer's threshold from a dial between 0 and 1, its weights w and its curve
    "same share": lambda dial, w, curve: np.quantile(np.abs(w), dial),
    "one s": lambda dial, w, curve: 4 * dial * w.std(),
    "s by scan": lambda dial, w, curve: bearable(curve, dial) * w.std(),
    "one threshold": lambda dial, w, curve: 2 * dial,
}


def masks_for(rule, net, curves):
    """Turn the dial until TOTAL of all weights are below their layer's threshold."""
    low, high = 0.0, 1.0
    while high - low > 1e-4:
        dial = (low + high) / 2
        masks = [
            np.abs(layer.weight) > rule(dial, layer.weight, curve)
            for layer, curve in zip(net.weighted, curves)
        ]
        gone = 1 - sum(mask.sum() for mask in masks) / sum(mask.size for mask in masks)
        low, high = (dial, high) if gone < TOTAL else (low, dial)
    return masks


scans, tuned, shares = [], {}, {}
for seed in SEEDS:
    data, net = digits(seed), dense_net(*SIZES, seed=seed)
    train(net, data, batch=64, seed=seed)
    scans.append(scan(net, data))
    for name, rule in RULES.items():
        small, masks = net.copy(), masks_for(rule, net, scans[-1])
        prune(small, masks)
        assert abs(sparsity(small) - TOTAL) < 0.01
        train(small, data, epochs=2, batch=64, seed=seed, optimizer=SGD(0.1))
        tuned.setdefault(name, []).append(accuracy(small, data))
        shares.setdefault(name, []).append([1 - mask.mean() for mask in masks])

rows = []
for name in RULES:
    split = " ".join(f"{share:4.0%}" for share in np.mean(shares[name], 0))
    rows.append((name, split, tuned[name]))
table((f"{TOTAL:.0%} in all", "of layers 1 2 3", "cut, retrained"), rows)
weights = [layer.weight for layer in net.weighted]
for s in (0.5, 1, 1.5):
    below = np.mean([np.mean(np.abs(w) <= s * w.std()) for w in weights])
    gauss = erf(s / sqrt(2))
    print(f"s = {s}: {below:.1%} of a layer, Gaussian {gauss:.1%}, s times 68% {s * 0.68:.0%}")
    assert abs(below - gauss) < 0.1

mean, scans = {name: np.mean(tuned[name]) for name in RULES}, np.array(scans)
alone = scans.mean(0)[:, S.index(2)]
assert alone[-1] < min(alone[:-1]) - 0.1  # the last layer falls first
assert np.ptp(np.mean(shares["one s"], 0)) < 0.08  # one s: nearly one share
assert mean["s by scan"] > max(mean["same share"], mean["one s"]) + 0.08
assert mean["one threshold"] > mean["s by scan"] - 0.02
show(
    lines(
        {f"layer {i + 1}": (S, scans[:, i]) for i in range(len(SIZES) - 1)},
        title="The smallest layer suffers first",
        y="training accuracy",
        x="threshold s in standard deviations, in this layer alone",
        about="Up to half a standard deviation nobody notices. Then the last layer falls, the "
        "first holds to about 1.5, the middle one to 2.",
    )
)
