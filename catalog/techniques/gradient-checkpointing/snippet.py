# Gradient checkpointing (Chen et al. 2016): the backward pass needs all activations, but it can
# compute them again. Keep every k-th of n; with k = sqrt(n), memory grows with the root of the
# depth for one more forward pass. Applied again within segments, it grows with log(n) only.
#
# Here: networks of up to 256 layers with shortcuts on 32 digits. Counted is how many activations
# are alive at once and how many layers are run; gradients must be the same to the bit. Time is not
# measured; weights and their gradients stay, and their size stands below the table.

import numpy as np

from kb.lab import centred, claim, cross_entropy, lines, seeds, show, table

K, DEPTH, WIDTH = 16, 256, 16  # layers in a segment, layers, channels
DEPTHS = (16, 64, DEPTH)


def layer(weight, x):
    return x + np.tanh(x @ weight)


def backward(weight, x, y, gradient):
    """The loss's gradients by the weight and by the input x, given that by the output y."""
    through = gradient * (1 - np.square(y - x))
    return x.T @ through, gradient + through @ weight.T


class Counter:
    """Activations by the layer that needs them, and what they cost."""

    def __init__(self, x):
        self.alive, self.most, self.runs = {0: x}, 1, 0

    def run(self, weights, first, last, keep):
        """Run layers first to last - 1; let those activations live whose number is in keep."""
        x = self.alive[first]
        for i in range(first, last):
            x, self.runs = layer(weights[i], x), self.runs + 1
            if i + 1 in keep:
                self.alive[i + 1] = x
                self.most = max(self.most, len(self.alive))


def checkpoints(n, k):
    """Which activations outlive the forward pass: 0, k, 2k, ... and the last; k = 1 keeps all."""
    return {*range(0, n, k), n}


def segments(weights, x, labels, k):
    """Each weight's gradient, with the activations between two checkpoints computed again."""
    n, count, found = len(weights), Counter(x), [None] * len(weights)
    count.run(weights, 0, n, checkpoints(n, k))
    gradient = cross_entropy(count.alive[n], labels)[1]
    for start in reversed(range(0, n, k)):
        end = min(start + k, n)
        count.run(weights, start, end - 1, range(start, end))  # again, all of this segment
        for i in reversed(range(start, end)):
            x, y = count.alive[i], count.alive.pop(i + 1)
            found[i], gradient = backward(weights[i], x, y, gradient)
    return found, count


def halves(weights, x, labels):
    """The same with one activation kept in the middle, and so on within each half."""
    n, count, found = len(weights), Counter(x), [None] * len(weights)
    count.run(weights, 0, n, {n})

    def back(first, last, gradient):
        if last - first == 1:
            x, y = count.alive[first], count.alive.pop(last)
            found[first], gradient = backward(weights[first], x, y, gradient)
            return gradient
        middle = (first + last) // 2
        count.run(weights, first, middle, {middle})
        return back(first, middle, back(middle, last, gradient))

    back(0, n, cross_entropy(count.alive[n], labels)[1])
    return found, count


def drawn(n, seed):
    """Weights of n layers, 32 images and their labels."""
    data, random = centred(seed), np.random.default_rng(seed)
    weights = [np.float32(random.standard_normal((WIDTH, WIDTH)) / n) for _ in range(n)]
    return weights, data.x[:32, ::4], data.y[:32]  # 16 of the 64 pixels


NAMES = "all kept", f"segments of {K}", "halves of halves"
same, counts = [], []  # whether all ways give one gradient; what they cost
for seed in seeds():
    case = drawn(DEPTH, seed)
    ways = segments(*case, 1), segments(*case, K), halves(*case)
    plain = ways[0][0]
    same.append(all(np.array_equal(a, b) for found, _ in ways for a, b in zip(found, plain)))
    counts.append([count for _, count in ways])

size = 32 * WIDTH * 4 / 1024  # KiB of one activation
most = np.array([[count.most for count in row] for row in counts])  # (seeds, ways)
runs = np.array([[count.runs / DEPTH for count in row] for row in counts])
rows = [(name, most[0, i], most[0, i] * size, runs[0, i]) for i, name in enumerate(NAMES)]
table((f"{DEPTH} layers", "activations", "KiB", "forward passes"), rows)
print(f"weights and their gradients: {2 * DEPTH * WIDTH**2 * 4 / 1024:.0f} KiB, always there")
curves = {}
for n in DEPTHS:
    lengths, case = [2**i for i in range(n.bit_length())], drawn(n, seeds()[0])
    alive = np.array([segments(*case, k)[1].most for k in lengths])
    curves[f"{n} layers"] = lengths, alive / n
show(
    lines(
        curves,
        title="Least memory at the square root of the depth",
        log_x=True,
        span=(0, 1.1),
        at=K,
        x="layers in a segment",
        y="activations alive at once / layers",
        about="For 16, 64 and 256 layers the curve falls from 1 to its lowest point at segments "
        "of 4, 8 and 16 layers, and rises to 1 again. The deeper, the lower it gets.",
    )
)
claim("root", most[:, 1] == round(2 * DEPTH**0.5))
claim("same-gradients", same)
claim("one-pass-more", runs[:, 1] < 2)
claim("logarithm", most[:, 2] == round(np.log2(DEPTH)) + 2)
