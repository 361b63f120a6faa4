"""Parameter counts, forward passes and gradients of torchvision's and timm's networks, in float64.

Writes packages/engine/test/fixtures/torch-presets.json, read by src/presets/torch/torch-presets.slow.test.ts and
torch-presets.test.ts. The networks are torchvision's and timm's own modules, with their classifier replaced by one logit.
Weights, running statistics and pixels follow from a hash of name and place that both sides compute, so that only norms
and samples are stored. Kernels begin as He's uniform; matrices and embeddings smaller, so that twelve layers stay within
the range in which float32 can be compared. The function differentiated is the sum of the logits of two pictures, with
batch normalisation on the batch's statistics, and dropout and stochastic depth off.

ReLU makes gradients jump where its argument changes sign. In float32 a few of the millions of arguments do: 1 of 2,557,952 in
densenet121 here, 7 of 1,568,768 in resnet50. So for the two deepest networks with ReLU two more things are recorded: by how
much PyTorch's own float32 departs from its float64, as it is and with the signs (and places of maxima) of float64 (`float32`);
and the same network with ELU for ReLU, whose slope is continuous, as a case of its own that float32 can be held to.

Recorded with PyTorch 2.13.0, torchvision 0.28.0 and timm 1.0.29, whose imports need neither torchvision's compiled
operators nor huggingface_hub here: both are stubbed.
"""

import json
import math
import pathlib
import sys
from unittest.mock import MagicMock

import numpy
import torch
import torch.nn.functional as F

torch.library.register_fake = lambda *a, **k: lambda f: f
for module in ["huggingface_hub", "huggingface_hub.utils", "huggingface_hub.constants"]:
    sys.modules.setdefault(module, MagicMock())

import timm  # noqa: E402
import torchvision  # noqa: E402

from torch_networks import hashed  # noqa: E402

SAMPLES = 8
MEAN, SD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]

# Name of the preset, the module, the attribute path of its classifier's last layer, picture size, scaling.
CASES = [
    ("densenet121", torchvision.models.densenet121, "classifier", 64, "imagenet"),
    ("resnet50", torchvision.models.resnet50, "fc", 64, "imagenet"),
    ("efficientnet-b0", torchvision.models.efficientnet_b0, "classifier.1", 64, "imagenet"),
    ("convnext-tiny", torchvision.models.convnext_tiny, "classifier.2", 64, "imagenet"),
    ("vit-tiny", lambda **k: timm.create_model("vit_tiny_patch16_224", **k), "head", 64, "half"),
]


def initial(name, shape):
    """Values of a tensor by its name; the same in torch-presets.test-support.ts."""
    unit = torch.from_numpy(hashed(name, math.prod(shape)).astype("float64")).reshape(shape) / 2**31 - 1
    if name.endswith("running_mean"):
        values = 0.25 * unit
    elif name.endswith("running_var") or (len(shape) == 1 and name.endswith("weight")):
        values = 1 + 0.25 * unit
    elif name.endswith("layer_scale"):
        values = 0.5 + 0.25 * unit
    elif name.endswith("bias"):
        values = 0.25 * unit
    elif len(shape) == 4:
        values = math.sqrt(6 / math.prod(shape[1:])) * unit
    else:
        values = math.sqrt(3 / shape[-1]) * unit
    return values.float().double()


def pixels(size, scaling):
    raw = torch.from_numpy((hashed("pixels", 2 * 3 * size * size) >> numpy.uint64(24)).astype("float64")).reshape(2, 3, size, size) / 255
    if scaling == "half":
        return (raw - 0.5) / 0.5
    mean, sd = (torch.tensor(v, dtype=torch.float64).view(1, 3, 1, 1) for v in (MEAN, SD))
    return (raw - mean) / sd


def prepared(preset, make, classifier, size, full):
    """The module with one logit and the values of `initial`, in float64."""
    net = make(img_size=size) if preset == "vit-tiny" else full
    net = net.double()
    parent = net.get_submodule(classifier.rpartition(".")[0]) if "." in classifier else net
    leaf = classifier.rpartition(".")[2]
    features = net.get_submodule(classifier).in_features
    head = torch.nn.Linear(features, 1).double()
    setattr(parent, leaf, head)
    with torch.no_grad():
        for name, tensor in net.state_dict().items():
            if name.endswith("num_batches_tracked") or name.startswith(f"{classifier}."):
                continue
            tensor.copy_(initial(name, tuple(tensor.shape)))
        head.weight.copy_(initial("head/output/kernel", (1, features)))
        head.bias.copy_(initial("head/output/bias", (1,)))
    for module in net.modules():
        if "Dropout" in type(module).__name__:
            module.p = 0.0
        if "StochasticDepth" in type(module).__name__ or "DropPath" in type(module).__name__:
            module.p = 0.0
    return net


# With ReLU by the hundred, and few places in the last maps.
DEEP = ["densenet121", "resnet50"]


def record(preset, make, classifier, size, scaling, activation="relu"):
    if activation == "elu":
        original, F.relu = F.relu, lambda x, inplace=False: F.elu(x)
        try:
            return record(preset, make, classifier, size, scaling) | {"activation": "elu"}
        finally:
            F.relu = original
    full = make()
    names = dict(full.named_parameters())
    counts = {
        "total": sum(p.numel() for p in names.values()),
        "classifier": sum(p.numel() for n, p in names.items() if n.startswith(f"{classifier}.")),
    }
    net = prepared(preset, make, classifier, size, full)
    x = pixels(size, scaling)
    net.eval()
    with torch.no_grad():
        predicted = net(x).flatten().tolist()
    net.train()
    logits = net(x).flatten()
    logits.sum().backward()
    gradients = {}
    for name, p in net.named_parameters():
        if name.startswith(f"{classifier}."):
            continue
        flat = p.grad.flatten()
        at = [i * flat.numel() // SAMPLES for i in range(SAMPLES)]
        gradients[name] = {"norm": sig(flat.norm().item()), "samples": [sig(flat[i].item()) for i in at]}
    return {
        "preset": preset, "size": size, "counts": counts,
        "predicted": [sig(v) for v in predicted], "trained": [sig(v) for v in logits.tolist()],
        "gradients": thin(gradients),
    }


def own_rounding(preset, make, classifier, size, scaling):
    """How far PyTorch's float32 gradients are from its float64 ones: as computed, and with float64's signs and maxima."""
    relu, pool = F.relu, F.max_pool2d
    signs, maxima, flips = [], [], [0, 0]

    def run(dtype):
        net = prepared(preset, make, classifier, size, make()).to(dtype).train()
        net(pixels(size, scaling).to(dtype)).sum().backward()
        return {n: p.grad.double() for n, p in net.named_parameters() if not n.startswith(f"{classifier}.")}

    def keeping(x, inplace=False):
        signs.append(x > 0)
        return relu(x)

    def keeping_pool(x, *_, **__):
        y, places = torch._C._nn.max_pool2d_with_indices(x, 3, 2, 1)
        maxima.append(places)
        return y

    def given(x, inplace=False):
        sign = signs.pop(0)
        flips[0] += int(((x > 0) != sign).sum())
        flips[1] += sign.numel()
        return x * sign.to(x.dtype)

    def given_pool(x, *_, **__):
        places = maxima.pop(0)
        return x.flatten(2).gather(2, places.flatten(2)).view(places.shape)

    try:
        F.relu, F.max_pool2d = keeping, keeping_pool
        exact = run(torch.float64)
        F.relu, F.max_pool2d = given, given_pool
        fixed = run(torch.float32)
    finally:
        F.relu, F.max_pool2d = relu, pool
    plain = run(torch.float32)

    def distance(of):
        return sig(max(((of[n] - g).norm() / g.norm()).item() for n, g in exact.items() if g.norm() > 1e-9))

    return {"flips": flips, "asComputed": distance(plain), "withSigns": distance(fixed)}


def thin(gradients):
    """Every tensor's norm is kept for the first and last layers, and of each further ninth tensor."""
    names = list(gradients)
    return {n: gradients[n] for i, n in enumerate(names) if i < 12 or i >= len(names) - 12 or i % 9 == 0}


def sig(v):
    return float(f"{v:.8g}")


if __name__ == "__main__":
    out = pathlib.Path(__file__).parents[1] / "fixtures" / "torch-presets.json"
    cases = [record(*case) | ({"float32": own_rounding(*case)} if case[0] in DEEP else {}) for case in CASES]
    cases += [record(*case, activation="elu") for case in CASES if case[0] in DEEP]
    out.write_text(json.dumps({"torch": torch.__version__.split("+")[0], "torchvision": torchvision.__version__.split("+")[0], "timm": timm.__version__, "cases": cases}, indent=1) + "\n")
