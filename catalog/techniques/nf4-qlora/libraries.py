# NF4 today: bitsandbytes rounds a tensor in blocks to NF4 or FP4, with scales that are quantized as
# well, and multiplies by what it stored. It runs on a CPU, too. Tuning adapters beside such layers
# is what peft does with a whole model; here, one matrix of normal numbers. Its FP4 has other levels
# than the snippet's (E2M1), and a larger error.

from statistics import NormalDist

import bitsandbytes
import numpy as np
import torch
from bitsandbytes.functional import dequantize_4bit, get_4bit_type, quantize_4bit

from kb.lab import table

SEEDS, SHAPE, BLOCK, LAST = range(3), (1024, 1024), 64, 0.9677083
print(f"with bitsandbytes {bitsandbytes.__version__}, torch {torch.__version__}")


def error(weight, kind, double):
    """Of ``weight`` in 4 bits: how far off it is, relatively, and the bits it takes a number."""
    codes, state = quantize_4bit(
        weight, blocksize=BLOCK, compress_statistics=double, quant_type=kind
    )
    kept = [codes, state.absmax] + ([state.state2.absmax] if double else [])
    off = (dequantize_4bit(codes, state) - weight).norm() / weight.norm()
    return off.item(), sum(one.nbytes for one in kept) * 8 / weight.numel()


found = {}
for seed in SEEDS:
    torch.manual_seed(seed)
    weight = torch.randn(SHAPE)
    for kind in ("nf4", "fp4"):
        for double in (False, True):
            found.setdefault((kind, double), []).append(error(weight, kind, double))
rows = [
    (f"{kind}{', scales too' if double else ''}", *np.array(values).T)
    for (kind, double), values in found.items()
]
table(
    ("code", "error, normal", "bits a number"),
    [(name, off, f"{bits.mean():.3f}") for name, off, bits in rows],
)

quantile = NormalDist().inv_cdf
up = [quantile(chance) for chance in np.linspace(0.5, LAST, 9)]
down = [quantile(chance) for chance in np.linspace(1 - LAST, 0.5, 8)]
levels, theirs = np.r_[down[:-1], up] / up[-1], get_4bit_type("nf4", device="cpu").numpy()
print(f"levels differ from those of the snippet by at most {np.abs(levels - theirs).max():.0e}")

off = {name: off.mean() for name, off, _ in rows}
assert off["nf4"] < 0.95 * off["fp4"] and off["nf4, scales too"] < 1.01 * off["nf4"]
assert np.allclose(levels, theirs, atol=1e-5)
