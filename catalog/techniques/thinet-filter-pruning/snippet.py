# ThiNet (Luo et al. 2017): whether a filter may go is for the next layer to say. Sample places of
# its output, write each as a sum over the channels that come in, and greedily collect the channels
# whose sum is smallest. They go with their filters; least squares scales the rest; training mends.
#
# Here: 12 filters before 12 others, 8x8 digits. Twelve channels have only 4,096 subsets, so the
# greedy choice can be held against the best one, and is nearly as good. It loses far less of the
# output than chance does, and less than small norms; but one epoch of training makes good for any
# choice.

import numpy as np

from kb.lab import accuracy, centred, claim, conv_net, input_of, keep_units, lines, macs, paired
from kb.lab import parameters, seeds, show, table, train

GONE, SAMPLES, CHANNELS = 6, 1000, 12  # channels removed; places that choose; channels in all


def contributions(net, data, random, samples):
    """What each channel adds to one output of the next layer: x (samples, channels)."""
    layer = net.weighted[1]
    rows = layer.rows(input_of(net, layer, data.x[random.choice(len(data.x), 100, replace=False)]))
    places = rows[random.integers(len(rows), size=samples)].reshape(samples, CHANNELS, -1)
    filters = layer.weight[random.integers(len(layer.weight), size=samples)]
    return (places * filters.reshape(places.shape)).sum(2).astype(float)


def greedy(x):
    """All channels; next is always the one with which the sum of those gone is smallest."""
    order, left, total = [], list(range(x.shape[1])), np.zeros(len(x))
    while left:
        errors = [np.square(total + x[:, j]).sum() for j in left]
        order.append(left.pop(int(np.argmin(errors))))
        total += x[:, order[-1]]
    return order


def scales(x, kept):
    """A factor for each channel that stays, so that together they give the whole output again."""
    return np.linalg.lstsq(x[:, kept], x.sum(1), rcond=None)[0]


def lost(x, kept, factors=1.0):
    """The share of the output's squares that the channels kept do not give."""
    whole = x.sum(1)
    return np.square(whole - (x[:, kept] * factors).sum(1)).sum() / np.square(whole).sum()


def of_all_subsets(x, pick):
    """What is lost over all sets of k channels, at least or on average, for k below CHANNELS."""
    sets = (np.arange(2**CHANNELS)[:, None] >> np.arange(CHANNELS)) & 1
    errors = ((sets @ (x.T @ x)) * sets).sum(1) / np.square(x.sum(1)).sum()
    return [pick(errors[sets.sum(1) == k]) for k in range(CHANNELS)]


losses, results = {}, {}
for seed in seeds():
    data, net, random = (
        centred(seed),
        conv_net(CHANNELS, 12, seed=seed),
        np.random.default_rng(seed),
    )
    train(net, data, epochs=4, batch=64, seed=seed)
    x, fresh = contributions(net, data, random, SAMPLES), contributions(net, data, random, 1000)
    norms = np.abs(net.weighted[0].weight).sum((1, 2, 3))
    orders = {"random": random.permutation(CHANNELS), "small norms": np.argsort(norms)}
    orders["ThiNet"] = orders["ThiNet, scaled"] = greedy(x)
    kept = {name: [np.sort(order[k:]) for k in range(CHANNELS)] for name, order in orders.items()}
    found = {name: [lost(fresh, stay) for stay in sets] for name, sets in kept.items()}
    found["ThiNet, scaled"] = [lost(fresh, stay, scales(x, stay)) for stay in kept["ThiNet"]]
    found["random"], found["best set"] = (of_all_subsets(fresh, pick) for pick in (np.mean, np.min))
    for name, values in found.items():
        losses.setdefault(name, []).append(values)
    results.setdefault("nothing removed", []).append((accuracy(net, data),) * 2)
    for name, sets in kept.items():
        small = keep_units(net, 0, sets[GONE])
        if "scaled" in name:
            small.weighted[1].weight *= scales(x, sets[GONE]).astype(np.float32)[:, None, None]
        cut = accuracy(small, data)
        train(small, data, epochs=1, batch=64, seed=seed)
        results.setdefault(name, []).append((cut, accuracy(small, data)))

losses = {name: np.array(found) for name, found in losses.items()}
results = {name: np.array(found).T for name, found in results.items()}
rows = [
    (name, losses[name][:, GONE] if name in losses else "", *found)
    for name, found in results.items()
]
table((f"{GONE} of {CHANNELS} filters removed", "output lost", "cut", "trained 1 epoch"), rows)
print(f"left: {macs(small):,} of {macs(net):,} multiply-adds, {parameters(small):,} parameters")
least = {name: found[:, GONE] for name, found in losses.items()}
cut, tuned = ({name: found[i] for name, found in results.items()} for i in (0, 1))
paired("lost, small norms minus ThiNet", least["small norms"], least["ThiNet"])
paired("cut, ThiNet over small norms", cut["ThiNet"], cut["small norms"])
paired("cut, ThiNet over random", cut["ThiNet"], cut["random"])
paired("trained, ThiNet over random", tuned["ThiNet"], tuned["random"])
show(
    lines(
        {name: (range(CHANNELS), found) for name, found in losses.items()},
        at=GONE,
        span=(0, 1),
        title="Greedy is nearly as good as trying all sets",
        x="channels removed, of 12",
        y="share of the next layer's output lost",
        about="Greedy removal loses as little of the next layer's output as the best set does; "
        "small norms lose more, random sets far more, and scaling helps late.",
    )
)
claim("next-layer", least["ThiNet"] < least["random"])
claim("near-best", least["ThiNet"] < least["best set"] + 0.03)
claim("over-norms", least["ThiNet"].mean() < least["small norms"].mean())
