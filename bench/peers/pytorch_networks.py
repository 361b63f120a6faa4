"""The networks of bench/src/networks.ts in PyTorch."""

import torch
from torch import nn
from torch.nn import functional


class Residual(nn.Module):
    def __init__(self, filters):
        super().__init__()
        self.convolution = nn.Conv2d(filters, filters, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(filters, eps=1e-3)

    def forward(self, x):
        return torch.relu(x + self.norm(self.convolution(x)))


class PadSame(nn.Module):
    """TensorFlow's SAME: what does not divide evenly goes to the end."""

    def __init__(self, size, kernel, stride):
        super().__init__()
        total = max(0, (-(-size // stride) - 1) * stride + kernel - size)
        self.pads = (total // 2, total - total // 2) * 2

    def forward(self, x):
        return functional.pad(x, self.pads) if any(self.pads) else x


def mobile_convolution(layer, channels, size):
    kernel, stride = layer["kernel"], layer["stride"]
    groups = channels if layer["depthwise"] else 1
    same = stride == 1 and kernel % 2 == 1
    pad = [] if same else [PadSame(size, kernel, stride)]
    padding = kernel // 2 if same else 0
    convolution = nn.Conv2d(channels, layer["filters"], kernel, stride, padding, groups=groups, bias=False)
    return [*pad, convolution, nn.BatchNorm2d(layer["filters"], eps=1e-3), nn.ReLU6()]


def build(network):
    layers = []
    channels, size = network["channels"], network["size"]
    if network.get("pretrained", False):
        channels = 3
    features = None
    for layer in network["layers"]:
        kind = layer["kind"]
        if kind == "convolution":
            normalised = layer.get("normalised", False)
            kernel, stride = layer["kernel"], layer.get("stride", 1)
            padding = kernel // 2 if normalised else 0
            layers.append(nn.Conv2d(channels, layer["filters"], kernel, stride, padding, bias=not normalised))
            channels, size = layer["filters"], (size + 2 * padding - kernel) // stride + 1
            if normalised:
                layers.append(nn.BatchNorm2d(channels, eps=1e-3))
            layers.append(nn.ReLU())
            if layer.get("pool", False):
                layers.append(nn.MaxPool2d(2))
                size //= 2
        elif kind == "mobile-convolution":
            layers += mobile_convolution(layer, channels, size)
            channels, size = layer["filters"], -(-size // layer["stride"])
        elif kind == "residual":
            layers.append(Residual(layer["filters"]))
        elif kind == "dropout":
            layers.append(nn.Dropout(layer["share"]))
        elif kind == "flatten":
            layers.append(nn.Flatten())
            features = channels * size * size
        elif kind == "global-average-pool":
            layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
            features = channels
        elif kind == "dense":
            layers.append(nn.Linear(features, layer["units"]))
            features = layer["units"]
            if layer.get("relu", False):
                layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def project(model, network):
    """Keras's UnitNorm over the kernel's height, as the original study constrained its first layer."""
    convolutions = [layer for layer in network["layers"] if layer["kind"] == "convolution"]
    modules = [module for module in model if isinstance(module, nn.Conv2d)]
    with torch.no_grad():
        for layer, module in zip(convolutions, modules):
            if layer.get("unitNorm", False):
                module.weight.div_(1e-7 + module.weight.square().sum(2, keepdim=True).sqrt())
