# AWQ (Lin et al. 2024): a few weights matter most, those that read the loudest inputs. Scale their
# columns up before rounding and divide the input by the same factor; their errors shrink. How far
# to scale is searched on some text, by what the layer puts out. No gradient, no mixed precision.
#
# Here: a layer of 128 inputs with one step a row, a few inputs LOUD times as large as the others,
# and the linear layers of a tiny language model. So small a model has no loud channels; they are
# planted by a change that alters no answer. Controls: the same factors shuffled among the
# channels, and factors from the size of the weights instead of that of the inputs.

import numpy as np

from kb.lab import claim, lines, paired, seeds, show, table
from kb.lab.language import bits_per_character, characters, plant, tiny_lm, windows

BITS, LOUD = 3, 20
ALPHAS = np.linspace(0, 1, 6)
TRAIN, HELD = characters()
HELD = windows(HELD, 40)


def rounded(weight):
    """Weight (outputs, inputs) with one step a row: its largest weight just fits."""
    top = 2 ** (BITS - 1) - 1
    step = (np.abs(weight).max(1, keepdims=True) + 1e-9) / top
    return np.round(weight / step) * step


def by_inputs(x, weight, random):
    return np.abs(x).mean(0)


def by_weights(x, weight, random):
    return np.abs(weight).mean(0)


def shuffled(x, weight, random):
    return random.permutation(by_inputs(x, weight, random))


def scaled(weight, size, alpha):
    """Rounded with column j scaled by size_j^alpha; the input of the layer is divided by it."""
    s = (size + 1e-6) ** alpha
    s = s / np.sqrt(s.max() * s.min())
    return rounded(weight * s) / s


def error(found, weight, x):
    """Of what the layer puts out for inputs x (n, inputs), relative."""
    return np.linalg.norm(x @ (found - weight).T) / np.linalg.norm(x @ weight.T)


def awq(weight, x, size):
    """The best of all alphas on x; alpha = 0 is rounding to nearest."""
    return min((scaled(weight, size, alpha) for alpha in ALPHAS), key=lambda w: error(w, weight, x))


def curve(seed, rule):
    """The error of one layer at each alpha, for inputs that the factors were not taken from."""
    random = np.random.default_rng(seed)
    weight, x = random.normal(size=(128, 128)), random.normal(size=(256, 128))
    x[:, random.choice(128, 3, replace=False)] *= LOUD
    size = rule(x[:128], weight, random)
    return [error(scaled(weight, size, alpha), weight, x[128:]) for alpha in ALPHAS]


def bits_needed(seed, rule, planted=True):
    """Bits a held-out character of the tiny model needs; None rounds to nearest."""
    net, random = tiny_lm(seed), np.random.default_rng(seed)
    text = windows(TRAIN, 12, start=int(random.integers(len(TRAIN) // 2)))
    if planted:
        plant(net, seed, times=LOUD)
    net(text[:, :-1])
    for layer in net.linears:
        x = layer.x.reshape(-1, layer.x.shape[-1])
        size = rule(x, layer.weight, random) if rule else np.ones(x.shape[1])
        layer.weight = awq(layer.weight, x, size) if rule else rounded(layer.weight)
    return bits_per_character(net, HELD)


RULES = {"by inputs": by_inputs, "by weights": by_weights, "shuffled": shuffled}
curves = {name: np.array([curve(s, rule) for s in seeds()]).T for name, rule in RULES.items()}
plain = np.array([bits_per_character(tiny_lm(seed), HELD) for seed in seeds()])


def lost(rule, **how):
    return np.array([bits_needed(seed, rule, **how) for seed in seeds()]) - plain


nearest, ours, mixed = lost(None), lost(by_inputs), lost(shuffled)
plainer, trained = lost(None, planted=False), lost(by_inputs, planted=False)
table(
    (f"{BITS} bits a weight", "bits a character lost"),
    [
        ("planted, nearest", nearest),
        ("planted, AWQ", ours),
        ("planted, factors shuffled", mixed),
        ("as trained, nearest", plainer),
        ("as trained, AWQ", trained),
    ],
)
print(f"the model in float32: {plain.mean():.3f} bits a character")
table(("one layer", "error at alpha 0", "best"), [(n, c[0], c.min(0)) for n, c in curves.items()])
paired("planted, nearest minus AWQ", nearest, ours)
paired("as trained, nearest minus AWQ", plainer, trained)
show(
    lines(
        {name: (ALPHAS, errors.T) for name, errors in curves.items()},
        title="Scale up what reads the loudest inputs",
        x="alpha, how far to scale",
        y="error of the layer",
        about="By the size of the inputs the error falls, and is least between 0 and 1. By that of "
        "the weights, or on other channels, it does not fall.",
        span=(0, 1),
    )
)
by_input, by_weight, mixed_up = (curves[name] for name in RULES)
claim("protects", ours < nearest)
claim("by-channel", ours < mixed)
claim("inputs-tell", by_input.min(0) < 0.9 * by_weight.min(0))
claim("alpha-between", by_input[1:-1].min(0) < np.minimum(by_input[0], by_input[-1]))
