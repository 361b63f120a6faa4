"""Gradients of the pretrained MobileNet by PyTorch, in float64, at 96x96, batch 4, with batch normalisation by the
batch and by the statistics it came with.

Reads ../shared/weights/mobilenet-v1-0.25-224.onnx, which is not part of the project, and writes
packages/engine/test/fixtures/torch-mobilenet.json, read by src/transfer/mobilenet.test.ts. The head and the pixels
follow from the hash that torch_networks.py shares with the tests. Gradients are of the mean binary cross-entropy.
How far PyTorch's own gradients are off under bfloat16 autocast is recorded beside them: on noise, through 27 layers,
by about their size.
Recorded with PyTorch 2.13.0.
"""

import json
import pathlib

import numpy
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch_networks import hashed

SAMPLES = 12
SIZE = 96
ROOT = pathlib.Path(__file__).parents[4]
WEIGHTS = ROOT.parent / "shared" / "weights" / "mobilenet-v1-0.25-224.onnx"


def pixels():
    gray = (hashed("pixels", 4 * SIZE * SIZE) >> numpy.uint64(24)).astype(numpy.float64).reshape(4, 1, SIZE, SIZE)
    return torch.from_numpy(gray).repeat(1, 3, 1, 1) / 127.5 - 1


def head(name, *shape):
    values = (hashed(name, int(numpy.prod(shape))) / 2**31 - 1) / 8
    return torch.from_numpy(values.astype(numpy.float32).astype(numpy.float64).reshape(shape))


def gradients(training, dtype=torch.float64):
    graph = onnx.load(WEIGHTS).graph
    tensors = {t.name: torch.from_numpy(numpy_helper.to_array(t).astype(numpy.float64)).to(dtype) for t in graph.initializer}
    blocks = iter([(f"block-{i}/{kind}") for i in range(1, 14) for kind in ("depthwise", "pointwise")])
    trained = {}

    def parameter(name, tensor):
        trained[name] = tensor.clone().requires_grad_()
        return trained[name]

    x, name = pixels().to(dtype), "stem"
    for node in graph.node:
        if node.op_type == "GlobalAveragePool":
            break
        if node.op_type == "Conv":
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            stride, groups = attributes["strides"][0], attributes.get("group", 1)
            kernel = parameter(f"{name}/kernel", tensors[node.input[1]])
            total = max(0, kernel.shape[2] - stride)
            x = F.conv2d(F.pad(x, (total // 2, total - total // 2) * 2), kernel, None, stride, groups=groups)
        elif node.op_type == "BatchNormalization":
            scale, bias = (parameter(f"{name}/norm/{what}", tensors[node.input[i]]) for i, what in ((1, "scale"), (2, "bias")))
            mean, variance = tensors[node.input[3]].clone(), tensors[node.input[4]].clone()
            x = F.batch_norm(x, mean, variance, scale, bias, training=training, eps=1e-3)
            name = next(blocks, None)
        else:
            x = x.clamp(0, 6)
    kernel = parameter("head/output/kernel", head("head/output/kernel", 256, 1).to(dtype))
    bias = parameter("head/output/bias", head("head/output/bias", 1).to(dtype))
    logits = (x.mean((2, 3)).to(dtype) @ kernel + bias).to(dtype)
    loss = F.binary_cross_entropy_with_logits(logits, torch.tensor([[0.0], [1.0], [0.0], [1.0]], dtype=dtype))
    return loss, logits, dict(zip(trained, torch.autograd.grad(loss, list(trained.values()))))


def samples(gradient):
    return gradient.double().flatten()[[i * gradient.numel() // SAMPLES for i in range(SAMPLES)]]


def record(training):
    loss, logits, exact = gradients(training)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        _, _, coarse = gradients(training, torch.float32)
    errors = [
        ((samples(coarse[name]) - samples(exact[name])).square().mean().sqrt() / (exact[name].norm() / exact[name].numel() ** 0.5)).item()
        for name in exact
    ]
    return {
        "batchNorm": "update" if training else "frozen",
        "loss": loss.item(),
        "logits": logits.flatten().tolist(),
        "bfloat16Error": float(f"{numpy.median(errors):.4g}"),
        "gradients": {
            name: {
                "norm": float(f"{gradient.norm().item():.9g}"),
                "samples": [float(f"{sample:.7g}") for sample in samples(gradient).tolist()],
            }
            for name, gradient in exact.items()
        },
    }


if __name__ == "__main__":
    cases = [record(True), record(False)]
    path = pathlib.Path(__file__).parent.parent / "fixtures" / "torch-mobilenet.json"
    path.write_text(json.dumps({"torch": torch.__version__, "size": SIZE, "cases": cases}, separators=(",", ":")) + "\n")
