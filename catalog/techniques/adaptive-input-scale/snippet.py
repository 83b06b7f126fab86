# AdaScale (Chin et al. 2019): for each training frame find the scale at which the loss on
# foreground boxes is least; a small regressor learns it from deep features; what it says about
# this frame resizes the next. On video both faster and more accurate, as smaller is sometimes
# better.
#
# Here: videos of a digit that grows from 8 to 20 pixels in a 20x20 frame; then a cut, and another
# digit grows. Against the same scales, dealt out at random. The detector, a 64-32-11 network on
# every second 8x8 window, knows digits of one size only, so scale matters more than in the paper.
# Multiplications of all windows are counted, not time.

import numpy as np

from kb.lab import Adam, claim, dense_net, digits, least_squares, lines, paired, seeds, show
from kb.lab import softmax, table, train

VIDEOS = 10
SCALES, FULL, NOISE = np.array((8, 10, 12, 16, 20)), 20, 0.15
SIZES, CUT = [8, 9, 10, 11, 13, 15, 18, 20] * 2, 8  # of the digit, frame by frame


def resize(pictures, side):
    """Squares to squares (n, side, side), by triangles as wide as two of the larger pixels."""
    old = pictures.shape[1]
    at, reach = (np.arange(side) + 0.5) * old / side - 0.5, max(1, old / side)
    part = np.maximum(0, 1 - np.abs(at[:, None] - np.arange(old)) / reach)
    part = np.float32(part / part.sum(1, keepdims=True))
    return part @ pictures @ part.T


def crops(pictures, places, random):
    corners = random.choice(places, (len(pictures), 2))
    return np.stack([one[i : i + 8, j : j + 8] for one, (i, j) in zip(pictures, corners)])


def examples(x, y, random):
    """What windows see: digits, and (class 10) parts of large ones, of shifted ones, small ones."""
    wide, small = (np.pad(one, ((0, 0), (w, w), (w, w))) for one, w in ((x, 8), (resize(x, 5), 3)))
    seen = [
        x,
        crops(wide, (7, 8, 9), random),
        crops(resize(x, 16), range(9), random),
        crops(wide, (2, 4, 5, 11, 12, 14), random),
        crops(small, range(4), random),
    ]
    noisy = np.concatenate(seen).reshape(-1, 64)
    noisy += random.uniform(0, NOISE, (len(noisy), 1)) * random.standard_normal(noisy.shape)
    return np.float32(noisy), np.concatenate([y, y, np.full(3 * len(x), 10)])


def frames(x, sizes, random):
    """A frame for each digit, and the middle of the digit."""
    found = NOISE * random.standard_normal((len(x), FULL, FULL), np.float32)
    corners = random.integers(0, FULL + 1 - sizes[:, None], (len(x), 2))
    for one, digit, size, (i, j) in zip(found, x.reshape(-1, 1, 8, 8), sizes, corners):
        one[i : i + size, j : j + size] += resize(digit, size)[0]
    return found, corners + sizes[:, None] / 2


def detect(net, pictures, middles, labels, side):
    """Deep features, the loss in the window that covers the digit best, and what is right."""
    windows = np.lib.stride_tricks.sliding_window_view(resize(pictures, side), (8, 8), (1, 2))
    hidden, scores = net.outputs(windows[:, ::2, ::2].reshape(-1, 64))[1:]
    hidden, chances = (
        found.reshape(len(labels), -1, width)
        for found, width in ((hidden, 32), (softmax(scores), 11))
    )
    features = np.hstack([hidden.mean(1), hidden.max(1), np.full((len(labels), 1), np.log(side))])
    last, each = (side - 8) // 2, np.arange(len(labels))
    row, column = np.clip(np.round((middles * side / FULL - 4) / 2), 0, last).astype(int).T
    loss = -np.log(chances[each, row * (last + 1) + column, labels] + 1e-9)
    return features, loss, chances[:, :, :10].max(1).argmax(1) == labels


def at_all_scales(net, x, labels, sizes, random):
    pictures, middles = frames(x, sizes, random)
    found = [detect(net, pictures, middles, labels, side) for side in SCALES]
    return (np.array(one) for one in zip(*found))


scores, costs, courses = {}, {}, {"best": [], "chosen": []}
for seed in seeds():
    random, data, net = np.random.default_rng(seed), digits(seed), dense_net(64, 32, 11, seed=seed)
    x, y = examples(data.x[:400].reshape(-1, 8, 8), data.y[:400], random)
    train(net, data._replace(x=x, y=y), epochs=3, batch=64, seed=seed, optimizer=Adam(0.01))

    x, y, sizes = data.x[500:700], data.y[500:700], random.integers(8, 21, 200)
    features, losses, _ = at_all_scales(net, x, y, sizes, random)
    change = np.log(SCALES[losses.argmin(0)] / SCALES[:, None])  # from each scale to the best
    weight, bias = least_squares(features.reshape(-1, 65), change.reshape(-1, 1), 0.001)

    order = np.repeat(random.permutation(450)[: 2 * VIDEOS].reshape(2, -1), CUT, 0).ravel()
    x, y, sizes = data.test_x[order], data.test_y[order], np.repeat(SIZES, VIDEOS)
    features, losses, right = at_all_scales(net, x, y, sizes, random)
    wanted = np.log(SCALES[:, None]) + (features @ weight.T + bias)[:, :, 0]
    following = np.abs(wanted[:, :, None] - np.log(SCALES)).argmin(2)
    path = np.full(len(order), len(SCALES) - 1)  # all begin at full size
    for frame in range(VIDEOS, len(order)):
        path[frame] = following[path[frame - VIDEOS], frame - VIDEOS]
    ways = {f"always {side}": np.full(len(order), i) for i, side in enumerate(SCALES)}
    ways |= {"random": random.permutation(path), "AdaScale": path, "least loss": losses.argmin(0)}
    for way, scale in ways.items():
        scores.setdefault(way, []).append(right[scale, np.arange(len(order))].mean())
        windows = ((SCALES[scale] - 8) // 2 + 1) ** 2
        costs.setdefault(way, []).append(windows.mean() * (64 * 32 + 32 * 11) / 1000)
    for course, scale in zip(courses.values(), (losses.argmin(0), path)):
        course.append(SCALES[scale].reshape(len(SIZES), -1).mean(1))

table(("", "right", "1,000 multiplications"), [(way, scores[way], costs[way]) for way in scores])
right = {way: np.array(found) for way, found in scores.items()}
paired("AdaScale over the same scales at random", right["AdaScale"], right["random"])
paired("AdaScale over full size", right["AdaScale"], right["always 20"])
best, chosen = (np.array(found) for found in courses.values())  # (seeds, frames)
show(
    lines(
        {name: (range(1, len(SIZES) + 1), np.array(found)) for name, found in courses.items()},
        title="One frame tells the next its scale, until a cut",
        x="frame",
        y="side of the resized frame in pixels",
        span=(6, 22),
        about="The best side falls as the digit grows, "
        "twice; the chosen one follows later, and is far too small just after the cut.",
    )
)
claim("looks", right["AdaScale"] > right["random"])
claim("over-full", right["AdaScale"] > right["always 20"])
claim("cheaper", np.array(costs["AdaScale"]) < np.array(costs["always 20"]) / 2)
claim("misled", chosen[:, CUT] < best[:, CUT])
