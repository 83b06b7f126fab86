# NeST (Dai et al. 2019): start from a sparse random seed; in turn train, add the connections and
# neurons that the gradient asks for, until the network is good enough; then prune the smallest
# magnitudes. The paper keeps 1/70 of the parameters of LeNet-300-100, beyond pruning alone.
#
# Here: one hidden layer on 8x8 digits, from 88 connections up to some 740 of 2,368, then down to
# 150. Growth by gradient finds the pixels that vary by itself, most of what pruning removes is
# never built, and the result beats pruning from full size. 1/70 at no loss is not to be had here.

import numpy as np

from kb.lab import accuracy, centred, claim, cross_entropy, dense_net, digits, global_masks, lines
from kb.lab import paired, prune, seeds, show, table, train

ROUNDS, LEFT = 6, 150  # of growth; connections in the end
ROOM, SEED_NEURONS, PRUNINGS = 32, 8, 3
NEURONS, PAIRS, CONNECTIONS = 2, 10, 80  # added in each round of growth


def seed_network(seed):
    """Room for 32 hidden neurons, of which 8 have 8 inputs and 3 outputs each."""
    random, net = np.random.default_rng(seed), dense_net(64, ROOM, 10, seed=seed)
    first, second = np.zeros((ROOM, 64), bool), np.zeros((10, ROOM), bool)
    first[:SEED_NEURONS] = random.random((SEED_NEURONS, 64)).argsort(1) < 8
    second[:, :SEED_NEURONS] = random.random((10, SEED_NEURONS)).argsort(0) < 3
    prune(net, (first, second))
    return net


def grow_neurons(net, x, by_scores, rank):
    """New neurons bridge the pixels and classes whose product says that a link would help most."""
    (first, second), bridge = net.weighted, by_scores.T @ x  # (10, 64)
    best = np.argsort(-rank(bridge), axis=None)[: NEURONS * PAIRS]
    typical = [np.abs(layer.weight[layer.mask]).mean() for layer in net.weighted]
    for count, new in enumerate(np.flatnonzero(~first.mask.any(1))[:NEURONS]):
        classes, pixels = np.unravel_index(best[count::NEURONS], bridge.shape)
        pull = -bridge[classes, pixels]
        np.add.at(first.weight[new], pixels, np.sqrt(np.abs(pull)))
        np.add.at(second.weight[:, new], classes, np.sign(pull) * np.sqrt(np.abs(pull)))
        first.weight[new] *= typical[0] / np.abs(first.weight[new, pixels]).mean()
        second.weight[:, new] *= typical[1] / np.abs(second.weight[classes, new]).mean()
        first.mask[new, pixels] = second.mask[classes, new] = True


def grow_connections(net, rank):
    """Wake the dormant connections of largest gradient; they start at zero and train from there."""
    (first, second), used = net.weighted, net.weighted[0].mask.any(1)
    dormant = ~first.mask & used[:, None], ~second.mask & used
    ranks = [free * rank(layer.gradients[0]) for free, layer in zip(dormant, net.weighted)]
    edge = np.sort(np.concatenate(ranks, axis=None))[-CONNECTIONS]
    for layer, one in zip(net.weighted, ranks):
        layer.mask = layer.mask | (one >= edge)


def grown(data, seed, rank):
    net = seed_network(seed)
    for count in range(ROUNDS):
        train(net, data, epochs=1, batch=64, seed=seed + count)
        _, by_scores = cross_entropy(net(data.x), data.y)
        net.backward(by_scores)  # gradients of dormant connections, too
        grow_connections(net, rank)
        grow_neurons(net, data.x, by_scores, rank)
    return net


def shrink(net, data, seed):
    """Prune the smallest magnitudes in steps of equal ratio, and retrain after each."""
    size, ratio = sum(layer.weight.size for layer in net.weighted), LEFT / connections(net)
    for step in range(PRUNINGS - 1, -1, -1):
        prune(net, global_masks(net, 1 - LEFT / ratio ** (step / PRUNINGS) / size))
        train(net, data, epochs=2, batch=64, seed=seed + step)


def connections(net):
    return sum(int(layer.mask.sum()) for layer in net.weighted)


def columns(pixels):
    """What the eight columns of the picture hold, as shares of the whole."""
    return pixels.reshape(8, 8).sum(0) / pixels.sum()


found, shares = {}, {"ink": []}
for seed in seeds():
    data, random = centred(seed), np.random.default_rng(seed)
    whole = dense_net(64, ROOM, 10, seed=seed)
    prune(whole, global_masks(whole, 0))  # masks that keep everything
    shares["ink"].append(columns(digits(seed).x.mean(0)))
    for name, net in (
        ("by gradient", grown(data, seed, np.abs)),
        ("at random", grown(data, seed, lambda g: random.random(g.shape))),
        ("full size", whole),
    ):
        train(net, data, epochs=3 + ROUNDS * (net is whole), batch=64, seed=seed)
        peak = connections(net), accuracy(net, data)
        shares.setdefault(name, []).append(columns(net.weighted[0].mask.sum(0)))
        shrink(net, data, seed)
        found.setdefault(name, []).append((*peak, accuracy(net, data)))
        shares.setdefault(f"{name}, pruned", []).append(columns(net.weighted[0].mask.sum(0)))

rows = [(name, *np.transpose(runs)) for name, runs in found.items()]
table(("", "connections", "accuracy", f"pruned to {LEFT}"), rows)
end = {name: np.array(runs).T for name, runs in found.items()}
ours, chance, full = (end[name] for name in ("by gradient", "at random", "full size"))
paired("grown, gradient over random", ours[1], chance[1])
paired(f"{LEFT} left, gradient over full size", ours[2], full[2])
paired(f"{LEFT} left, gradient over random", ours[2], chance[2])
border = {name: np.array(share)[:, [0, 7]].sum(1) for name, share in shares.items()}
shown = "ink", "at random", "by gradient", "by gradient, pruned"
show(
    lines(
        {name: (range(1, 9), shares[name]) for name in shown},
        x="column of the picture",
        title="Growth by gradient goes where the ink is",
        y="share of ink, of connections",
        about="Random growth spreads over all columns. Growth by gradient leaves out the empty "
        "columns at the border, and what is left after pruning lies where the ink is.",
    )
)
claim("finds-ink", border["by gradient"] < border["at random"] / 2)
claim("grows-better", ours[1] > chance[1])
claim("never-built", ours[0] < full[0] / 2)
