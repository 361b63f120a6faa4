"""Parameter counts, forward passes and gradients of torchvision's and timm's networks, in float64.

Writes packages/engine/test/fixtures/torch-presets.json, read by src/presets/torch/torch-presets.slow.test.ts and
torch-presets.test.ts. The networks are torchvision's and timm's own modules, with their classifier replaced by one logit.
Weights, running statistics and pixels follow from a hash of name and place that both sides compute, so that only norms
and samples are stored. Kernels begin as He's uniform; matrices and embeddings smaller, so that twelve layers stay within
the range in which float32 can be compared. The function differentiated is the sum of the logits of two pictures, with
batch normalisation on the batch's statistics, and dropout and stochastic depth off.

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


def record(preset, make, classifier, size, scaling):
    full = make()
    names = dict(full.named_parameters())
    counts = {
        "total": sum(p.numel() for p in names.values()),
        "classifier": sum(p.numel() for n, p in names.items() if n.startswith(f"{classifier}.")),
    }
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


def thin(gradients):
    """Every tensor's norm is kept for the first and last layers, and of each further ninth tensor."""
    names = list(gradients)
    return {n: gradients[n] for i, n in enumerate(names) if i < 12 or i >= len(names) - 12 or i % 9 == 0}


def sig(v):
    return float(f"{v:.8g}")


if __name__ == "__main__":
    out = pathlib.Path(__file__).parents[1] / "fixtures" / "torch-presets.json"
    cases = [record(*case) for case in CASES]
    out.write_text(json.dumps({"torch": torch.__version__.split("+")[0], "torchvision": torchvision.__version__.split("+")[0], "timm": timm.__version__, "cases": cases}, indent=1) + "\n")
