"""Outputs and gradients of activations, normalisations and pixel shuffles by PyTorch, in float64.

Writes packages/engine/test/fixtures/torch-operators.json, read by src/ops/pytorch-operators.test.ts.
Inputs are small multiples of 1/64, so that a few digits hold them exactly; the loss is the sum of the output times
a fixed weight. Recorded with PyTorch 2.13.0.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(20261128)


def draw(*shape):
    return (torch.randint(-160, 161, shape, dtype=torch.float64) / 64 + 1 / 256).requires_grad_()


def plain(tensor):
    return {"dims": list(tensor.shape), "data": [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]}


def record(op, attributes, inputs, function, opset=17, name=""):
    values = list(inputs.values())
    output = function(*values)
    weight = torch.randint(-8, 9, output.shape, dtype=torch.float64) / 8
    gradients = torch.autograd.grad((output * weight).sum(), values)
    return {
        "name": name,
        "op": op,
        "opset": opset,
        "attributes": attributes,
        "inputs": {key: plain(value) for key, value in inputs.items()},
        "weight": plain(weight),
        "output": plain(output),
        "gradients": {key: plain(value) for key, value in zip(inputs, gradients)},
    }


def unary(op, function, attributes=None, opset=17, name="", shape=(3, 5)):
    return record(op, attributes or {}, {"x": draw(*shape)}, function, opset, name)


def normalisation(op, function, shape, entries, attributes=None, opset=17, name=""):
    inputs = {"x": draw(*shape), "scale": draw(*entries), "shift": draw(*entries)}
    return record(op, attributes or {}, inputs, function, opset, name)


def floating(**values):
    return {key: {"float": value} for key, value in values.items()}


cases = [
    unary("Elu", lambda x: F.elu(x, 0.7), floating(alpha=0.7)),
    unary("Selu", F.selu),
    unary("Celu", lambda x: F.celu(x, 1.5), floating(alpha=1.5)),
    unary("Softsign", F.softsign),
    unary("Mish", F.mish, opset=18),
    unary("ThresholdedRelu", lambda x: F.threshold(x, 0.5, 0.0), floating(alpha=0.5)),
    unary("Gelu", F.gelu, opset=20),
    unary("Gelu", lambda x: F.gelu(x, approximate="tanh"), {"approximate": "tanh"}, 20, "by tanh"),
    unary("HardSigmoid", F.hardsigmoid, floating(alpha=1 / 6, beta=0.5)),
    unary("HardSwish", F.hardswish),
    unary("Erf", torch.erf),
    unary("Sin", torch.sin),
    unary("Cos", torch.cos),
    unary("ReduceL2", lambda x: torch.linalg.vector_norm(x, dim=1, keepdim=True), {"axes": [1], "keepdims": 1}),
    record("PRelu", {}, {"x": draw(2, 3, 4), "slope": draw(3, 1)}, lambda x, s: F.prelu(x, s.flatten())),
    record("Mod", {"fmod": 1}, {"x": draw(3, 4), "y": draw(4)}, torch.fmod),
    normalisation("LayerNormalization", lambda x, w, b: F.layer_norm(x, (6,), w, b), (2, 3, 6), (6,)),
    normalisation("LayerNormalization", lambda x, w, b: F.layer_norm(x, (3, 6), w, b, 1e-3), (4, 3, 6), (3, 6),
                  {"axis": 1, **floating(epsilon=1e-3)}, name="over two axes"),
    normalisation("InstanceNormalization", lambda x, w, b: F.instance_norm(x, None, None, w, b), (2, 3, 4, 3), (3,)),
    normalisation("GroupNormalization", lambda x, w, b: F.group_norm(x, 3, w, b), (2, 6, 3, 2), (6,),
                  {"num_groups": 3}, 21),
    unary("LRN", lambda x: F.local_response_norm(x, 3, 0.5, 0.75, 1.2),
          {"size": 3, **floating(alpha=0.5, beta=0.75, bias=1.2)}, shape=(2, 5, 3, 2)),
    unary("DepthToSpace", lambda x: F.pixel_shuffle(x, 2), {"blocksize": 2, "mode": "CRD"}, shape=(1, 8, 2, 3)),
    unary("CumSum", lambda x: torch.cumsum(x, 1), name="over axis 1"),
    unary("Softmax", lambda x: torch.softmax(x, 1), {"axis": 1}, shape=(2, 3, 2, 2)),
]

path = pathlib.Path(__file__).parent.parent / "fixtures" / "torch-operators.json"
path.write_text(json.dumps({"torch": torch.__version__.split("+")[0], "cases": cases}, separators=(",", ":")) + "\n")
