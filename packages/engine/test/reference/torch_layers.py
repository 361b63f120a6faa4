"""Forward passes and gradients by PyTorch, in float64, of networks that a study file describes layer by layer.

Writes packages/engine/test/fixtures/torch-layers.json, read by src/presets/own/own-layers.test.ts. Each list of layers is
built of torch.nn's own modules. Weights and pixels follow from a hash of the tensor's name here and there; running
statistics are those a network begins with (0 and 1). The function differentiated is the sum of the logits of two pictures of
one channel, in training form. Recorded with PyTorch 2.13.0.
"""

import json
import math
import pathlib

import numpy
import torch
from torch import nn

from torch_networks import hashed

SAMPLES = 6
SIDE = 20

CASES = {
    "plain": [
        {"layer": "conv", "filters": 8, "padding": "valid"}, {"layer": "activation", "kind": "elu"}, {"layer": "pool"},
        {"layer": "conv", "filters": 16, "dilation": 2, "bias": False}, {"layer": "norm"}, {"layer": "activation", "kind": "silu"},
        {"layer": "pool", "kind": "global-average"}, {"layer": "dense", "units": 8}, {"layer": "activation", "kind": "gelu"},
    ],
    "residual": [
        {"layer": "conv", "filters": 8, "stride": 2}, {"layer": "norm", "kind": "group", "groups": 4},
        {"layer": "residual", "layers": [
            {"layer": "conv", "filters": 12, "stride": 2}, {"layer": "norm"}, {"layer": "activation", "kind": "mish"},
            {"layer": "conv", "filters": 12}]},
        {"layer": "residual", "layers": [{"layer": "conv", "filters": 12, "kernel": 5}, {"layer": "activation", "kind": "tanh"}]},
        {"layer": "pool", "kind": "global-max"},
        {"layer": "residual", "layers": [{"layer": "dense", "units": 6}, {"layer": "activation", "kind": "sigmoid"}]},
    ],
    "grouped": [
        {"layer": "conv", "filters": 8, "kernel": 4, "stride": 4, "padding": 0}, {"layer": "norm", "kind": "layer"},
        {"layer": "conv", "filters": 8, "groups": 8, "padding": 1}, {"layer": "activation", "kind": "softplus"},
        {"layer": "pool", "kind": "average", "size": 3, "stride": 2, "padding": 1}, {"layer": "flatten"},
        {"layer": "dense", "units": 10, "bias": False}, {"layer": "norm", "kind": "layer"}, {"layer": "activation", "kind": "hard-swish"},
    ],
    "original": [
        {"layer": "conv", "filters": 6, "padding": "valid"}, {"layer": "pool", "size": 2}, {"layer": "activation", "kind": "leaky-relu"},
        {"layer": "conv", "filters": 8, "kernel": 4, "padding": "valid"}, {"layer": "pool"}, {"layer": "activation", "kind": "relu"},
        {"layer": "flatten"}, {"layer": "dense", "units": 12}, {"layer": "activation", "kind": "relu"},
    ],
}

ACTIVATIONS = {
    "relu": nn.ReLU, "leaky-relu": nn.LeakyReLU, "elu": nn.ELU, "gelu": nn.GELU, "silu": nn.SiLU, "hard-swish": nn.Hardswish,
    "mish": nn.Mish, "softplus": nn.Softplus, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid,
}


class ChannelNorm(nn.LayerNorm):
    """Over the channels of each place."""

    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class Residual(nn.Module):
    def __init__(self, body, projection):
        super().__init__()
        self.body, self.projection = body, projection

    def forward(self, x):
        return self.body(x) + (x if self.projection is None else self.projection(x))


def build(layers, shape, place, tensors):
    modules = []
    for i, layer in enumerate(layers):
        name = f"{place}.{i}"
        module = one(layer, shape, name, tensors).double()
        with torch.no_grad():
            shape = tuple(module.eval()(torch.zeros(1, *shape, dtype=torch.float64)).shape[1:])
        modules.append(module)
    return nn.Sequential(*modules), shape


def one(layer, shape, name, tensors):
    kind = layer.get("kind")
    if layer["layer"] == "conv":
        k, d = layer.get("kernel", 3), layer.get("dilation", 1)
        padding = layer.get("padding", "same")
        padding = {"same": d * (k - 1) // 2, "valid": 0}.get(padding, padding)
        module = nn.Conv2d(shape[0], layer["filters"], k, layer.get("stride", 1), padding, d, layer.get("groups", 1), layer.get("bias", True))
        weighted(module, name, tensors)
    elif layer["layer"] == "dense":
        module = nn.Linear(shape[0], layer["units"], layer.get("bias", True))
        weighted(module, name, tensors)
    elif layer["layer"] == "norm":
        if kind in (None, "batch"):
            module = nn.BatchNorm2d(shape[0])
            tensors[f"{name}/scale"], tensors[f"{name}/bias"] = module.weight, module.bias
        else:
            module = nn.GroupNorm(layer["groups"], shape[0]) if kind == "group" else (ChannelNorm if len(shape) == 3 else nn.LayerNorm)(shape[0])
            tensors[f"{name}.weight"], tensors[f"{name}.bias"] = module.weight, module.bias
    elif layer["layer"] == "activation":
        module = ACTIVATIONS[kind]()
    elif layer["layer"] == "pool":
        size = layer.get("size", 2)
        stride, padding = layer.get("stride", size), layer.get("padding", 0)
        module = {
            None: lambda: nn.MaxPool2d(size, stride, padding),
            "average": lambda: nn.AvgPool2d(size, stride, padding, count_include_pad=False),
            "global-average": lambda: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()),
            "global-max": lambda: nn.Sequential(nn.AdaptiveMaxPool2d(1), nn.Flatten()),
        }[kind]()
    elif layer["layer"] == "flatten":
        module = nn.Flatten()
    else:
        body, after = build(layer["layers"], shape, f"{name}.layers", tensors)
        projection = None
        if after != shape:
            projection = nn.Linear(shape[0], after[0]) if len(shape) == 1 else nn.Conv2d(shape[0], after[0], 1, math.ceil(shape[1] / after[1]))
            weighted(projection, f"{name}/projection", tensors)
        module = Residual(body, projection)
    return module


def weighted(module, name, tensors):
    tensors[f"{name}/kernel"] = module.weight
    if module.bias is not None:
        tensors[f"{name}/bias"] = module.bias


def initial(name, parameter):
    """As in own-layers.test.ts; a dense kernel is [inputs, units] there."""
    shape = tuple(parameter.shape)
    there = shape[::-1] if len(shape) == 2 else shape
    unit = torch.from_numpy(hashed(name, math.prod(shape)).astype("float64")).reshape(there) / 2**31 - 1
    if len(shape) == 1:
        values = (1 if name.endswith(("scale", "weight")) else 0) + 0.25 * unit
    else:
        values = math.sqrt(3 / math.prod(shape[1:])) * unit
    return (values.T if len(shape) == 2 else values).float().double()


def record(name, layers):
    tensors = {}
    net, shape = build(layers, (1, SIDE, SIDE), "layers", tensors)
    output = nn.Linear(shape[0], 1)
    weighted(output, "output", tensors)
    net = nn.Sequential(net, output).double()
    with torch.no_grad():
        for key, parameter in tensors.items():
            parameter.copy_(initial(key, parameter))
    pixels = torch.from_numpy((hashed("pixels", 2 * SIDE * SIDE) >> numpy.uint64(24)).astype("float64")).reshape(2, 1, SIDE, SIDE) / 255
    with torch.no_grad():
        predicted = net.eval()(pixels).flatten().tolist()
    logits = net.train()(pixels).flatten()
    logits.sum().backward()
    gradients = {}
    for key, parameter in tensors.items():
        grad = parameter.grad.T if parameter.dim() == 2 else parameter.grad
        flat = grad.flatten()
        gradients[key] = {
            "norm": sig(flat.norm().item()),
            "samples": [sig(flat[i * flat.numel() // SAMPLES].item()) for i in range(SAMPLES)],
        }
    count = sum(p.numel() for p in net.parameters())
    return {"name": name, "layers": layers, "count": count, "predicted": [sig(v) for v in predicted], "trained": [sig(v) for v in logits.tolist()], "gradients": gradients}


def sig(v):
    return float(f"{v:.9g}")


if __name__ == "__main__":
    out = pathlib.Path(__file__).parents[1] / "fixtures" / "torch-layers.json"
    cases = [record(*case) for case in CASES.items()]
    out.write_text(json.dumps({"torch": torch.__version__.split("+")[0], "side": SIDE, "cases": cases}, indent=1) + "\n")
