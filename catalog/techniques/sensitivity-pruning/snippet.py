# Sensitivity pruning: every layer gets the sparsity it can bear. Han et al. (2015) prune one layer
# alone, watch accuracy fall, and set the layer's threshold to s times the standard deviation of its
# weights, with a smaller s where it falls early. Of Gaussian weights that drops erf(s / sqrt(2)).
#
# Here: a 64-96-14-10 network on 8x8 digits, chosen so that layers differ: the last has 140 weights,
# the first 6,144. An s for each layer from the scan saves the last one; one share for all does not.
# One plain threshold for all does better still, without a scan.

from math import erf, sqrt

import numpy as np

from kb.lab import SGD, accuracy, bits, centred, claim, dense_net, lines, paired, prune, seeds
from kb.lab import show, table, train

TOTAL, SIZES = 0.95, (64, 96, 14, 10)  # sparsity of the whole network; its widths
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


scans, tuned, shares, stored = [], {}, {}, {}
for seed in seeds():
    data, net = centred(seed), dense_net(*SIZES, seed=seed)
    train(net, data, batch=64, seed=seed)
    scans.append(scan(net, data))
    for name, rule in RULES.items():
        small, masks = net.copy(), masks_for(rule, net, scans[-1])
        prune(small, masks)
        stored[name] = bits(small, index=13) / 8  # 7,628 weights: 13 bits say where one stands
        train(small, data, epochs=2, batch=64, seed=seed, optimizer=SGD(0.1))
        tuned.setdefault(name, []).append(accuracy(small, data))
        shares.setdefault(name, []).append([1 - mask.mean() for mask in masks])

rows = []
for name in RULES:
    split = " ".join(f"{share:4.0%}" for share in np.mean(shares[name], 0))
    rows.append((name, split, tuned[name], f"{stored[name]:,.0f}"))
table((f"{TOTAL:.0%} in all", "of layers 1 2 3", "cut, retrained", "bytes"), rows)
weights, gaps = [layer.weight for layer in net.weighted], []
for s in (0.5, 1, 1.5):
    below = np.mean([np.mean(np.abs(w) <= s * w.std()) for w in weights])
    gauss = erf(s / sqrt(2))
    print(f"s = {s}: {below:.1%} of a layer, Gaussian {gauss:.1%}, s times 68% {s * 0.68:.0%}")
    gaps.append(abs(below - gauss))

tuned, scans = {name: np.array(found) for name, found in tuned.items()}, np.array(scans)
paired("scan over same share", tuned["s by scan"], tuned["same share"])
paired("scan over one threshold", tuned["s by scan"], tuned["one threshold"])
alone = scans[:, :, S.index(2)]  # (seeds, layers)
show(
    lines(
        {f"layer {i + 1}": (S, scans[:, i]) for i in range(len(SIZES) - 1)},
        title="The smallest layer suffers first",
        y="training accuracy",
        span=(0, 1),
        x="threshold s in standard deviations, in this layer alone",
        about="Up to half a standard deviation nobody notices. Then the last layer falls, the "
        "first holds to about 1.5, the middle one to 2.",
    )
)
claim("scan", tuned["s by scan"] > tuned["same share"])
claim("last-falls", alone[:, -1] < alone[:, :-1].min(1))
claim("gaussian", max(gaps) < 0.1)
