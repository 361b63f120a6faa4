"""Outputs and gradients of convolutions, pools and batch normalisation by PyTorch, in float64.

Writes packages/engine/test/fixtures/torch-spatial.json, read by src/ops/spatial/pytorch.test.ts.
Inputs are small multiples of 1/64, so that a few digits hold them exactly; the loss is the sum of the output times
a fixed weight. Recorded with PyTorch 2.13.0.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(20240607)


def draw(*shape):
    return (torch.randint(-96, 97, shape, dtype=torch.float64) / 64).requires_grad_()


def plain(tensor):
    return {"dims": list(tensor.shape), "data": [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]}


def record(name, op, attributes, inputs, function):
    values = list(inputs.values())
    output = function(*values)
    weight = torch.randint(-8, 9, output.shape, dtype=torch.float64) / 8
    gradients = torch.autograd.grad((output * weight).sum(), values)
    return {
        "name": name,
        "op": op,
        "attributes": attributes,
        "inputs": {key: plain(value) for key, value in inputs.items()},
        "weight": plain(weight),
        "output": plain(output),
        "gradients": {key: plain(value) for key, value in zip(inputs, gradients)},
    }


def convolution(name, x, w, stride=1, padding=0, dilation=1, groups=1):
    rank = len(x) - 2
    attributes = {
        "strides": [stride] * rank,
        "pads": [padding] * (2 * rank),
        "dilations": [dilation] * rank,
        "group": groups,
    }
    function = F.conv1d if rank == 1 else F.conv2d
    return record(
        name,
        "Conv",
        attributes,
        {"x": draw(*x), "w": draw(*w), "b": draw(w[0])},
        lambda a, b, c: function(a, b, c, stride, padding, dilation, groups),
    )


def pool(name, op, function, shape, kernel, stride, padding=0, ceil=False, **more):
    attributes = {
        "kernel_shape": [kernel] * 2,
        "strides": [stride] * 2,
        "pads": [padding] * 4,
        "ceil_mode": int(ceil),
        **{key: int(value) for key, value in more.items()},
    }
    # Distinct numbers: among ties PyTorch takes the first maximum, the engine shares.
    count = int(torch.tensor(shape).prod())
    values = (torch.randperm(count, dtype=torch.float64) / 16).reshape(shape).requires_grad_()
    return record(
        name, op, attributes, {"x": values}, lambda x: function(x, kernel, stride, padding, ceil_mode=ceil, **more)
    )


def normalisation(name, shape):
    channels = shape[1]
    return record(
        name,
        "BatchNormalization",
        {"training_mode": 1},
        {"x": draw(*shape), "scale": draw(channels), "bias": draw(channels)},
        lambda x, scale, bias: F.batch_norm(x, None, None, scale, bias, training=True, eps=1e-5),
    )


cases = [
    convolution("valid 3x3", (2, 3, 6, 5), (4, 3, 3, 3)),
    convolution("same 3x3 over twelve channels", (2, 12, 4, 4), (3, 12, 3, 3), padding=1),
    convolution("stride 2, padded", (2, 3, 7, 7), (4, 3, 3, 3), stride=2, padding=1),
    convolution("dilated", (1, 3, 8, 8), (2, 3, 3, 3), dilation=2, padding=1),
    convolution("grouped", (1, 4, 5, 5), (6, 2, 3, 3), groups=2),
    convolution("depthwise, stride 2", (1, 4, 6, 6), (4, 1, 3, 3), stride=2, padding=1, groups=4),
    convolution("pointwise", (2, 5, 3, 3), (4, 5, 1, 1)),
    convolution("one-dimensional", (2, 3, 9), (4, 3, 3), stride=2, padding=1),
    pool("max 2x2", "MaxPool", F.max_pool2d, (1, 2, 6, 6), 2, 2),
    pool("max 2x2 with a remainder", "MaxPool", F.max_pool2d, (1, 2, 7, 5), 2, 2),
    pool("max 3x3 overlapping, padded", "MaxPool", F.max_pool2d, (1, 2, 7, 7), 3, 2, 1),
    pool("max 3x3, ceil", "MaxPool", F.max_pool2d, (1, 2, 8, 8), 3, 2, 0, True),
    pool("mean 3x3, padded", "AveragePool", F.avg_pool2d, (1, 2, 7, 7), 3, 2, 1, count_include_pad=True),
    pool("mean 3x3, padding not counted", "AveragePool", F.avg_pool2d, (1, 2, 7, 7), 3, 2, 1, count_include_pad=False),
    pool("mean 3x3, ceil", "AveragePool", F.avg_pool2d, (1, 2, 8, 8), 3, 2, 1, True, count_include_pad=True),
    normalisation("batch statistics", (3, 4, 3, 3)),
    normalisation("batch statistics of vectors", (6, 4)),
]

path = pathlib.Path(__file__).parent.parent / "fixtures" / "torch-spatial.json"
path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}, separators=(",", ":")) + "\n")
