# Global and dynamic filter pruning (Lin et al. 2018): filters of all layers compete in one ranking
# by how much the loss would change without them; all go on learning, those that are off too; and
# the mask is made anew at intervals, so that a filter pruned by mistake comes back. At last the
# mask stays and the rest is trained. Better than pruning layer by layer and for good.
#
# Here: 64-48-12-48-10 on 8x8 digits (a unit is a filter), 60% of the units off, 3 seeds. One
# ranking for all layers is better than the same share of each, as it spares the narrow layer.
# Coming back saves a mask that was all wrong. On a good mask it gains nothing and costs a little,
# since filters that are off see no answer to what they learn; here they learn at a tenth.

import numpy as np

from kb.lab import (
    SGD,
    Dense,
    Net,
    accuracy,
    dense_net,
    digits,
    keep_largest,
    lines,
    show,
    table,
    train,
)

SIZES, OFF, ASIDE, SEEDS = (64, 48, 12, 48, 10), 0.6, 0.1, range(3)


class Filters(Dense):
    """Filters with ReLU, and a switch for each: if it is off it adds nothing, yet learns."""

    def __init__(self, layer):
        super().__init__(layer.weight.astype(float), layer.bias.astype(float))
        self.on, self.saliency = np.ones(len(layer.bias)), 0.0

    def forward(self, x):
        self.out = np.maximum(super().forward(x), 0)
        return self.out * self.on

    def backward(self, gradient):
        self.saliency = self.saliency + np.abs(gradient * self.out).sum(0)  # |dL/dW . W|, by image
        gradient = gradient * (self.out > 0)
        super().backward(gradient * np.where(self.on, 1, ASIDE))
        return (gradient * self.on) @ self.weight


def switch(filters, together, reverse):
    """Leave on the most salient of all filters, or of each layer; return how many came back."""
    scores = [layer.saliency * (-1 if reverse else 1) for layer in filters]
    before = np.concatenate([layer.on for layer in filters])
    groups = [np.concatenate(scores)] if together else scores
    mask = np.concatenate([keep_largest(group, OFF) for group in groups]) * 1.0
    for layer, part in zip(filters, np.split(mask, np.cumsum(SIZES[1:-2]))):
        layer.on, layer.saliency = part, 0.0
    return int(np.sum(mask > before))


def prune(net, data, seed, together=True, dynamic=False, reverse=False):
    """Train on, with a first mask after a tenth of it and, if dynamic, five more until 60%.

    Returns the accuracy after each tenth, the widths left, and how often a filter came back.
    """
    filters = [Filters(layer) for layer in net.weighted[:-1]]
    small, course, returned = Net([*filters, net.copy().weighted[-1]]), [], []

    def tenth(net, done):
        if done * 10 >= len(course):
            course.append(accuracy(net, data))
            if len(course) == 2 or (dynamic and 2 < len(course) <= 7):
                returned.append(switch(filters, together, reverse and len(course) == 2))

    train(small, data, epochs=5, batch=64, seed=seed, optimizer=SGD(0.05), before_step=tenth)
    return [*course, accuracy(small, data)], [layer.on.sum() for layer in filters], sum(returned)


WAYS = {
    "layer by layer": {"together": False},
    "global": {},
    "global, dynamic": {"dynamic": True},
    "wrong mask": {"reverse": True},
    "wrong mask, dynamic": {"reverse": True, "dynamic": True},
}
courses, widths, returns, whole = {}, {}, {}, []
for seed in SEEDS:
    data, net = digits(seed), dense_net(*SIZES, seed=seed)
    data = data._replace(x=data.x[:1000], y=data.y[:1000])
    train(net, data, epochs=8, seed=seed, optimizer=SGD(0.05))
    whole.append(accuracy(net, data))
    for name, how in WAYS.items():
        course, width, back = prune(net, data, seed, **how)
        courses.setdefault(name, []).append(course)
        widths.setdefault(name, []).append(width)
        returns.setdefault(name, []).append(back)

courses = {name: np.array(found) for name, found in courses.items()}
left = {
    name: "/".join(f"{width:.0f}" for width in np.mean(found, 0)) for name, found in widths.items()
}
rows = [(name, course[:, -1], left[name], returns[name]) for name, course in courses.items()]
table(("", "accuracy", "left on", "came back"), [("nothing off", whole, "48/12/48", ""), *rows])
mean = {name: course[:, -1].mean() for name, course in courses.items()}
assert mean["global"] > mean["layer by layer"] + 0.008
assert np.mean(widths["global"], 0)[1] > np.mean(widths["layer by layer"], 0)[1] + 1
assert mean["wrong mask, dynamic"] > mean["wrong mask"] + 0.4
assert mean["global, dynamic"] < mean["global"] + 0.01
show(
    lines(
        {name: (range(0, 101, 10), course) for name, course in courses.items()},
        span=(0, 1),
        title="Coming back mends a wrong mask only",
        x="share of training done, in %",
        y="test accuracy",
        about="A mask that is all wrong is mended if filters may come back, and ruins the network "
        "if not. From a good mask all ways end close together, the dynamic one a little lower.",
    )
)
