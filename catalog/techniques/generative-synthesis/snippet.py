# Generative synthesis (Wong et al. 2018, FermiNets): a generator makes networks out of seeds; an
# inquisitor stimulates what it made, watches how the parts respond, and corrects the generator.
# After some rounds it yields many different networks that are efficient and meet a requirement.
#
# How both work is not published: this is our reading of the abstract, as simple as it can be. The
# generator keeps each hidden unit of a trained 64-32-32-10 network with a probability of its own;
# the inquisitor shows digits to what was made and compares the responses of the units. Required are
# 90% on 200 images. Against it: a generator that is only told what share passes, and one whose
# units are ranked at random. Nothing here confirms the gains that the paper reports.

import numpy as np

from kb.lab import centred, claim, dense_net, lines, paired, seeds, show, table, train

PUSH = 0.6  # how much the inquisitor says
ROUNDS, BATCH, REQUIRED, UNITS = 24, 6, 0.9, 32


class Generator:
    """From a seed, masks of both hidden layers: unit i stays with probability sigmoid(theta_i)."""

    def __init__(self):
        self.theta = np.full((2, UNITS), 3.0)

    def make(self, seed):
        chance = 1 / (1 + np.exp(-self.theta))
        return np.random.default_rng(seed).random(self.theta.shape) < chance


def run(parent, masks, x):
    """Scores of the network with these units only, and what the hidden units put out."""
    first, second, last = parent.weighted
    one = np.maximum(x @ first.weight.T + first.bias, 0) * masks[0]
    two = np.maximum(one @ second.weight.T + second.bias, 0) * masks[1]
    return two @ last.weight.T + last.bias, (one, two)


def passes(parent, masks, x, y):
    return np.mean(run(parent, masks, x)[0].argmax(1) == y) >= REQUIRED


def size(masks):
    """Share of the parent's multiply-adds."""
    one, two = masks.sum(1)
    return (64 * one + one * two + two * 10) / (64 * UNITS + UNITS**2 + UNITS * 10)


def inquire(parent, masks, x):
    """How strongly each unit responds and is heard: spread of its output x norm of its readers."""
    outputs = run(parent, masks, x)[1]
    heard = [np.linalg.norm(layer.weight, axis=0) for layer in parent.weighted[1:]]
    return np.array([output.std(0) * norm for output, norm in zip(outputs, heard)])


def ranks(response):
    """From -1/2 for the weakest unit of a layer to 1/2 for the strongest."""
    return response.argsort(1).argsort(1) / (UNITS - 1) - 0.5


def synthesize(parent, x, y, way, seed):
    """The generator after all rounds, and the mean size of what it made in each."""
    generator, sizes = Generator(), []
    drawn = ranks(np.random.default_rng((seed, 9)).random((2, UNITS)))
    for turn in range(ROUNDS):
        made = [generator.make((seed, turn, number)) for number in range(BATCH)]
        passed = np.mean([passes(parent, masks, x, y) for masks in made])
        sizes.append(np.mean([size(masks) for masks in made]))
        generator.theta += 0.3 if passed < 0.8 else -0.3  # all units alike
        if way == "inquisitor":
            response = sum(inquire(parent, masks, x[:50]) for masks in made)
            generator.theta += PUSH * ranks(response / np.maximum(np.sum(made, 0), 1))
        elif way == "ranked at random":
            generator.theta += PUSH * drawn
        generator.theta = np.clip(generator.theta, -4, 4)
    return generator, sizes


WAYS = ("pass or fail", "ranked at random", "inquisitor")
rows, curves = {}, {way: [] for way in WAYS}
for seed in seeds():
    data, parent = centred(seed), dense_net(64, UNITS, UNITS, 10, seed=seed)
    train(parent, data, seed=seed, batch=64)
    x, y = data.x[:200], data.y[:200]
    order = ranks(inquire(parent, np.ones((2, UNITS)), x))
    cuts = [order >= edge for edge in np.linspace(-0.5, 0.5, UNITS)]
    batches = {"one cut": [[masks for masks in cuts if passes(parent, masks, x, y)][-1]]}
    for way, curve in curves.items():
        generator, sizes = synthesize(parent, x, y, way, seed)
        curve.append(sizes)
        batches[way] = [generator.make((seed, ROUNDS, number)) for number in range(20)]
    for name, made in batches.items():
        score = [passes(parent, masks, data.test_x, data.test_y) for masks in made]
        different = len({masks.tobytes() for masks in made})
        rows.setdefault(name, []).append((np.mean([*map(size, made)]), np.mean(score), different))

rows = {name: np.transpose(found) for name, found in rows.items()}
table(("", "multiply-adds", "pass on test images", "different"), [(n, *r) for n, r in rows.items()])
told, drawn, asked = (rows[way] for way in WAYS)
paired("size, inquisitor over ranked at random", asked[0], drawn[0])
paired("size, inquisitor over pass or fail", asked[0], told[0])
paired("size, inquisitor over one cut", asked[0], rows["one cut"][0])
turns = range(1, ROUNDS + 1)
show(
    lines(
        {way: (turns, np.array(found)) for way, found in curves.items()},
        markers=False,
        span=(0, 1),
        title="With an inquisitor the networks shrink",
        x="round",
        y="multiply-adds, share of the parent's",
        about="Told only what share passes, the generator stays near nine tenths of the parent; "
        "with an inquisitor its networks shrink to about half.",
    )
)
claim("smaller", asked[0] < drawn[0])
claim("than-told", asked[0] < told[0])
claim("different", asked[2] > 10)
