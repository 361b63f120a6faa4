"""DenseNet-121 as TorchXRayVision builds it, and a narrow one as ONNX, against which reading its weights is tested.

TorchXRayVision's `models.DenseNet` is torchvision's DenseNet with a first convolution of one channel, 18 outputs, pixels in
-1024..1024, and a buffer `op_threshs` that its last step, `op_norm`, looks at; so it is built here from torchvision's module.
Writes, both read by src/presets/torch/xray-densenet.test.ts:

- fixtures/torch-xray-densenet.json: a hash of names and shapes of the full network's state dictionary, and what the full
  network with one logit gives for two pictures of 64x64; weights and pixels follow from the hash that torch_presets.py has,
  with the first running variance times 1024^2, since no normalisation was learned;
- fixtures/onnx/xray-densenet-narrow.onnx and, in the JSON, its features: the same architecture with blocks of two layers
  that add 4 channels each, exported up to the thresholds as torch.onnx.export does it.

Recorded with PyTorch 2.13.0 and torchvision 0.28.0.
"""

import hashlib
import json
import math
import pathlib

import numpy
import torch

from torch_presets import initial, sig
from torch_networks import hashed
import torchvision

FIXTURES = pathlib.Path(__file__).parents[1] / "fixtures"
FINDINGS = 18


def xray(densenet):
    """The module with TorchXRayVision's first convolution, outputs and buffer."""
    out = densenet.features.conv0.out_channels
    densenet.features.conv0 = torch.nn.Conv2d(1, out, 7, 2, 3, bias=False)
    densenet.classifier = torch.nn.Linear(densenet.classifier.in_features, FINDINGS)
    densenet.register_buffer("op_threshs", torch.linspace(0.01, 0.2, FINDINGS))
    return densenet


def fill(net):
    with torch.no_grad():
        for name, tensor in net.state_dict().items():
            if name.endswith("num_batches_tracked") or name == "op_threshs":
                continue
            values = initial(name, tuple(tensor.shape))
            tensor.copy_(values * 1024**2 if name == "features.norm0.running_var" else values)
    return net.eval()


def pixels(size):
    raw = (hashed("pixels", 2 * size * size) >> numpy.uint64(24)).astype("float64")
    return torch.from_numpy(raw).reshape(2, 1, size, size) / 255 * 2048 - 1024


def pooled(net, x):
    return torch.nn.functional.adaptive_avg_pool2d(torch.relu(net.features(x)), (1, 1)).flatten(1)


class Thresholded(torch.nn.Module):
    """With the last step: probabilities in which each threshold is a half."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        p, t = torch.sigmoid(self.net.classifier(pooled(self.net, x))), self.net.op_threshs
        return torch.where(p < t, p / (2 * t), 1 - (1 - p) / (2 * (1 - t)))


if __name__ == "__main__":
    full = fill(xray(torchvision.models.densenet121()).double())
    names = sorted(f"{n} {'x'.join(map(str, t.shape))}" for n, t in full.state_dict().items())
    weight, bias = initial("head/output/kernel", (1, 1024)), initial("head/output/bias", (1,))
    with torch.no_grad():
        logits = (pooled(full, pixels(64)) @ weight.T + bias).flatten().tolist()

    narrow = fill(xray(torchvision.models.DenseNet(4, (2, 2, 2, 2), 8, bn_size=2)).double())
    with torch.no_grad():
        features = pooled(narrow, pixels(64)).flatten().tolist()
    torch.onnx.export(
        Thresholded(narrow.float()), (pixels(64).float(),), FIXTURES / "onnx" / "xray-densenet-narrow.onnx",
        input_names=["xray"], output_names=["findings"], dynamic_axes={"xray": {0: "batch"}}, opset_version=17,
        dynamo=False, training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False,
    )
    record = {
        "torch": torch.__version__.split("+")[0], "torchvision": torchvision.__version__.split("+")[0],
        "stateDictionary": hashlib.sha256("\n".join(names).encode()).hexdigest(), "tensors": len(names),
        "logits": [sig(v) for v in logits], "narrowFeatures": [sig(v) for v in features],
    }
    (FIXTURES / "torch-xray-densenet.json").write_text(json.dumps(record, indent=1) + "\n")
