# Deep gradient compression (Lin et al. 2018, DGC): of its gradient a worker sends only the largest
# entries and lets the others add up until they are large too. With momentum kept on the worker,
# local clipping, momentum masked where something was sent, and a warm-up, 1 in 1,000 is enough.
#
# Here: 4 workers train a 64-16-10 network on 8x8 digits, with as many entries sent: the largest of
# the gradient, the rest dropped; the largest of the sum, under an ordinary momentum; DGC. Indices
# and warm-up are counted. That momentum must be corrected does not show, nor what clipping and
# warm-up add, and a network this small stands no 0.1%.

import numpy as np

from kb.lab import accuracy, centred, claim, dense_net, lines, paired, seeds, show, softmax, table

SHARE = 0.01
WORKERS, EACH, EPOCHS, RATE, MOMENTUM = 4, 16, 8, 0.2, 0.9
CLIP, WARM_UP = 2.0, 4
WAYS = ("all sent", "rest dropped", "rest kept", "DGC")


def flat(net):
    """All parameters in one vector, of which the layers' arrays become parts."""
    whole, start = np.concatenate([array.ravel() for array in net.parameters]), 0
    for layer in net.weighted:
        for i, array in enumerate(layer.parameters):
            layer.parameters[i] = whole[start : start + array.size].reshape(array.shape)
            start += array.size
    return whole


def gradients(net, x, y):
    """The gradient of each worker on its own images: (workers, parameters)."""
    first, last = net.weighted
    hidden = np.maximum(x @ first.weight.T + first.bias, 0)
    error = (softmax(hidden @ last.weight.T + last.bias) - np.eye(10, dtype=np.float32)[y]) / EACH
    back = (error @ last.weight) * (hidden > 0)
    x, hidden, error, back = (a.reshape(WORKERS, EACH, -1) for a in (x, hidden, error, back))
    parts = [back.transpose(0, 2, 1) @ x, back, error.transpose(0, 2, 1) @ hidden, error]
    parts[1::2] = [part.sum(1) for part in parts[1::2]]  # biases
    return np.concatenate([part.reshape(WORKERS, -1) for part in parts], 1)


def largest(v, share):
    """Where the share of the largest entries of each worker is."""
    size = np.abs(v)
    rank = v.shape[1] - round(share * v.shape[1])
    return size >= np.partition(size, rank, 1)[:, rank : rank + 1]


def train_together(way, data, seed):
    """Accuracy and kilobytes that one worker has sent, after each epoch."""
    net, random = dense_net(64, 16, 10, seed=seed), np.random.default_rng(seed)
    whole = flat(net)
    u, v = np.zeros((2, WORKERS, whole.size), np.float32)  # of the workers: momentum, unsent
    speed, sent, found = np.zeros_like(whole), 0.0, []  # of all: momentum
    steps = len(data.x) // (WORKERS * EACH)
    index = np.ceil(np.log2(whole.size))
    for count in range(EPOCHS * steps):
        if count % steps == 0:
            order = random.permutation(len(data.x))
        now = order[count % steps :: steps][: WORKERS * EACH]
        g = gradients(net, data.x[now], data.y[now])
        rate = RATE * (1 - count / (EPOCHS * steps))
        if way == "all sent":
            step, bits = g, whole.size * 32
        else:
            share = max(SHARE, 0.25 ** (1 + count // WARM_UP))
            if way == "DGC":
                limit = CLIP / np.sqrt(WORKERS) / np.linalg.norm(g, axis=1, keepdims=True)
                u = MOMENTUM * u + g * np.minimum(1, limit)
                v = v + u
            else:
                v = g if way == "rest dropped" else v + g
            on = largest(v, share)
            step, bits = v * on, round(share * whole.size) * (32 + index)
            u, v = u * ~on, v * ~on  # masked: it has been sent
        speed = (0 if way == "DGC" else MOMENTUM) * speed + step.mean(0)
        whole -= np.float32(rate) * speed
        sent += bits / 8000
        if count % steps == steps - 1:
            found.append((accuracy(net, data), sent))
    return np.array(found).T


curves = {
    way: np.array([train_together(way, centred(seed), seed) for seed in seeds()]) for way in WAYS
}
full, dropped, kept, dgc = (curves[way][:, 0, -1] for way in WAYS)
traffic = {way: found[0, 1] for way, found in curves.items()}
whole = traffic["all sent"][-1]
table(
    ("", "accuracy", "kB sent by a worker", "of full traffic"),
    [
        (way, curves[way][:, 0, -1], traffic[way][-1], f"{traffic[way][-1] / whole:.1%}")
        for way in WAYS
    ],
)
paired("DGC over rest dropped", dgc, dropped)
paired("DGC over rest kept", dgc, kept)
paired("DGC over all sent", dgc, full)
show(
    lines(
        {way: (traffic[way], found[:, 0]) for way, found in curves.items()},
        title="Nearly as good for a small part of the traffic",
        y="test accuracy",
        log_x=True,
        x="kilobytes that one worker has sent",
        span=(0, 1),
        about="Four curves over eight epochs. DGC ends near the full gradient for a small part "
        "of its kilobytes, and so does the rest kept under an ordinary momentum; with the rest "
        "dropped the network ends lower.",
    )
)
claim("kept", dgc > dropped)
claim("waiting", kept > dropped)
claim("near", dgc > full - 0.05)
claim("traffic", traffic["DGC"][-1] < 0.1 * whole)
