"""Networks of torchvision as PyTorch's two exporters write them, with what training them comes to in PyTorch.

`python export_networks.py <folder> [network ...]` writes `<network>-<exporter>-<operator set>.onnx` and beside each a
.json: the tensor that the classifier takes, the side of a picture, the number of trained numbers, and the losses of
three steps of plain descent in evaluation mode. The older exporter is used as docs/transfer.md recommends it. `npm run bench -- exported <folder>` reads them. Weights are random, none
is 0; pixels and the head follow from a hash that the other side computes as well. Needs torch, torchvision, onnx and
onnxscript.
"""

import json
import logging
import pathlib
import sys
import warnings

import numpy
import onnx
import torch
import torch.nn.functional as F
from torch import nn

try:
    import torchvision
except RuntimeError:  # Built for another torch: its own kernels, which no network here needs, are not there to be described.
    for loaded in [name for name in sys.modules if name.startswith("torchvision")]:
        del sys.modules[loaded]
    torch.library.register_fake = lambda *_, **__: lambda described: described

import torchvision.models as models
from torchvision.models.convnext import CNBlockConfig, ConvNeXt
from torchvision.models.swin_transformer import PatchMergingV2, SwinTransformer, SwinTransformerBlockV2
from torchvision.models.vision_transformer import VisionTransformer

COUNT, STEPS, RATE, CLASSES = 4, 3, 0.01, 10
#: Exporter, operator set, and the type that the network is brought to before.
EXPORTS = (
    ("legacy", 17, torch.float32), ("dynamo", 18, torch.float32), ("legacy", 19, torch.float32),
    ("dynamo", 19, torch.float32), ("legacy", 17, torch.float16), ("dynamo", 18, torch.float16),
)
V2 = {"block": SwinTransformerBlockV2, "downsample_layer": PatchMergingV2}
SWIN = {"patch_size": [4, 4], "embed_dim": 48, "depths": [2, 2], "num_heads": [3, 6], "stochastic_depth_prob": 0.0}
MAXVIT = {
    "input_size": (64, 64), "stem_channels": 16, "partition_size": 4, "block_channels": [16, 32],
    "block_layers": [1, 1], "head_dim": 8, "stochastic_depth_prob": 0.0,
}


def named(name, **more):
    return lambda: getattr(models, name)(weights=None, num_classes=CLASSES, **more)


def pooled(name):
    def build():
        network = getattr(models, name)(weights=None)
        network.avgpool = nn.AdaptiveAvgPool2d(1)
        channels = [m for m in network.features if isinstance(m, nn.Conv2d)][-1].out_channels
        network.classifier = nn.Linear(channels, CLASSES)
        return network

    return build


def convnext():
    sizes = [CNBlockConfig(24, 48, 1), CNBlockConfig(48, 96, 1), CNBlockConfig(96, None, 1)]
    return ConvNeXt(sizes, num_classes=CLASSES, stochastic_depth_prob=0.0)


def vit():
    sizes = {"image_size": 64, "patch_size": 16, "num_layers": 3, "num_heads": 3, "hidden_dim": 96, "mlp_dim": 192}
    return VisionTransformer(**sizes, num_classes=CLASSES)


AUX = {"aux_logits": False, "init_weights": False}
NETWORKS = {
    "AlexNet": (pooled("alexnet"), 64),
    "VGG11 with batch norm": (pooled("vgg11_bn"), 64),
    "ResNet-18": (named("resnet18"), 64),
    "ResNeXt-50": (named("resnext50_32x4d"), 64),
    "DenseNet-121": (named("densenet121"), 64),
    "GoogLeNet": (named("googlenet", **AUX), 64),
    "Inception v3": (named("inception_v3", **AUX), 96),
    "SqueezeNet 1.1": (named("squeezenet1_1"), 64),
    "MobileNetV2": (named("mobilenet_v2"), 64),
    "MobileNetV3 small": (named("mobilenet_v3_small"), 64),
    "MNASNet 0.5": (named("mnasnet0_5"), 64),
    "EfficientNet-B0": (named("efficientnet_b0", stochastic_depth_prob=0.0), 64),
    "RegNetY-400MF": (named("regnet_y_400mf"), 64),
    "ShuffleNetV2 0.5": (named("shufflenet_v2_x0_5"), 64),
    "ResNet-18 and a decoder": (None, 64),
    "ConvNeXt, 3 blocks": (convnext, 64),
    "ViT, 3 blocks": (vit, 64),
    "Swin, 4 blocks": (lambda: SwinTransformer(window_size=[4, 4], num_classes=CLASSES, **SWIN), 64),
    "Swin V2, 4 blocks": (lambda: SwinTransformer(window_size=[4, 4], num_classes=CLASSES, **SWIN, **V2), 64),
    "MaxViT, 2 blocks": (lambda: models.MaxVit(num_classes=CLASSES, **MAXVIT), 64),
}


class Upsampled(nn.Module):
    """A decoder: features of a ResNet-18, brought back by a transposed convolution, a pixel shuffle and a resize."""

    def __init__(self):
        super().__init__()
        resnet = models.resnet18(weights=None)
        self.body = nn.Sequential(*list(resnet.children())[:6])
        self.up = nn.ConvTranspose2d(128, 64, 3, stride=2, padding=1, output_padding=1)
        self.act = nn.PReLU(64)
        self.mix = nn.Conv2d(16, 32, 3, padding=1)
        self.norm = nn.GroupNorm(4, 32)
        self.fc = nn.Linear(32, CLASSES)

    def forward(self, x):
        x = F.pixel_shuffle(self.act(self.up(self.body(x))), 2)
        x = F.interpolate(F.gelu(self.norm(self.mix(x))), scale_factor=2, mode="bilinear", align_corners=False)
        return self.fc(x.mean((2, 3)))


def make(name):
    torch.manual_seed(1)
    build, side = NETWORKS[name]
    network = (build or Upsampled)().eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.01)
    return network, side


def without_classifier(network):
    for attribute in ("fc", "heads", "head", "classifier"):
        last = getattr(network, attribute, None)
        if last is None:
            continue
        if not isinstance(last, nn.Sequential) or attribute == "heads":
            setattr(network, attribute, nn.Identity())
        elif isinstance(last[-1], nn.Linear):
            last[-1] = nn.Identity()
        else:  # SqueezeNet: the classifier is a convolution before the average.
            network.classifier = nn.AdaptiveAvgPool2d(1)
        return network
    raise ValueError("no classifier")


def hashed(name, count):
    """Whole numbers below 2^32, the same in TypeScript."""
    offset = sum((i + 1) * ord(letter) for i, letter in enumerate(name))
    h = (numpy.arange(count, dtype=numpy.uint64) + offset) * 2654435761 % 2**32
    h ^= h >> numpy.uint64(15)
    h = h * 2246822519 % 2**32
    return h ^ (h >> numpy.uint64(13))


def tensor(name, *shape):
    values = (hashed(name, int(numpy.prod(shape))) / 2**31 - 1) / 8
    return torch.from_numpy(values.astype(numpy.float32).reshape(shape)).requires_grad_()


def losses(name, dtype):
    """In float32, from the weights that the file holds."""
    network, side = make(name)
    network = without_classifier(network.to(dtype).float())
    gray = (hashed("pixels", COUNT * side * side) >> numpy.uint64(24)).astype(numpy.float32)
    x = torch.from_numpy(gray.reshape(COUNT, 1, side, side)).repeat(1, 3, 1, 1) / 127.5 - 1
    targets = torch.tensor([0.0, 1.0, 0.0, 1.0]).reshape(COUNT, 1)
    kernel, bias = tensor("head/output/kernel", network(x).shape[1], 1), tensor("head/output/bias", 1)
    trained = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD([*trained, kernel, bias], lr=RATE)
    found = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(network(x) @ kernel + bias, targets)
        loss.backward()
        optimizer.step()
        found.append(loss.item())
    return found, sum(p.numel() for p in trained)


def features(model):
    """The tensor that the classifier takes: input of the last product, or of SqueezeNet's last convolution."""
    products = [node for node in model.graph.node if node.op_type in ("Gemm", "MatMul")]
    return (products or [node for node in model.graph.node if node.op_type == "Conv"])[-1].input[0]


def export(name, exporter, opset, dtype, file):
    network, side = make(name)
    network = network.to(dtype)
    x = torch.randn(2, 3, side, side, dtype=dtype)
    if exporter == "legacy":
        axes = {"input": {0: "batch"}}
        torch.onnx.export(
            network, (x,), str(file), dynamo=False, opset_version=opset, input_names=["input"], dynamic_axes=axes,
            training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False,
        )
    else:
        shapes = ({0: torch.export.Dim("batch")},)
        torch.onnx.export(
            network, (x,), str(file), dynamo=True, opset_version=opset, external_data=False, verbose=False,
            dynamic_shapes=shapes,
        )
    return features(onnx.load(file)), side


def main(folder, *chosen):
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    for name in chosen or NETWORKS:
        found = {dtype: losses(name, dtype) for dtype in {dtype for _, _, dtype in EXPORTS}}
        for exporter, opset, dtype in EXPORTS:
            expected, parameters = found[dtype]
            form = exporter if dtype == torch.float32 else f"{exporter}-float16"
            stem = f"{name.replace(' ', '_').replace(',', '')}-{form}-{opset}"
            file = folder / f"{stem}.onnx"
            if file.with_suffix(".json").exists():
                continue
            try:
                tensor_name, side = export(name, exporter, opset, dtype, file)
            except Exception as error:  # The exporter's own limits are a line of the table.
                print(stem, "was not exported:", type(error).__name__, str(error)[:120].replace("\n", " "))
                continue
            record = {
                "network": name, "exporter": exporter, "opset": opset, "dtype": str(dtype).removeprefix("torch."),
                "features": tensor_name, "side": side, "count": COUNT, "rate": RATE, "parameters": parameters,
                "losses": expected, "torch": torch.__version__,
            }
            (folder / f"{stem}.json").write_text(json.dumps(record) + "\n")
            print(stem, file.stat().st_size, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
