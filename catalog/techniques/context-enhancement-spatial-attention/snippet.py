# Context enhancement and spatial attention (Qin et al. 2019, ThunderNet): the thin maps of a light
# detector see little around each place. CEM adds the last map, a coarser one and a global mean,
# each through a 1x1 convolution. SAM multiplies the sum by a sigmoid of what the region proposals
# know, so that the foreground is loud in it and the background quiet.
#
# Here: a digit and two decoys, made of quarters of other digits, in a frame of 16x16 pixels.
# Filters are random and only readouts are fitted: modules are compared, not trainings. Attention
# helps a head without a box, the same gates at other places do not; a box helps more. That the
# global mean adds something does not show.

import numpy as np

from kb.lab import Conv, Relu, bars, claim, digits, least_squares, paired, seeds, show, table

STEEP = 5  # of the gate
IMAGES, CHANNELS = 300, 32
SOURCES = {"local": 1, "and coarse": 2, "and global": 3}


def frames(pictures, random):
    """Frames (n, 1, 16, 16) with a digit, two decoys and nothing in four boxes; the digit's box."""
    pieces = pictures.reshape(-1, 2, 4, 2, 4).swapaxes(2, 3).reshape(-1, 4, 4, 4)
    decoys = [
        pieces[
            random.integers(len(pieces), size=(len(pieces), 4)),
            random.permuted(np.tile(np.arange(4), (len(pieces), 1)), axis=1),
        ]
        for _ in range(2)
    ]
    boxes = np.stack([pieces, *decoys, np.zeros_like(pieces)], 1)  # (n, box, piece, 4, 4)
    order = random.permuted(np.tile(np.arange(4), (len(boxes), 1)), axis=1)
    boxes = np.take_along_axis(boxes, order[:, :, None, None, None], 1)
    found = boxes.reshape(-1, 2, 2, 2, 2, 4, 4).transpose(0, 1, 3, 5, 2, 4, 6)
    found = found.reshape(-1, 1, 16, 16) + 0.1 * random.standard_normal((len(boxes), 1, 16, 16))
    return np.float32(found), (order == 0).argmax(1)


def backbone(random):
    """Random filters: gives the last map (n, 8, 8, 24), a coarser one (n, 4, 4, 32), its mean."""
    relu = Relu()
    shapes = (24, 1, 3, 3), (32, 24, 3, 3)
    first, second = (
        Conv(np.float32(random.standard_normal(shape)), np.zeros(shape[0], "f"), 2)
        for shape in shapes
    )

    def maps(x):
        last = relu.forward(first.forward(x)) / 3
        coarse = relu.forward(second.forward(last)) / 15
        last, coarse = last.transpose(0, 2, 3, 1), coarse.transpose(0, 2, 3, 1)
        return last, coarse, coarse.mean((1, 2), keepdims=True)

    return maps


def enhanced(maps, weights):
    """CEM, then ReLU, as four boxes (n, 4, 4, 4, channels)."""
    parts = [part @ weight for part, weight in zip(maps, weights)]
    parts = [part.repeat(8 // part.shape[1], 1).repeat(8 // part.shape[1], 2) for part in parts]
    total = np.maximum(sum(parts) / np.sqrt(len(parts)), 0)
    return total.reshape(-1, 2, 4, 2, 4, CHANNELS).swapaxes(2, 3).reshape(-1, 4, 4, 4, CHANNELS)


def pooled(boxes):
    """Means of 2x2 places, so that the head knows left from right: (n, 4, 4 channels)."""
    return boxes.reshape(-1, 4, 2, 2, 2, 2, CHANNELS).mean((3, 5)).reshape(-1, 4, 4 * CHANNELS)


def head(seen, labels, held, wanted):
    """Accuracy of a linear readout of features."""
    weight, bias = least_squares(seen, np.eye(10)[labels], 1e-3)
    return np.mean((held @ weight.T + bias).argmax(1) == wanted)


HEADS = ("digit found", "all boxes", "gates elsewhere", "with SAM", "best box")
scores = []  # (seeds, sources, heads)
for seed in seeds():
    random, data = np.random.default_rng(seed), digits(seed)
    maps, labels = backbone(random), data.y[:IMAGES]
    weights = [np.float32(random.standard_normal((k, CHANNELS)) / np.sqrt(k)) for k in (24, 32, 32)]
    (x, box), (test_x, test_box) = frames(data.x[:IMAGES], random), frames(data.test_x, random)
    seen, held, one, each = maps(x), maps(test_x), np.arange(len(x)), np.arange(len(test_x))
    scores.append([])
    for count in SOURCES.values():
        f, g = enhanced(seen, weights[:count]), enhanced(held, weights[:count])
        front = np.repeat(np.arange(4) == box[:, None], 16, 1).reshape(-1, 1)
        theta, bias = least_squares(f.reshape(-1, CHANNELS), front, 1e-3)  # the proposals' score
        s, t = f @ theta.T + bias, g @ theta.T + bias
        best = t.mean((2, 3, 4)).argmax(1)
        on, on_test = (1 / (1 + np.exp(-STEEP * (score - 0.5))) for score in (s, t))
        off, off_test = np.roll(on, 1, 0), np.roll(on_test, 1, 0)  # those of another frame

        def judged(features, test_features):
            return head(features, labels, test_features, data.test_y)

        plain, plain_test = pooled(f), pooled(g)
        scores[-1].append(
            (
                np.mean(best == test_box),
                judged(plain.sum(1), plain_test.sum(1)),
                judged(pooled(f * off).sum(1), pooled(g * off_test).sum(1)),
                judged(pooled(f * on).sum(1), pooled(g * on_test).sum(1)),
                judged(plain[one, box], plain_test[each, best]),
            )
        )

scores = np.array(scores)
numbers = [24 * CHANNELS, (24 + 32) * CHANNELS, (24 + 32 + 32) * CHANNELS]  # of CEM
table(
    ("", *HEADS, "numbers"),
    [(name, *scores[:, i].T, numbers[i]) for i, name in enumerate(SOURCES)],
)
found, plain, elsewhere, gated, boxed = scores[:, 1].T  # with the coarse map
paired("coarse, SAM over gates elsewhere", gated, elsewhere)
paired("coarse, SAM over all boxes", gated, plain)
paired("coarse, best box over SAM", boxed, gated)
paired("digit found, coarse over local", found, scores[:, 0, 0])
paired("digit found, global over coarse", scores[:, 2, 0], found)
show(
    bars(
        {name: {HEADS[k]: scores[:, i, k] for k in range(1, 5)} for i, name in enumerate(SOURCES)},
        title="Attention helps a head that has no box",
        y="accuracy of the digit's class",
        span=(0, 0.8),
        about="Whatever the context, a head that adds up all four boxes is better with "
        "attention, and best if it reads the proposed box alone.",
    )
)
claim("attention", gated > elsewhere)
claim("over-plain", gated > plain)
claim("box", boxed > gated)
