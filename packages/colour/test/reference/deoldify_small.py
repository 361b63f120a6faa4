"""A small generator of DeOldify's architecture with random weights as PyTorch exports it, with and without the Resize that odd
render factors need: files that work at all factors, and at some. Writes into ../fixtures.

Run: python deoldify_small.py        (onnx, torch)

Written after the description of DeOldify's artistic generator (jantic/DeOldify, MIT): a residual encoder cut before its
pool, decoder blocks of 1x1 convolution, PixelShuffle, replication pad and blur, concatenation with a normalised skip,
self-attention after the second block, and a last residual block with a sigmoid of range (-3, 3). Blocks are far narrower,
and each stage of the encoder has one block instead of three to six.
"""
import pathlib
import warnings

import torch
from torch import nn
from torch.nn import functional as F

warnings.filterwarnings("ignore")
fixtures = pathlib.Path(__file__).parent.parent / "fixtures"
mean = torch.tensor([0.485, 0.456, 0.406])[None, :, None, None]
deviation = torch.tensor([0.229, 0.224, 0.225])[None, :, None, None]
torch.manual_seed(7)


def conv(inputs, outputs, kernel=3, stride=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.ReLU(), nn.BatchNorm2d(outputs)
    )


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first, self.second = conv(inputs, outputs, 3, stride), conv(outputs, outputs)
        self.short = conv(inputs, outputs, 1, stride) if stride > 1 or inputs != outputs else nn.Identity()

    def forward(self, x):
        return F.relu(self.second(self.first(x)) + self.short(x))


class Shuffle(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = conv(inputs, outputs * 4, 1)
        self.blur = nn.Sequential(nn.ReplicationPad2d((1, 0, 1, 0)), nn.AvgPool2d(2, stride=1))

    def forward(self, x):
        return self.blur(F.relu(F.pixel_shuffle(self.conv(x), 2)))


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        narrow = max(1, channels // 8)
        self.query, self.key = nn.Conv1d(channels, narrow, 1, bias=False), nn.Conv1d(channels, narrow, 1, bias=False)
        self.value, self.gamma = nn.Conv1d(channels, channels, 1, bias=False), nn.Parameter(torch.tensor([0.7]))

    def forward(self, x):
        flat = x.flatten(2)
        beta = F.softmax(torch.bmm(self.query(flat).permute(0, 2, 1), self.key(flat)), dim=1)
        return (self.gamma * torch.bmm(self.value(flat), beta) + flat).reshape(x.shape)


class Block(nn.Module):
    def __init__(self, inputs, skip, outputs, attention=False):
        super().__init__()
        self.shuffle, self.norm = Shuffle(inputs, outputs), nn.BatchNorm2d(skip)
        self.convs = nn.Sequential(conv(outputs + skip, outputs), conv(outputs, outputs))
        self.attention = Attention(outputs) if attention else nn.Identity()

    def forward(self, x, skip):
        up = self.shuffle(x)
        # Odd sizes only: a file traced at an even one has no Resize.
        if up.shape[-2:] != skip.shape[-2:]:
            up = F.interpolate(up, skip.shape[-2:], mode="nearest")
        return self.attention(self.convs(F.relu(torch.cat([up, self.norm(skip)], dim=1))))


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = conv(3, 4, 7, 2)
        self.stages = nn.ModuleList(
            [Residual(4, 4, 1), Residual(4, 6, 2), Residual(6, 8, 2), Residual(8, 8, 2)]
        )
        self.middle = nn.Sequential(nn.BatchNorm2d(8), nn.ReLU(), conv(8, 12), conv(12, 8))
        self.blocks = nn.ModuleList([Block(8, 8, 8), Block(8, 6, 8, True), Block(8, 4, 6), Block(6, 4, 4)])
        self.last, self.final = Shuffle(4, 4), Residual(7, 7, 1)
        self.colour = nn.Conv2d(7, 3, 1)

    def forward(self, levels):
        x = (levels / 255 - mean) / deviation
        skips = [self.stem(x)]
        value = F.max_pool2d(skips[0], 3, 2, 1)
        for stage in self.stages:
            value = stage(value)
            skips.append(value)
        value = self.middle(skips.pop())
        for block in self.blocks:
            value = block(value, skips.pop())
        up = self.last(value)
        if up.shape[-2:] != x.shape[-2:]:
            up = F.interpolate(up, x.shape[-2:], mode="nearest")
        value = self.colour(self.final(torch.cat([up, x], dim=1)))
        value = torch.sigmoid(value) * 6 - 3
        return (value * deviation + mean) * 255


generator = Generator()
with torch.no_grad():
    # Statistics of smooth pictures, as a trained network would have some.
    generator.train()
    for _ in range(20):
        rough = F.interpolate(torch.rand(4, 1, 5, 5), 64, mode="bicubic").clamp(0, 1) * 255
        generator(rough.repeat(1, 3, 1, 1))
    # Colours of middling strength.
    generator.colour.weight.mul_(0.8)
    generator.eval()

for name, side in [("deoldify-small", 560), ("deoldify-small-traced-256", 256)]:
    torch.onnx.export(
        generator, torch.zeros(1, 3, side, side), fixtures / f"{name}.onnx", dynamo=False, opset_version=17,
        input_names=["input"], output_names=["output"],
        dynamic_axes={"input": {2: "height", 3: "width"}, "output": {2: "height", 3: "width"}},
    )
