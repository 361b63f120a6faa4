"""Gradients of whole networks by PyTorch, in float64: `gray-final` at 96x96 and `small` at 64x64, batch 2.

Writes packages/engine/test/fixtures/torch-networks.json, read by src/ops/spatial/networks.test.ts. Weights and
pixels follow from a hash of name and place that both sides compute, so that only norms and samples of the
gradients are stored. The function differentiated is the sum of the logits; dropout keeps everything and scales
by 1 / (1 - share). Recorded with PyTorch 2.13.0.
"""

import json
import math
import pathlib

import numpy
import torch
import torch.nn.functional as F

SAMPLES = 24


def hashed(name, count):
    """Whole numbers below 2^32, the same in TypeScript."""
    offset = sum((i + 1) * ord(letter) for i, letter in enumerate(name))
    h = (numpy.arange(count, dtype=numpy.uint64) + offset) * 2654435761 % 2**32
    h ^= h >> numpy.uint64(15)
    h = h * 2246822519 % 2**32
    return h ^ (h >> numpy.uint64(13))


class Weights:
    def __init__(self):
        self.tensors = {}

    def make(self, name, shape, centre, spread):
        unit = hashed(name, math.prod(shape)) / 2**31 - 1
        values = (centre + spread * unit).astype(numpy.float32).astype(numpy.float64)
        self.tensors[name] = torch.from_numpy(values.reshape(shape)).requires_grad_()
        return self.tensors[name]

    def kernel(self, name, *shape, inputs):
        return self.make(name, shape, 0, math.sqrt(6 / inputs))

    def vector(self, name, size, centre=0.0):
        return self.make(name, (size,), centre, 0.25)


def pixels(channels, size):
    shape = (2, channels, size, size)
    return torch.from_numpy((hashed("pixels", math.prod(shape)) >> numpy.uint64(24)).astype(numpy.float64).reshape(shape)) / 255


def dense(weights, name, x, units):
    kernel = weights.kernel(f"{name}/kernel", x.shape[1], units, inputs=x.shape[1])
    return x @ kernel + weights.vector(f"{name}/bias", units)


def gray_final(weights):
    x = pixels(3, 96)
    for i, (filters, size, share) in enumerate([(32, 3, 0), (64, 4, 0), (128, 3, 0.4), (128, 3, 0), (256, 3, 0.4)], 1):
        channels = x.shape[1]
        kernel = weights.kernel(f"convolution-{i}/kernel", filters, channels, size, size, inputs=channels * size**2)
        x = F.max_pool2d(F.relu(F.conv2d(x, kernel, weights.vector(f"convolution-{i}/bias", filters))), 2) / (1 - share)
    x = F.relu(dense(weights, "dense", x.flatten(1), 512)) / (1 - 0.2)
    return dense(weights, "output", x, 1)


def small(weights):
    def unit(x, name, filters, stride):
        channels = x.shape[1]
        kernel = weights.kernel(f"{name}/kernel", filters, channels, 3, 3, inputs=channels * 9)
        scale = weights.vector(f"{name}/norm/scale", filters, centre=1)
        bias = weights.vector(f"{name}/norm/bias", filters)
        return F.batch_norm(F.conv2d(x, kernel, None, stride, 1), None, None, scale, bias, training=True, eps=1e-3)

    x = F.relu(unit(pixels(1, 64), "stem", 24, 2))
    for i, filters in enumerate([48, 96], 1):
        x = F.relu(unit(x, f"stage-{i}/reduce", filters, 2))
        x = F.relu(x + unit(x, f"stage-{i}/residual", filters, 1))
    x = F.relu(unit(x, "head", 128, 2))
    return dense(weights, "output", x.mean((2, 3)) / (1 - 0.2), 1)


def record(preset, size, build):
    weights = Weights()
    logits = build(weights)
    gradients = torch.autograd.grad(logits.sum(), list(weights.tensors.values()))
    return {
        "preset": preset,
        "size": size,
        "logits": logits.flatten().tolist(),
        "gradients": {
            name: {
                "norm": float(f"{gradient.norm().item():.9g}"),
                "samples": [
                    float(f"{gradient.flatten()[i * gradient.numel() // SAMPLES].item():.9g}") for i in range(SAMPLES)
                ],
            }
            for name, gradient in zip(weights.tensors, gradients)
        },
    }


if __name__ == "__main__":
    cases = [record("gray-final", 96, gray_final), record("small", 64, small)]
    path = pathlib.Path(__file__).parent.parent / "fixtures" / "torch-networks.json"
    path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}, separators=(",", ":")) + "\n")
