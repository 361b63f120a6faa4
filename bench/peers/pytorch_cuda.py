"""Training steps and predictions of the networks of bench/src/gpu/networks.ts in PyTorch on CUDA, float32 with TF32 off.

Usage: pytorch_cuda.py NETWORK SIDE BATCH STEPS. Prints one JSON document: images a second. Part of the pack that `npm run
bench:gpu` makes, so that it needs no other file.
"""

import json
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


def normed(inputs, outputs, kernel=3, stride=1):
    convolution = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU())


class Residual(nn.Module):
    """ReLU of the input (or a 1x1 convolution of it) plus convolutions of it."""

    def __init__(self, inputs, outputs, stride=1, double=True):
        super().__init__()
        last = nn.Sequential(nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        self.body = nn.Sequential(normed(inputs, outputs, 3, stride), *last) if double else last
        short = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        self.short = short if stride > 1 else nn.Identity()

    def forward(self, x):
        return F.relu(self.body(x) + self.short(x))


def gray_final(side):
    layers, inputs = [], 3
    for i, (outputs, kernel) in enumerate([(32, 3), (64, 4), (128, 3), (128, 3), (256, 3)]):
        layers += [nn.Conv2d(inputs, outputs, kernel), nn.ReLU(), nn.MaxPool2d(2)] + [nn.Dropout(0.4)] * (i in (2, 4))
        inputs, side = outputs, (side - kernel + 1) // 2
    dense = [nn.Flatten(), nn.Linear(256 * side * side, 512), nn.ReLU(), nn.Dropout(0.2), nn.Linear(512, 1)]
    return nn.Sequential(*layers, *dense)


def small(_):
    body = [normed(1, 24, 3, 2), normed(24, 48, 3, 2), Residual(48, 48, double=False)]
    body += [normed(48, 96, 3, 2), Residual(96, 96, double=False), normed(96, 128, 3, 2)]
    return nn.Sequential(*body, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(128, 1))


def resnet18(_):
    body, inputs = [normed(3, 64, 7, 2), nn.MaxPool2d(3, 2, 1)], 64
    for i, outputs in enumerate([64, 128, 256, 512]):
        body += [Residual(inputs, outputs, 1 if i == 0 else 2), Residual(outputs, outputs)]
        inputs = outputs
    return nn.Sequential(*body, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 1))


class ColourUNet(nn.Module):
    def __init__(self):
        super().__init__()
        widths = (16, 32, 64, 128, 192)
        self.down = nn.ModuleList([normed(1, 16)] + [
            nn.Sequential(normed(a, b, 3, 2), normed(b, b)) for a, b in zip(widths, widths[1:])
        ])
        self.bottom = normed(192, 192)
        self.wide = nn.ModuleList([normed(192, 512, 1), normed(128, 256, 1)])
        self.up = nn.ModuleList([normed(256, 128), normed(128, 64)])
        self.answer = nn.Conv2d(64, 100, 1)

    def forward(self, x):
        levels = [self.down[0](x)]
        for layer in self.down[1:]:
            levels.append(layer(levels[-1]))
        value = self.bottom(levels[4])
        for i, level in enumerate((3, 2)):
            value = self.up[i](torch.cat([F.pixel_shuffle(self.wide[i](value), 2), levels[level]], 1))
        return self.answer(value)


NETWORKS = {
    "gray-final": (gray_final, 3), "small": (small, 1), "resnet18": (resnet18, 3), "colour-unet": (lambda _: ColourUNet(), 1),
}


def rate(batch, steps, run):
    seconds = []
    for i in range(steps + 3):
        begun = time.perf_counter()
        run()
        torch.cuda.synchronize()
        if i >= 3:
            seconds.append(time.perf_counter() - begun)
    return batch / statistics.median(seconds)


def main(name, side, batch, steps):
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    build, channels = NETWORKS[name]
    network = build(side).cuda()
    pixels = torch.randint(0, 256, (batch, channels, side, side), dtype=torch.uint8)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
    with torch.no_grad():
        targets = torch.zeros_like(network(pixels.cuda().float() / 255))
    loss_of = F.l1_loss if name == "colour-unet" else F.binary_cross_entropy_with_logits

    def train():
        optimizer.zero_grad()
        loss = loss_of(network(pixels.cuda().float() / 255), targets)
        loss.backward()
        optimizer.step()
        loss.item()

    def predict():
        with torch.inference_mode():
            network(pixels.cuda().float() / 255).cpu()

    training = rate(batch, steps, train)
    network.eval()
    parameters = sum(p.numel() for p in network.parameters())
    result = {"training": training, "prediction": rate(batch, steps, predict), "parameters": parameters}
    print(json.dumps({**result, "device": torch.cuda.get_device_name(), "torch": torch.__version__}))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
