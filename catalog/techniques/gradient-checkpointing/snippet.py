# Gradient checkpointing (Chen et al. 2016): the backward pass needs all activations, but it can
# compute them again. Keep every k-th of n; with k = sqrt(n), memory grows with the root of the
# depth for one more forward pass. Applied again within segments, it grows with log(n) only.
#
# Here: networks of up to 256 layers with shortcuts on 32 digits, 3 seeds. Counted is how many
# activations are alive at once and how many layers are run; gradients are the same to the bit.
# Time is not measured, and the memory of weights and optimizer, which stays, is left out.

import numpy as np

from kb.lab import cross_entropy, digits, lines, show, table

SEEDS, WIDTH, DEPTHS = range(3), 16, (16, 64, 256)


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


def segments(weights, x, labels, k):
    """Each weight's gradient, with activations 0, k, 2k, ... and the last kept; k = 1 keeps all."""
    n, count, found = len(weights), Counter(x), [None] * len(weights)
    count.run(weights, 0, n, {*range(0, n, k), n})
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


rows, curves = [], {}
for n in DEPTHS:
    root = round(n**0.5)
    for seed in SEEDS:
        data, random = digits(seed), np.random.default_rng(seed)
        x, labels = data.x[:32, ::4], data.y[:32]  # 16 of the 64 pixels
        weights = [np.float32(random.standard_normal((WIDTH, WIDTH)) / n) for _ in range(n)]
        ways = [segments(weights, x, labels, k) for k in (1, root)] + [halves(weights, x, labels)]
        for found, _ in ways:
            assert all(np.array_equal(a, b) for a, b in zip(found, ways[0][0]))
    names = "all kept", f"segments of {root}", "halves of halves"
    rows += [
        (f"{n} layers, {name}", count.most, count.most * x.nbytes / 1024, count.runs / n)
        for name, (_, count) in zip(names, ways)
    ]
    lengths = [2**i for i in range(n.bit_length())]
    most = [segments(weights, x, labels, k)[1].most for k in lengths]
    assert most == [n / k + k for k in lengths] and min(most) == 2 * root
    assert ways[1][1].runs < 2 * n and ways[2][1].most == np.log2(n) + 2
    curves[f"{n} layers"] = lengths, np.array(most) / n
table(("", "activations", "KiB", "forward passes"), rows)
show(
    lines(
        curves,
        title="Least memory at the square root of the depth",
        log_x=True,
        span=(0, 1.1),
        x="layers in a segment",
        y="activations alive at once / layers",
        about="For 16, 64 and 256 layers the curve falls from 1 to its lowest point at segments "
        "of 4, 8 and 16 layers, and rises to 1 again. The deeper, the lower it gets.",
    )
)
