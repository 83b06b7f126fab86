# FP8 today: PyTorch has both formats as types of a tensor. A CPU converts to and from them, but
# products in FP8 need a GPU or another accelerator. A type has no scale; one is given here.

import numpy as np
import torch

from kb.lab import table

SEEDS, TAILS, COUNT = range(3), 2.2, 20_000
TYPES = {"E4M3": torch.float8_e4m3fn, "E5M2": torch.float8_e5m2}
print(f"with torch {torch.__version__}")


def error(x, kind):
    """Relative, after scaling the largest number to the largest that ``kind`` can say."""
    scale = torch.finfo(kind).max / x.abs().max()
    back = (x * scale).to(kind).to(x.dtype) / scale
    return ((back - x).norm() / x.norm()).item()


found = {name: [] for name in TYPES}
for seed in SEEDS:
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    normal, tails = torch.randn(COUNT), torch.from_numpy(random.standard_t(TAILS, COUNT)).float()
    for name, kind in TYPES.items():
        found[name].append((error(normal, kind), error(tails, kind)))

table(
    ("type", "largest", "smallest normal", "error, normal", "error, heavy tails"),
    [
        (
            name,
            torch.finfo(kind).max,
            f"{torch.finfo(kind).smallest_normal:.6f}",
            *np.array(found[name]).T,
        )
        for name, kind in TYPES.items()
    ],
)
e4m3, e5m2 = (np.array(found[name]) for name in TYPES)
assert (e4m3 < e5m2).all() and (e4m3 < 0.04).all()
