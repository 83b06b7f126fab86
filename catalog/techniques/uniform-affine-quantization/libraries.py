# Uniform affine quantization without training. torchao changes the layers of a PyTorch model in
# place, here to 8-bit weights; ONNX Runtime rewrites an exported file, here activations too, whose
# scale is found as it runs. CPUs without VNNI add two products in 16 bits, which can overflow:
# `reduce_range` keeps weights to 7 bits. torchao's Int8DynamicActivationInt8WeightConfig lost 3%
# here without VNNI.

import copy
import logging
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import torchao
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torchao.quantization import Int8WeightOnlyConfig, quantize_

from kb.lab import table
from kb.lab.pytorch import tensors, train

SEEDS = range(3)
FILES = ("float32.pt", "weights-int8.pt", "float32.onnx", "all-int8.onnx")
print(
    f"with torch {torch.__version__}, torchao {torchao.__version__}, "
    f"onnxruntime {onnxruntime.__version__}"
)


logging.disable(logging.WARNING)
scores = {file: [] for file in FILES}
for seed in SEEDS:
    torch.manual_seed(seed)
    x, y, test_x, test_y = tensors(seed)
    net = nn.Sequential(
        nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10)
    ).eval()
    train(net, x, y, 12, torch.optim.SGD(net.parameters(), 0.05, momentum=0.9))
    quantize_(small := copy.deepcopy(net), Int8WeightOnlyConfig())
    for file, one in zip(FILES, (net, small)):
        torch.save(one.state_dict(), file)
        scores[file].append((one(test_x).argmax(1) == test_y).float().mean().item())
    torch.onnx.export(
        net,
        (test_x[:2],),
        FILES[2],
        input_names=["x"],
        dynamic_shapes=({0: torch.export.Dim("n")},),
        external_data=False,
        verbose=False,
    )
    quantize_dynamic(FILES[2], FILES[3], weight_type=QuantType.QInt8, reduce_range=True)
    for file in FILES[2:]:
        (answer,) = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"]).run(
            None, {"x": test_x.numpy()}
        )
        scores[file].append(np.mean(answer.argmax(1) == test_y.numpy()))

size = {file: Path(file).stat().st_size for file in scores}
table(("file", "accuracy", "bytes"), [(file, scores[file], size[file]) for file in scores])
for whole, small in (FILES[:2], FILES[2:]):
    assert (
        np.mean(scores[small]) > np.mean(scores[whole]) - 0.01 and size[small] < 0.35 * size[whole]
    )
