"""Products of matrices: what a page computes is what `@` computes."""

import numpy as np
import pytest

from kb.lab.product import _by_rows, product

SHAPES = {
    "rows": ((50, 64), (64, 48)),
    "one row": ((64,), (64, 48)),
    "places": ((4, 7, 32), (32, 96)),
    "one column": ((9, 5), (5, 1)),
    "nothing": ((0, 5), (5, 3)),
}


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("name", SHAPES)
def test_both_ways_give_the_same(name, kind):
    random = np.random.default_rng(0)
    a, b = (random.standard_normal(shape).astype(kind) for shape in SHAPES[name])
    turned = np.ascontiguousarray(b.T).T  # as a weight comes: its columns lie side by side
    for second in (b, turned):
        found = _by_rows(a, second)
        assert found.dtype == kind and found.shape == product(a, second).shape
        assert np.allclose(found, a @ second, atol=1e-4)
