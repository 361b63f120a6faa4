"""Grad-CAM of whole networks by PyTorch, in float64: `gray-1`, `small` and `resnet18` at 96x96, batch 2.

Writes packages/engine/test/fixtures/torch-grad-cam.json, read by src/explain/grad-cam.test.ts. Weights, running
statistics and pixels follow from a hash of name and place that both sides compute. Networks are built from
torch.nn.functional as they predict; the map is Selvaraju 2017, equations 1 and 2, written out, without the last
rectification: channels of the last rectified convolution weighted by the mean gradient of the logit over places.
Recorded with PyTorch 2.13.0.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

from torch_networks import Weights, dense, pixels


def unit(weights, x, name, filters, size, stride):
    kernel = weights.kernel(f"{name}/kernel", filters, x.shape[1], size, size, inputs=x.shape[1] * size**2)
    vector = lambda part, centre: weights.vector(f"{name}/norm/{part}", filters, centre)
    scale, bias, mean, variance = vector("scale", 1), vector("bias", 0), vector("mean", 0), vector("variance", 1)
    convolved = F.conv2d(x, kernel, None, stride, (size - 1) // 2)
    return F.batch_norm(convolved, mean.detach(), variance.detach(), scale, bias, training=False, eps=1e-3)


def gray_1(weights, x):
    for i, (filters, size) in enumerate([(32, 3), (64, 4), (128, 3), (128, 3)], 1):
        kernel = weights.kernel(f"convolution-{i}/kernel", filters, x.shape[1], size, size, inputs=x.shape[1] * size**2)
        features = F.relu(F.conv2d(x, kernel, weights.vector(f"convolution-{i}/bias", filters)))
        x = F.max_pool2d(features, 2)
    return features, dense(weights, "output", F.relu(dense(weights, "dense", x.flatten(1), 512)), 1)


def small(weights, x):
    x = F.relu(unit(weights, x, "stem", 24, 3, 2))
    for i, filters in enumerate([48, 96], 1):
        x = F.relu(unit(weights, x, f"stage-{i}/reduce", filters, 3, 2))
        x = F.relu(x + unit(weights, x, f"stage-{i}/residual", filters, 3, 1))
    features = F.relu(unit(weights, x, "head", 128, 3, 2))
    return features, dense(weights, "output", features.mean((2, 3)), 1)


def resnet18(weights, x):
    x = F.max_pool2d(F.relu(unit(weights, torch.cat([x, x, x], 1), "stem", 64, 7, 2)), 3, 2, 1)
    for stage, filters in enumerate([64, 128, 256, 512], 1):
        for block in (1, 2):
            name = f"stage-{stage}/block-{block}"
            stride = 2 if stage > 1 and block == 1 else 1
            inner = F.relu(unit(weights, x, f"{name}/first", filters, 3, stride))
            shortcut = unit(weights, x, f"{name}/shortcut", filters, 1, stride) if stride == 2 else x
            x = F.relu(unit(weights, inner, f"{name}/second", filters, 3, 1) + shortcut)
    return x, dense(weights, "output", x.mean((2, 3)), 1)


def record(preset, build):
    features, logits = build(Weights(), pixels(1, 96))
    gradient = torch.autograd.grad(logits.sum(), features)[0]
    evidence = (gradient.mean((2, 3), keepdim=True) * features).sum(1)
    return {
        "preset": preset,
        "size": 96,
        "logits": logits.flatten().tolist(),
        "shape": list(features.shape[1:]),
        "evidence": evidence.flatten(1).tolist(),
    }


cases = [record("gray-1", gray_1), record("small", small), record("resnet18", resnet18)]
path = pathlib.Path(__file__).parent.parent / "fixtures" / "torch-grad-cam.json"
path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}, separators=(",", ":")) + "\n")
