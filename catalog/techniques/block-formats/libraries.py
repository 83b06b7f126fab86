# Block formats today: torchao rounds a tensor to MXFP4 and NVFP4, also on a CPU, where it is only
# stored so; products in four bits need a GPU. Both are prototypes, whose names may still change.

import numpy as np
import torch
import torchao
from torchao.prototype.mx_formats.mx_tensor import MXTensor
from torchao.prototype.mx_formats.nvfp4_tensor import NVFP4Tensor, per_tensor_amax_to_scale

from kb.lab import table

SEEDS, SHAPE, TAILS = range(3), (256, 128), 5
print(f"with torch {torch.__version__}, torchao {torchao.__version__}")


def mxfp4(x):
    return MXTensor.to_mx(x, torch.float4_e2m1fn_x2, 32)


def nvfp4(x):
    return NVFP4Tensor.to_nvfp4(x, per_tensor_scale=per_tensor_amax_to_scale(x.abs().max()))


def error(x, rule):
    back = rule(x).dequantize(torch.float32)
    return ((back - x).norm() / x.norm()).item()


found = {"MXFP4": [], "NVFP4": []}
for seed in SEEDS:
    random = np.random.default_rng(seed)
    cases = random.standard_normal(SHAPE), random.standard_t(TAILS, SHAPE)
    for name, rule in (("MXFP4", mxfp4), ("NVFP4", nvfp4)):
        found[name].append([error(torch.from_numpy(x).float(), rule) for x in cases])
table(
    ("format", "error, normal", "error, heavy tails"),
    [(name, *np.array(values).T) for name, values in found.items()],
)
assert (np.array(found["NVFP4"]) < np.array(found["MXFP4"])).all()
