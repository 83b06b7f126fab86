# Two-way dense layers (Wang et al. 2018, Pelee): one branch of a layer has one 3x3 convolution, the
# other two in a row, and both are concatenated to the input as in DenseNet, so that a layer sees at
# several scales. All convolutions are ordinary, as depthwise ones lacked good kernels.
#
# Here: what a block of three such layers sees and costs, beside a block with one way and a stack of
# depthwise separable layers, each of about as many multiplications. Filters are random: one pixel
# of a noise picture is changed, and counted is how far channels feel it. Nothing is trained or
# timed, so the paper's accuracy and speed cannot show; numbers moved are counted.

import numpy as np

from kb.lab import Conv, claim, lines, paired, seeds, show, table

LAYERS = 3
SIDE, CHANNELS, PICTURES = 21, 16, 2
FAR = np.arange(8)  # distances from the changed pixel


class Block:
    """Layers with random filters; counts multiplications and numbers moved, for one place."""

    def __init__(self, seed):
        self.random, self.multiplied, self.moved = np.random.default_rng(seed), 0, 0

    def convolve(self, x, channels, side):
        inputs = x.shape[1]
        shape = channels, inputs, side, side
        weight = self.random.normal(0, np.sqrt(2 / (inputs * side**2)), shape)
        self.multiplied += weight.size
        self.moved += inputs + channels  # each map is read or written once
        return np.maximum(Conv(np.float32(weight), np.zeros(channels, np.float32)).forward(x), 0)

    def depthwise(self, x):
        maps = [self.convolve(x[:, i : i + 1], 1, 3) for i in range(x.shape[1])]
        return np.concatenate(maps, 1)

    def one_way(self, x):
        for _ in range(LAYERS):
            x = np.concatenate([x, self.convolve(self.convolve(x, 12, 1), 8, 3)], 1)
        return x

    def two_way(self, x):
        for _ in range(LAYERS):
            near = self.convolve(self.convolve(x, 8, 1), 4, 3)
            wide = self.convolve(self.convolve(self.convolve(x, 8, 1), 4, 3), 4, 3)
            x = np.concatenate([x, near, wide], 1)
        return x

    def separable(self, x):
        for _ in range(LAYERS):
            x = self.convolve(self.depthwise(x), 32, 1)
        return x


def felt(before, after):
    """For each distance the share of channels that feel the change there, by 1% of their most."""
    change = np.abs(after - before).mean(0)  # (channels, SIDE, SIDE)
    middle = np.abs(np.arange(SIDE) - SIDE // 2)
    distance = np.maximum(middle[:, None], middle)
    strongest = np.array([change[:, distance == far].max(1) for far in FAR])
    return (strongest > np.maximum(0.01 * strongest.max(0), 1e-4)).mean(1)  # not by rounding


WAYS = {"one way": Block.one_way, "two ways": Block.two_way, "depthwise separable": Block.separable}
shares, counts = {name: [] for name in WAYS}, {}
for seed in seeds():
    before = np.random.default_rng(seed).random((PICTURES, CHANNELS, SIDE, SIDE), np.float32)
    after = before.copy()
    after[:, :, SIDE // 2, SIDE // 2] += 1
    for name, build in WAYS.items():
        block = Block(seed)
        outputs = build(block, np.concatenate([before, after]))
        shares[name].append(felt(outputs[:PICTURES], outputs[PICTURES:]))
        counts[name] = block.multiplied, block.moved, outputs.shape[1]

shares = {name: np.array(found) for name, found in shares.items()}
next_one = LAYERS + 1  # one pixel further than one 3x3 convolution a layer can reach
rows = [
    (name, many, moved, many / moved, width, shares[name][:, 1], shares[name][:, next_one])
    for name, (many, moved, width) in counts.items()
]
head = ("for one place", "multiplied", "moved", "ratio", "channels", "feel 1 off")
table((*head, f"{next_one} off"), rows)
one, two, separable = shares.values()
paired(f"{next_one} off, two ways over one", two[:, next_one], one[:, next_one])
show(
    lines(
        {name: (FAR, found) for name, found in shares.items()},
        title="Two ways see at more scales, and further",
        x="distance from the changed pixel",
        y="share of channels that feel it",
        span=(0, 1),
        about="Of one way's channels fewer and fewer feel a pixel up to 3 away, of two ways' up "
        "to 6; most of the separable stack's feel it up to 3, and none beyond.",
    )
)
ratio = {name: many / moved for name, (many, moved, _) in counts.items()}
claim("further", two[:, next_one] > one[:, next_one])
claim("reach", (one[:, next_one:].max(1) == 0) & (two[:, 2 * LAYERS + 1 :].max(1) == 0))
claim("one-scale", separable[:, LAYERS] > two[:, LAYERS])
claim("traffic", ratio["one way"] > ratio["two ways"] > ratio["depthwise separable"])
