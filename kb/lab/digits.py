"""The data set of all snippets: 1,797 handwritten digits of 8 by 8 pixels."""

import gzip
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

SIDE, CLASSES = 8, 10


class Digits(NamedTuple):
    """A training and a test part.

    Images are rows of 64 pixels, float32 from 0 (paper) to 1 (ink); labels are integers 0 to 9.
    """

    x: np.ndarray
    y: np.ndarray
    test_x: np.ndarray
    test_y: np.ndarray


def digits(seed: int = 0, test: int = 450) -> Digits:
    """The digits, shuffled by ``seed`` and split: ``test`` images to test with, the rest to train.

    Shapes: x (1797 - test, 64), y (1797 - test,), test_x (test, 64), test_y (test,).
    """
    pixels, labels = images()
    order = np.random.default_rng(seed).permutation(len(labels))
    held, rest = order[:test], order[test:]
    return Digits(pixels[rest], labels[rest], pixels[held], labels[held])


def centred(seed: int = 0, test: int = 450) -> Digits:
    """The same split as `digits`, each pixel minus its mean over the training part.

    All pixels above zero push every weight of a unit the same way, and ReLU units die of it. Not
    divided by anything. For code where pixels are the subject, or start at zero, take `digits`.
    """
    data = digits(seed, test)
    mean = data.x.mean(0)
    return data._replace(x=data.x - mean, test_x=data.test_x - mean)


def tuning(data: Digits, images: int = 300) -> Digits:
    """The training part of ``data`` alone, its last ``images`` to choose with, the rest to train.

    Whatever is chosen (a rate, a threshold, a number of epochs) is chosen on ``tuning(data)``; then
    `accuracy` on ``data`` says how good the choice is on images that had no say in it.
    """
    return Digits(data.x[:-images], data.y[:-images], data.x[-images:], data.y[-images:])


@cache
def images() -> tuple[np.ndarray, np.ndarray]:
    """All images (1797, 64), float32 from 0 to 1, and their labels (1797,), in the file's order.

    Both arrays are read-only.
    """
    text = gzip.decompress(Path(__file__).with_name("digits.csv.gz").read_bytes()).decode("ascii")
    rows = np.fromstring(text.strip().replace("\n", ","), int, sep=",").reshape(-1, SIDE * SIDE + 1)
    pixels, labels = rows[:, :-1].astype(np.float32) / 16, rows[:, -1].copy()
    pixels.flags.writeable = labels.flags.writeable = False
    return pixels, labels
