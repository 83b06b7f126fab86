# ECC (Yang et al. 2019): fit a device's energy as a bilinear function of the layers' widths, from
# measurements and without knowledge of the hardware; then train under a hard energy budget, with
# weights, widths and multipliers in turn. The paper reports more accuracy at the same energy.
#
# Here: a 64-32-32-10 network on 8x8 digits, two invented devices, and a count of multiply-adds
# (MACs) for comparison. Budgets are kept, and the shape follows the device. More accuracy does not
# show: even widths for the same energy are as good in so small a network. Widths are projected onto
# the budget, where the paper has one more multiplier.

import numpy as np

from kb.lab import SGD, accuracy, bars, centred, claim, dense_net, group_norms, keep_units
from kb.lab import paired, seeds, show, table, train

SHARE = 0.3  # of the device's energy that the network may take
WIDTH, RATE, PULL, PRICE = 32, 0.05, 0.01, 0.1
DEVICES = {
    "far sensor": lambda w: 200 + 4 * w[0] + w[1] + w[2],  # pixels are dear to fetch
    "small cache": lambda w: 200 + w.sum() + 8 * max(0, w[1] - 128),  # large weights do not fit
    "MACs": lambda w: w.sum(),
}


def products(s):
    """The products of neighbouring widths, for widths s of the two hidden layers."""
    return np.array([64 * s[0], s[0] * s[1], s[1] * 10])


def fit(device, random):
    """a_0 ... a_3 from 40 measurements, and the mean relative error on 20 more; 2% noise."""
    widths = random.integers(1, WIDTH + 1, (60, 2))
    x = np.array([[1, *products(s)] for s in widths])
    e = np.array([device(products(s)) for s in widths]) * random.normal(1, 0.02, 60)
    a = np.linalg.lstsq(x[:40] / e[:40, None], np.ones(40), rcond=None)[0]
    return a, np.abs(x[40:] @ a / e[40:] - 1).mean()


def energy(a, s):
    return a[0] + a[1:] @ products(s)


def project(a, s, budget):
    """Widths within the budget, near s: steps along the gradient of the energy."""
    for _ in range(8):
        slope = np.array([64 * a[1] + a[2] * s[1], a[2] * s[0] + 10 * a[3]])
        s = np.clip(s - slope * max(0, energy(a, s) - budget) / (slope @ slope), 1, WIDTH)
    return s


def compress(net, a, budget, data, seed):
    """Train; a unit stays if the squared norm of its outgoing weights is worth the price y."""
    s, y = project(a, np.full(2, float(WIDTH)), budget), np.zeros(2)

    def step(net, done):
        nonlocal s
        left = np.zeros(2)
        for i, layer in enumerate(net.weighted[1:]):
            worth = group_norms(layer.weight, 1) ** 2
            edge = min(2 * RATE * y[i], np.sort(worth)[-int(s[i])])  # floor(s) units stay
            y[i], stays = edge / (2 * RATE), worth >= edge
            layer.weight *= stays
            left[i] = stays.sum()
        s = project(a, s + PULL * y, budget)
        y[:] = np.maximum(0, y + PRICE * (left - np.floor(s)))

    train(net, data, epochs=5, batch=64, seed=seed, optimizer=SGD(RATE), after_step=step)
    return s.astype(int)


def shrink(net, widths, data, seed, epochs):
    for i, width in enumerate(widths):
        net = keep_units(net, i, np.argsort(-group_norms(net.weighted[i + 1].weight, 1))[:width])
    train(net, data, epochs=epochs, batch=64, seed=seed, optimizer=SGD(RATE))
    return accuracy(net, data)


found, whole = {name: [] for name in DEVICES}, np.array([WIDTH, WIDTH])
for seed in seeds():
    data, full = centred(seed), dense_net(64, WIDTH, WIDTH, 10, seed=seed)
    train(full, data, epochs=8, batch=64, seed=seed)
    for name, device in DEVICES.items():
        a, error = fit(device, np.random.default_rng(seed))
        budget, net = SHARE * energy(a, whole), full.copy()
        widths = compress(net, a, budget, data, seed)
        even = max(width for width in range(1, WIDTH) if energy(a, [width, width]) <= budget)
        costs = [DEVICES[one](products(widths)) / DEVICES[one](products(whole)) for one in DEVICES]
        found[name].append(
            (
                error,
                *widths,
                even,
                *costs,
                shrink(net, widths, data, seed, epochs=4),
                shrink(full, [even, even], data, seed, epochs=9),
            )
        )

found = {name: np.array(runs) for name, runs in found.items()}
head = "layer 1", "layer 2", "even", "sensor cost", "cache cost", "MACs", "accuracy", "even widths"
off = ", ".join(f"{runs[:, 0].mean():.0%} ({name})" for name, runs in found.items())
print("energy model off by", off)
table(("budget for", *head), [(name, *runs.T[1:]) for name, runs in found.items()])
sensor, cache, counted = found.values()  # (seeds, columns)
for name, runs in found.items():
    paired(f"{name}, even widths over these", runs[:, 8], runs[:, 7])
paired("units of layer 2 over layer 1, far sensor", sensor[:, 2], sensor[:, 1])
show(
    bars(
        {name: dict(zip(head[:3], runs.T[1:])) for name, runs in found.items()},
        title="The same budget, another shape on each device",
        y="units that stay, of 32",
        span=(0, 32),
        about="Where pixels are dear the first layer is cut to 8 units and the second keeps 27; "
        "where large weights are dear both keep about 16; even widths lie between.",
    )
)
claim("shape", sensor[:, 2] - sensor[:, 1] > cache[:, 2] - cache[:, 1] + 5)
claim("kept", (sensor[:, 4] < 1.1 * SHARE) & (counted[:, 6] < 1.1 * SHARE))
claim("no-substitute", cache[:, 4] > 1.2 * SHARE)
