# Bottleneck-LSTM (Liu and Zhu 2018): squeeze a frame's features and the last hidden state together
# into few channels, and compute all gates of the LSTM from these. It costs a fraction of an LSTM,
# and what earlier frames showed makes up for a small single-frame network.
#
# Here: videos in which a window of 5x5 pixels wanders over a noisy digit; after frame 4 comes a cut
# to another digit. Features are 64 units of a trained single-frame network (one place, so a
# convolution is a matrix product), and they are counted. Against an LSTM of as many units, and one
# of the same cost. That it beats the latter on each draw does not show, nor that memory must be
# learned: adding up what the single-frame network says does as well.

import numpy as np

from kb.lab import (
    Adam,
    centred,
    claim,
    dense_net,
    lines,
    paired,
    seeds,
    show,
    softmax,
    table,
    train,
)

UNITS = 16  # of the bottleneck
INPUTS, BATCH, STEPS, CUT, OPEN = 64, 32, 200, 4, 1
SINGLE = 64 * INPUTS  # multiplications for the features of a frame


# Frames (time, ..., 64) of digits (..., 64), each seen through another window.
def video(digit, frames, random):
    shape = (frames, *digit.shape[:-1], 1)
    away = np.indices((8, 8)).reshape(2, *[1] * digit.ndim, 64) - random.integers(2, 6, (2, *shape))
    noise = random.standard_normal((frames, *digit.shape), np.float32)
    return digit * (np.abs(away).max(0) <= 2) + np.float32(0.1) * noise


def weight(randoms, inputs, outputs, gain=1):
    size, spread = (inputs, outputs), np.sqrt(gain / inputs)
    return np.float32([random.normal(0, spread, size) for random in randoms])


# An LSTM with ReLU and a readout, for all seeds at once: arrays are (seeds, batch, channels).
class Cell:
    def __init__(self, units, bottleneck, randoms):
        self.units, wide = units, INPUTS + units
        self.squeeze = [weight(randoms, wide, units, 2)] if bottleneck else []
        bias = weight(randoms, 1, 4 * units, 0)
        bias[:, :, units : 2 * units] = OPEN  # forget gates keep the past at first
        gates = weight(randoms, units if bottleneck else wide, 4 * units)
        self.parameters = [*self.squeeze, gates, bias, weight(randoms, units, 10)]
        self.cost = sum(one[0].size for one in self.parameters) - bias[0].size

    def forward(self, frames):
        h = c = np.zeros((*frames.shape[1:-1], self.units), np.float32)
        self.past, (gates, bias, readout) = [], self.parameters[-3:]
        for x in frames:
            both, last = np.concatenate([x, h], -1), c
            b = np.maximum(both @ self.squeeze[0], 0) if self.squeeze else both
            *g, new = np.split(b @ gates + bias, 4, -1)
            (i, f, o), new = (1 / (1 + np.exp(-one)) for one in g), np.maximum(new, 0)
            c = f * last + i * new
            h = o * np.maximum(c, 0)
            self.past.append((both, b, i, f, o, new, last, c, h))
        return np.array([step[-1] @ readout for step in self.past])

    def backward(self, wrong):
        gates, _, readout = self.parameters[-3:]
        found, by_h, by_c = [np.zeros_like(one) for one in self.parameters], 0, 0
        for (both, b, i, f, o, new, last, c, h), gradient in zip(self.past[::-1], wrong[::-1]):
            by_h = by_h + gradient @ readout.mT
            by_c = by_c + by_h * o * (c > 0)
            by_i, by_f = by_c * new * i * (1 - i), by_c * last * f * (1 - f)
            by_o, by_new = by_h * np.maximum(c, 0) * o * (1 - o), by_c * i * (new > 0)
            by_g = np.concatenate([by_i, by_f, by_o, by_new], -1)
            by_c = by_c * f
            found[-1] += h.mT @ gradient
            found[-2] += by_g.sum(1, keepdims=True)
            found[-3] += b.mT @ by_g
            by_h = by_g @ gates[:, 0 if self.squeeze else INPUTS :].mT
            if self.squeeze:
                by_b = by_h * (b > 0)
                found[0] += both.mT @ by_b
                by_h = by_b @ self.squeeze[0][:, INPUTS:].mT
        return found


def chances(scores):
    return softmax(scores.reshape(-1, 10)).reshape(scores.shape)


parts = []
for seed in seeds():
    random, data = np.random.default_rng(seed), centred(seed)
    net, frames = dense_net(64, INPUTS, 10, seed=seed), video(data.x, CUT, random)
    tests, truth = (np.repeat(one.reshape(2, 225, -1), CUT, 0) for one in data[2:])
    train(net, data._replace(x=frames[0]), epochs=4, batch=64, seed=seed, optimizer=Adam(0.01))
    (_, x, _), (_, held, scores) = map(net.outputs, (frames, video(tests, 1, random)[0]))
    parts.append((x / x.std(), held / x.std(), scores, truth[:, :, 0], data.y[None]))
x, held, scores, truth, y = (np.stack(one, 1) for one in zip(*parts))
logs, goals = np.log(chances(scores)), np.eye(10, dtype=np.float32)[y]

results = {"single frame": (logs, 640), "single, summed": (logs.cumsum(0), 640)}
ways = ("LSTM, as many units", "LSTM, same cost", "bottleneck")
for way, units in zip(ways, (UNITS, UNITS // 2, UNITS)):
    cell = Cell(units, way == "bottleneck", [np.random.default_rng((seed, 1)) for seed in seeds()])
    random, optimizer = np.random.default_rng((seeds()[0], 2)), Adam(0.02)
    optimizer.start(cell.parameters)
    for step in range(STEPS):
        pick = random.integers(0, x.shape[2], BATCH)
        wrong = (chances(cell.forward(x[:, :, pick])) - goals[:, :, pick]) / (BATCH * CUT)
        optimizer.step(cell.parameters, cell.backward(wrong), 1 - step / STEPS)
    results[way] = cell.forward(held), cell.cost

right = {name: (scores.argmax(-1) == truth).mean(-1).T for name, (scores, _) in results.items()}
rows = [(name, *one[:, [0, 3, 4, 7]].T, SINGLE + results[name][1]) for name, one in right.items()]
table(("right at frame", "1", "4", "5", "8", "multiplications"), rows)
single, summed, full, equal, narrow = right.values()
paired("frame 4, bottleneck over the same cost", narrow[:, 3], equal[:, 3])
paired("frame 4, bottleneck over as many units", narrow[:, 3], full[:, 3])
paired("bottleneck, frame 4 over frame 1", narrow[:, 3], narrow[:, 0])
paired("frame 4, bottleneck over single, summed", narrow[:, 3], summed[:, 3])
show(
    lines(
        {name: (range(1, 2 * CUT + 1), one) for name, one in right.items()},
        x="frame",
        y="share that is right",
        span=(0, 1),
        title="Memory helps until a cut, then it misleads",
        about="What remembers gains until frame 4, falls after the cut and recovers slowly.",
    )
)
claim("half", results["bottleneck"][1] < 0.6 * results["LSTM, as many units"][1])
claim("near", narrow[:, 3] > full[:, 3] - 0.1)
claim("memory", narrow[:, 3] > narrow[:, 0])
claim("misled", narrow[:, 4] < single[:, 4])
