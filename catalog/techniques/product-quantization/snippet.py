# Product quantization (Wu et al. 2016, Quantized CNN): cut the rows of a weight matrix into short
# pieces, keep K codewords for each place, and a product becomes a sum of numbers looked up in a
# table: 4 to 6 times faster, 15 to 20 times smaller for about 1%. Codewords fitted to the layer's
# output, with the inputs that the quantized layers before it really give, lose less.
#
# Here: the two hidden layers of a 64-64-64-10 network on 8x8 digits, 3 seeds. Codebooks are
# counted; in layers of 64 units they outweigh the indices, so the sizes of the paper are out of
# reach. Multiplications are counted, not timed.

import numpy as np

from kb.lab import accuracy, dense_net, digits, input_of, lines, show, table, train

SEEDS, D, WORDS = range(3), 4, (2, 4, 8, 16)


def means(points, index, k, old):
    """The mean of the points (n, d) of each cluster; an empty cluster keeps its old centre."""
    members = np.eye(k)[index]
    count = members.sum(0)[:, None]
    return np.where(count, members.T @ points / np.maximum(count, 1), old)


def fit_to_weights(weight, k, random, rounds=12):
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


def fit_to_outputs(weight, k, random, x, y, rounds=4):
    """From there improve one place after the other, so that x @ assembled.T comes nearer to y."""
    books, indices = fit_to_weights(weight, k, random)
    now = assembled(books, indices)
    square, cross = x.T @ x + 0.1 * np.eye(x.shape[1]), x.T @ y
    for _ in range(rounds):
        for m, part in enumerate(np.split(np.arange(x.shape[1]), len(books))):
            own = square[np.ix_(part, part)]
            left = cross[part] - square[part] @ now.T + own @ now[:, part].T
            ideal = np.linalg.solve(own, left).T  # the best piece for each output
            away = ideal[:, None] - books[m]
            indices[m] = np.einsum("nkd,de,nke->nk", away, own, away).argmin(1)
            books[m] = means(ideal, indices[m], k, books[m])
            now[:, part] = books[m][indices[m]]
    return books, indices


def look_up(x, books, indices):
    """x @ assembled.T by K inner products a place, then one addition a place and output."""
    tables = np.einsum("nmd,mkd->nmk", x.reshape(len(x), -1, D), books)
    return sum(tables[:, m, index] for m, index in enumerate(indices))


floats, scores = [], {fit: np.zeros((len(SEEDS), len(WORDS))) for fit in ("weights", "outputs")}
for seed in SEEDS:
    data, net = digits(seed), dense_net(64, 64, 64, 10, seed=seed)
    train(net, data, epochs=6, seed=seed)
    floats.append(accuracy(net, data))
    for fit, i in ((fit, i) for fit in scores for i in range(len(WORDS))):
        small, random = net.copy(), np.random.default_rng(seed)
        for old, new in zip(net.weighted[:2], small.weighted[:2]):
            x = input_of(small, new, data.x[:400])  # as the quantized layers give it
            wanted = input_of(net, old, data.x[:400]) @ old.weight.T
            if fit == "weights":
                found = fit_to_weights(old.weight, WORDS[i], random)
            else:
                found = fit_to_outputs(old.weight, WORDS[i], random, x, wanted)
            new.weight = assembled(*found)
            assert np.allclose(look_up(x[:9], *found), x[:9] @ new.weight.T, atol=1e-3)
        scores[fit][seed, i] = accuracy(small, data)

costs = [(f"{32 * 64 / (32 * k + 64 * np.log2(k) / D):.1f}x", f"{64 / k:.0f}x") for k in WORDS]
rows = [
    (f"{k} codewords", *(by[:, i] for by in scores.values()), *costs[i])
    for i, k in enumerate(WORDS)
]
rows.append(("float32", floats, "", "1.0x", "1x"))
table(("", "fitted to weights", "to outputs", "smaller", "fewer products"), rows)
assert (scores["outputs"].mean(0) > scores["weights"].mean(0) + 0.02).all()
assert scores["outputs"][:, -1].mean() > np.mean(floats) - 0.02
show(
    lines(
        {f"fitted to {fit}": (WORDS, by) for fit, by in scores.items()},
        log_x=True,
        title="Fit what the layer says, not what it is",
        x="codewords for each place",
        y="test accuracy",
        about="At every size of codebook, fitting to outputs is more accurate "
        "than fitting to weights.",
    )
)
