# Global and dynamic filter pruning (Lin et al. 2018): filters of all layers compete in one ranking
# by how much the loss would change without them; all go on learning, those that are off too; and
# the mask is made anew at intervals, so that a filter pruned by mistake comes back. At last the
# mask stays and the rest is trained. Better than pruning layer by layer and for good.
#
# Here: 64-48-12-48-10 on 8x8 digits (a unit is a filter), 60% of the units off. Coming back saves a
# mask that was all wrong. On a good mask it gains nothing, since filters that are off see no answer
# to what they learn; here they learn at a tenth.

import numpy as np

from kb.lab import SGD, Dense, Net, accuracy, centred, claim, dense_net, keep_largest, lines
from kb.lab import paired, seeds, show, table, train

OFF, ASIDE = 0.6, 0.1  # share of the filters off; how fast those learn, as a share of the rate
SIZES = (64, 48, 12, 48, 10)


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


def cost(widths):
    """Multiply-adds of the network that is left, on average over the seeds."""
    sizes = np.c_[np.full(len(widths), 64), widths, np.full(len(widths), 10)]
    return f"{np.mean(np.sum(sizes[:, 1:] * sizes[:, :-1], 1)):,.0f}"


WAYS = {
    "layer by layer": {"together": False},
    "global": {},
    "global, dynamic": {"dynamic": True},
    "wrong mask": {"reverse": True},
    "wrong mask, dynamic": {"reverse": True, "dynamic": True},
}
courses, widths, returns, whole = {}, {}, {}, []
for seed in seeds():
    data, net = centred(seed), dense_net(*SIZES, seed=seed)
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
end = {name: course[:, -1] for name, course in courses.items()}
rows = [(name, end[name], left[name], cost(widths[name]), returns[name]) for name in WAYS]
whole = ("nothing off", whole, "48/12/48", cost([SIZES[1:-1]]), "")
table(("", "accuracy", "left on", "multiply-adds", "came back"), [whole, *rows])
paired("wrong mask, dynamic over fixed", end["wrong mask, dynamic"], end["wrong mask"])
paired("good mask, dynamic over fixed", end["global, dynamic"], end["global"])
paired("global over layer by layer", end["global"], end["layer by layer"])
narrow = {name: np.array(widths[name])[:, 1] for name in WAYS}
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
claim("comes-back", end["wrong mask, dynamic"] > end["wrong mask"] + 0.2)
claim("spares", narrow["global"] > narrow["layer by layer"])
claim("good-mask", end["global, dynamic"] < end["global"] + 0.02)
