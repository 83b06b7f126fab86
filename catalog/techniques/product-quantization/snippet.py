# Product quantization (Gong et al. 2014, Wu et al. 2016): cut the rows of a weight into short
# pieces, keep K codewords for each place, and a product becomes a sum of numbers looked up in a
# table: 4 to 6 times faster, 15 to 20 times smaller for about 1%. Codewords fitted to the layer's
# output, with the inputs that the quantized layers before it really give, lose less.
#
# Here: the two hidden layers of a 64-64-64-10 network on 8x8 digits; codewords fitted to outputs
# against as many fitted to the weights alone. Codebooks, biases and the readout are counted; in
# layers of 64 units that puts the paper's sizes out of reach. Multiplications are not timed.

import numpy as np

from kb.lab import accuracy, centred, claim, dense_net, input_of, lines, paired, seeds, show
from kb.lab import table, train

WORDS = 4
D, EACH, IMAGES = 4, sorted({2, 4, 16, WORDS}), 400


def means(points, index, k, old):
    """The mean of the points (n, d) of each cluster; an empty cluster keeps its old centre."""
    members = np.eye(k)[index]
    count = members.sum(0)[:, None]
    return np.where(count, members.T @ points / np.maximum(count, 1), old)


def fit_to_weights(weight, k, random, rounds=10):
    """k-means for each place: codebooks (M, k, D) and indices (M, outputs)."""
    books, indices = [], []
    for piece in np.split(weight, weight.shape[1] // D, axis=1):
        book = piece[random.choice(len(piece), k, replace=False)]
        for _ in range(rounds):
            index = ((piece[:, None] - book) ** 2).sum(2).argmin(1)
            book = means(piece, index, k, book)
        books.append(book)
        indices.append(index)
    return np.array(books), np.array(indices)


def assembled(books, indices):
    return np.concatenate([book[index] for book, index in zip(books, indices)], axis=1)


def fit_to_outputs(books, indices, x, y, rounds=3):
    """From there improve one place after the other, so that x @ assembled.T comes nearer to y."""
    books, indices = books.copy(), indices.copy()
    now = assembled(books, indices)
    square, cross = x.T @ x + 0.1 * np.eye(x.shape[1]), x.T @ y
    for _ in range(rounds):
        for m, part in enumerate(np.split(np.arange(x.shape[1]), len(books))):
            own = square[np.ix_(part, part)]
            left = cross[part] - square[part] @ now.T + own @ now[:, part].T
            ideal = np.linalg.solve(own, left).T  # the best piece for each output
            away = ideal[:, None] - books[m]
            indices[m] = np.einsum("nkd,de,nke->nk", away, own, away).argmin(1)
            books[m] = means(ideal, indices[m], len(books[m]), books[m])
            now[:, part] = books[m][indices[m]]
    return books, indices


def look_up(x, books, indices):
    """x @ assembled.T by K inner products a place, then one addition a place and output."""
    tables = np.einsum("nmd,mkd->nmk", x.reshape(len(x), -1, D), books)
    return sum(tables[:, m, index] for m, index in enumerate(indices))


floats, found, same = [], [], []  # (seeds,), (seeds, sizes, fits), (seeds,)
for seed in seeds():
    data, net = centred(seed), dense_net(64, 64, 64, 10, seed=seed)
    train(net, data, epochs=5, batch=64, seed=seed)
    floats.append(accuracy(net, data))
    found.append([])
    alike = []
    for k in EACH:
        random, plain, fitted = np.random.default_rng(seed), net.copy(), net.copy()
        for old, rough, new in zip(net.weighted[:2], plain.weighted, fitted.weighted):
            start = fit_to_weights(old.weight, k, random)
            rough.weight = assembled(*start)
            x = input_of(fitted, new, data.x[:IMAGES])  # as the quantized layers give it
            wanted = input_of(net, old, data.x[:IMAGES]) @ old.weight.T
            best = fit_to_outputs(*start, x, wanted)
            new.weight = assembled(*best)
            alike.append(np.allclose(look_up(x[:9], *best), x[:9] @ new.weight.T, atol=1e-3))
        found[-1].append([accuracy(plain, data), accuracy(fitted, data)])
    same.append(all(alike))

floats, found = np.array(floats), np.array(found)
rest = 64 + 64 + 10 * 64 + 10  # biases and the readout, as floats
stored = [(2 * (32 * 64 * k + 64 * 64 / D * np.ceil(np.log2(k))) + 32 * rest) / 8 for k in EACH]
rows = [
    (f"{k} codewords", *found[:, i].T, round(stored[i]), 2 * 64 * k + 640)
    for i, k in enumerate(EACH)
]
rows.append(("float32", floats, "", 4 * (2 * 64**2 + rest), 2 * 64**2 + 640))
table(("", "fitted to weights", "to outputs", "bytes", "products"), rows)
plain, fitted = found[:, EACH.index(WORDS)].T
paired(f"{WORDS} codewords, outputs over weights", fitted, plain)
show(
    lines(
        {f"fitted to {fit}": (EACH, found[..., i]) for i, fit in enumerate(("weights", "outputs"))},
        log_x=True,
        title="Fit what the layer says, not what it is",
        x="codewords for each place",
        y="test accuracy",
        at=WORDS,
        span=(0, 1),
        about="At every size of codebook, fitting to outputs is more accurate "
        "than fitting to weights.",
    )
)
claim("outputs", fitted > plain)
claim("sixteen", found[:, EACH.index(16), 1] > floats - 0.05)
claim("look-up", np.array(same))
