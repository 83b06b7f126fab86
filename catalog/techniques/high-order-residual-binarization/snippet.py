# High-order residual binarization (Li et al. 2017, HORQ): binarize a layer's input, then what is
# left over, and so on. Two rounds keep far more accuracy than the single one of XNOR-Net
# (Rastegari et al. 2016), and a product is still made of bit operations.
#
# Here: a 64-32-32-10 network on 8x8 digits; weights of the hidden layers are binary too, one scale
# for each unit. Against it as many binary images that know nothing of what is left over: each is
# the sign of the input, shifted at random. Nothing gets faster, as NumPy has no kernels of bits.

import numpy as np

from kb.lab import Adam, Through, accuracy, centred, claim, dense_net, lines, paired, seeds, show
from kb.lab import table, train

ORDER = 2
ORDERS = sorted({1, 2, ORDER})


def rounds(x, order):
    """Signs H (order, n, d) and scales beta (order, n, 1) with x nearly the sum of beta H."""
    left, signs, scales = x, [], []
    for _ in range(order):
        signs.append(np.where(left >= 0, np.float32(1), np.float32(-1)))
        scales.append(np.abs(left).mean(1, keepdims=True))
        left = left - scales[-1] * signs[-1]
    return signs, scales


def residual(x, order):
    return sum(scale * sign for sign, scale in zip(*rounds(x, order)))


def binary(w):
    return np.where(w >= 0, np.float32(1), np.float32(-1)) * np.abs(w).mean(1, keepdims=True)


def by_bits(x, w, order):
    """residual(x) @ binary(w).T from packed bits: signs that agree minus signs that differ."""
    packed = np.packbits(w >= 0, axis=1)
    total = 0
    for sign, scale in zip(*rounds(x, order)):
        differ = np.bitwise_count(np.packbits(sign > 0, axis=1)[:, None] ^ packed).sum(2, dtype=int)
        total = total + scale * (x.shape[1] - 2 * differ)  # d - 2 popcount(xor)
    return total * np.abs(w).mean(1)


def binarized(net, data, images):
    """A copy whose first two layers see `images` of their input, centred as by batch norm."""
    new, means = net.copy(), (data.x.mean(0), net.outputs(data.x)[1].mean(0))
    for layer, mean in zip(new.weighted, means):
        layer.bias = layer.bias + layer.weight @ mean
        layer.transform = binary
    first, second = (Through(lambda x, mean=mean: images(x - mean)) for mean in means)
    new.layers = [first, *new.layers[:2], second, *new.layers[2:]]
    return new


def shifted(order, random):
    """Without the idea: as many signs, of the input less numbers drawn once, not of the rest."""
    less = np.float32(random.normal(0, 0.3, (order, 64)))

    def images(x):
        each = less[:, : x.shape[1]]
        return sum(residual(x - one, 1) + one for one in each) / order

    return images


def taught(net, data, seed):
    train(net, data, epochs=3, batch=128, seed=seed, optimizer=Adam(0.02))
    return accuracy(net, data)


floats, found, lost, same = (
    [],
    [],
    [],
    [],
)  # (seeds,), (seeds, orders, 3), (seeds, orders), (seeds,)
for seed in seeds():
    data, net = centred(seed), dense_net(64, 32, 32, 10, seed=seed)
    random = np.random.default_rng(seed)
    train(net, data, epochs=4, batch=64, seed=seed)
    floats.append(accuracy(net, data))
    x, w, found_here, alike = data.test_x, net.weighted[0].weight, [], []
    for order in ORDERS:
        ours = binarized(net, data, lambda x, order=order: residual(x, order))
        other = binarized(net, data, shifted(order, random))
        found_here.append(
            [accuracy(ours, data), taught(other, data, seed), taught(ours, data, seed)]
        )
        exact = residual(x[:20], order) @ binary(w).T
        alike.append(np.allclose(by_bits(x[:20], w, order), exact, atol=1e-3))
    found.append(found_here)
    lost.append([np.square(x - residual(x, k)).sum() / np.square(x).sum() for k in ORDERS])
    same.append(all(alike))

floats, found, lost = np.array(floats), np.array(found), np.array(lost)
rows = [
    (f"order {k}", lost[:, i], *found[:, i].T, (64 * 32 + 32 * 32) * k)
    for i, k in enumerate(ORDERS)
]
head = ("", "input lost", "cut", "shifted, trained", "residual, trained", "bit operations")
table(head, [*rows, ("float32", "", "", "", floats, "")])
_, other, ours = found[:, ORDERS.index(ORDER)].T
first, left = found[:, 0, 2], lost[:, ORDERS.index(ORDER)]
paired(f"order {ORDER}, residual over shifted", ours, other)
paired(f"residual, order {ORDER} over order 1", ours, first)
flat = np.repeat(floats[:, None], len(ORDERS), 1)
show(
    lines(
        {
            "residual": (ORDERS, found[..., 2]),
            "shifted at random": (ORDERS, found[..., 1]),
            "float32": (ORDERS, flat),
        },
        title="The second image must hold what the first has missed",
        x="order: binary images for each input",
        y="test accuracy",
        at=ORDER,
        span=(0.5, 1),
        about="Accuracy rises from one to two binary images for each input if the second holds "
        "the residual, and less if it is the sign of the input, shifted at random.",
    )
)
claim("residual", ours > other)
claim("second", ours > first)
claim("halved", left < lost[:, 0] / 2)
claim("bits", np.array(same))
