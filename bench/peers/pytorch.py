"""One training step in PyTorch, float32, channels_last, eager: the way its users train on a CPU.

Usage: pytorch.py TASK, where TASK is the JSON document described in bench/src/measurement.ts.
"""

import json
import resource
import statistics
import sys
import time

import torch
from torch import nn


class Residual(nn.Module):
    def __init__(self, filters):
        super().__init__()
        self.convolution = nn.Conv2d(filters, filters, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(filters, eps=1e-3)

    def forward(self, x):
        return torch.relu(x + self.norm(self.convolution(x)))


def build(network):
    layers = []
    channels, size = network["channels"], network["size"]
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


def peak_bytes():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main():
    task = json.loads(sys.argv[1])
    network, batch = task["network"], task["batch"]
    torch.set_num_threads(task["threads"])
    torch.manual_seed(1)

    model = build(network).to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)
    loss_of = nn.BCEWithLogitsLoss()
    shape = (batch, network["channels"], network["size"], network["size"])
    pixels = torch.randint(0, 256, shape, dtype=torch.uint8).to(memory_format=torch.channels_last)
    targets = (torch.arange(batch) % 2).float().unsqueeze(1)

    seconds = []
    for step in range(task["warmUp"] + task["steps"]):
        started = time.perf_counter()
        optimizer.zero_grad()
        loss = loss_of(model(pixels.float() / 255), targets)
        loss.backward()
        optimizer.step()
        project(model, network)
        loss.item()
        if step == 0:
            print("first step done", flush=True)
        if step >= task["warmUp"]:
            seconds.append(time.perf_counter() - started)

    print(
        json.dumps(
            {
                "parameters": sum(parameter.numel() for parameter in model.parameters()),
                "secondsPerStep": statistics.median(seconds),
                "peakBytes": peak_bytes(),
                "version": f"PyTorch {torch.__version__}, float32, channels_last, eager",
            }
        )
    )


if __name__ == "__main__":
    main()
