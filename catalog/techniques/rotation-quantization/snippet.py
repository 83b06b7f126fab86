# Rotation (QuIP, Chee et al. 2023; QuaRot, Ashkboos et al. 2024): a few loud channels spoil the
# step for all others. Turn the inputs by an orthogonal matrix and the weights with them: the
# product stays, and each new channel is a mixture of all old ones, so that none is loud.
#
# Here: weights and inputs of all linear layers of a tiny language model at 8 bits, a step for each
# token and each row. Its outliers are planted, by a change that alters no answer. Controls: turns
# that only exchange channels, and random ones. Nothing is planted in the second table: there the
# model is turned into its principal axes, where few channels hold most, and then mixed.

import numpy as np

from kb.lab import bars, claim, paired, seeds, show, table
from kb.lab.language import bits_per_character, characters, inputs, plant, rotate, tiny_lm, windows

BITS, TIMES, DOUBLINGS = 8, 60, 5  # bits; how loud; 2**DOUBLINGS channels are mixed with each other
LOW = 4  # bits of the inputs in the second table
TRAIN, HELD = characters()
HELD = windows(HELD, 32)


def rounded(a, bits):
    """A step for each row of ``a`` (..., channels): its largest number just fits."""
    step = (np.abs(a).max(-1, keepdims=True) + 1e-9) / (2 ** (bits - 1) - 1)
    return np.round(a / step) * step


def hadamard(size, random):
    """Orthogonal (size, size): blocks of entries that are all equally large, with random signs."""
    block = np.ones((1, 1))
    for _ in range(DOUBLINGS):
        block = np.block([[block, block], [block, -block]]) / np.sqrt(2)
    signs = random.choice([-1, 1], size)
    return signs[:, None] * np.kron(np.eye(size // len(block)), block)


def exchanged(size, random):
    return random.permutation(np.eye(size))


def orthogonal(size, random):
    return np.linalg.qr(random.normal(size=(size, size)))[0]


def bits_needed(seed, turn=None, times=1, low=True):
    """Bits a held-out character needs if every linear layer reads its input turned."""
    net, random = tiny_lm(seed), np.random.default_rng(seed)
    plant(net, seed, times=times)
    for layer in net.linears:
        size = layer.weight.shape[1]
        matrix = np.float32(turn(size, random) if turn else np.eye(size))
        weight = layer.weight @ matrix  # x W' = (x Q) (W Q)'
        layer.weight = rounded(weight, BITS) if low else weight
        layer.around = lambda x, q=matrix: rounded(x @ q, BITS) if low else x @ q
    return bits_per_character(net, HELD)


def in_basis(seed, mixed, low=True):
    """The same with nothing planted and the residual stream in another basis, free at run time."""
    net, random = tiny_lm(seed), np.random.default_rng(seed)
    rotate(net, np.eye(32))  # folds the gains of the norms into what reads them
    x = np.concatenate([inputs(net, layer, windows(TRAIN, 24)) for _, layer in net.readers])
    rotate(net, np.linalg.eigh(x.T @ x)[1].T)  # its principal axes
    if mixed:
        rotate(net, hadamard(32, random))
    for _, layer in net.readers if low else ():
        layer.around = lambda x: rounded(x, LOW)
    return bits_per_character(net, HELD)


def each(run, *args, **how):
    return np.array([run(seed, *args, **how) for seed in seeds()])


plain = each(bits_needed, low=False)
ways = {
    "no outliers": each(bits_needed),
    "outliers": each(bits_needed, None, TIMES),
    "exchanged": each(bits_needed, exchanged, TIMES),
    "random": each(bits_needed, orthogonal, TIMES),
    "Hadamard": each(bits_needed, hadamard, TIMES),
}
lost = {name: found - plain for name, found in ways.items()}
axes, mixed = each(in_basis, False) - plain, each(in_basis, True) - plain
same = [each(bits_needed, hadamard, TIMES, low=False), each(in_basis, True, low=False)]

table(("", "bits a character lost"), lost.items())
rows = [("principal axes", axes), ("mixed", mixed)]
table((f"nothing planted, {LOW}-bit inputs", "bits a character lost"), rows)
print(f"the model in float32: {plain.mean():.3f} bits a character")
paired("random rotation minus Hadamard", lost["random"], lost["Hadamard"])
paired("principal axes minus mixed", axes, mixed)
show(
    bars(
        lost,
        title="Mix the channels, and none is loud",
        y="bits a character lost",
        about="Outliers cost half a bit. Exchanging channels helps nothing; mixing them by a "
        "Hadamard matrix wins back most of it.",
    )
)
claim("mends", lost["Hadamard"] < 0.4 * lost["outliers"])
claim("must-mix", lost["Hadamard"] < 0.4 * lost["exchanged"])
claim("principal-axes", mixed < axes)
claim("same-function", np.max(np.abs(np.array(same) - plain), 0) < 1e-3)
