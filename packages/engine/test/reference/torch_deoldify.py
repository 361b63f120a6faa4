"""Reference numbers of PyTorch: the forward pass of DeOldify's artistic generator and critic, written anew from the
description of their layers (fastai v1's dynamic U-Net as DeOldify widens it; resnet34 as in torchvision), not copied.

Weights follow from their names by a formula (`formula` below, and deoldify.test.ts), so that none need be kept.

Made with PyTorch 2.13.0 (CPU):  python torch_deoldify.py > ../fixtures/torch-deoldify.json
"""

import json

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(2)
torch.set_grad_enabled(False)


def numbers(x):
    return [round(float(v), 7) for v in x.detach().double().flatten()]


def formula(name, count):
    """Numbers in [-1, 1) from a name: FNV-1a of the name, then a multiplicative hash of place and name."""
    seed = 2166136261
    for byte in name.encode():
        seed = ((seed ^ byte) * 16777619) & 0xFFFFFFFF
    i = np.arange(count, dtype=np.uint64)
    h = (i * np.uint64(2654435761) + np.uint64(seed)) & np.uint64(0xFFFFFFFF)
    h = ((h ^ (h >> np.uint64(16))) * np.uint64(73244475)) & np.uint64(0xFFFFFFFF)
    h = ((h ^ (h >> np.uint64(16))) * np.uint64(73244475)) & np.uint64(0xFFFFFFFF)
    h = h ^ (h >> np.uint64(16))
    return h.astype(np.float64) / 2147483648.0 - 1


def kernel(name, *shape):
    fan_in = int(np.prod(shape[1:]))
    values = formula(f"{name}/kernel", int(np.prod(shape))) * np.sqrt(6 / fan_in)
    return torch.tensor(values.astype(np.float32)).view(*shape)


def bias(name, n):
    return torch.tensor((0.1 * formula(f"{name}/bias", n)).astype(np.float32))


def spectral(name, weight):
    """Divides by the largest singular value as five power iterations from a formula find it."""
    m = weight.double().reshape(weight.shape[0], -1)
    u = torch.tensor(formula(f"{name}/kernel/left", m.shape[0]))
    for _ in range(5):
        v = F.normalize(m.T @ u, dim=0)
        u = F.normalize(m @ v, dim=0)
    return weight / torch.dot(u.float(), m.float() @ v.float())


class Conv(nn.Module):
    def __init__(self, name, ni, nf, ks, stride=1, padding=None, has_bias=True, is_spectral=True):
        super().__init__()
        weight = kernel(name, nf, ni, ks, ks)
        self.weight = spectral(name, weight) if is_spectral else weight
        self.bias = bias(name, nf) if has_bias else None
        self.stride, self.padding = stride, (ks - 1) // 2 if padding is None else padding

    def forward(self, x):
        return F.conv2d(x, self.weight, self.bias, self.stride, self.padding)


def batch_norm(name, n):
    m = nn.BatchNorm2d(n)
    m.weight.copy_(torch.tensor((1 + 0.2 * formula(f"{name}/norm/scale", n)).astype(np.float32)))
    m.bias.copy_(torch.tensor((0.2 * formula(f"{name}/norm/bias", n)).astype(np.float32)))
    m.running_mean.copy_(torch.tensor((0.2 * formula(f"{name}/norm/mean", n)).astype(np.float32)))
    m.running_var.copy_(torch.tensor((1 + 0.5 * formula(f"{name}/norm/variance", n)).astype(np.float32)))
    return m.eval()


class SelfAttention(nn.Module):
    def __init__(self, name, n):
        super().__init__()
        self.query, self.key = (Conv(f"{name}/{part}", n, n // 8, 1, has_bias=False) for part in ("query", "key"))
        self.value = Conv(f"{name}/value", n, n, 1, has_bias=False)
        self.gamma = 0.5

    def forward(self, x):
        f, g, h = (m(x).flatten(2) for m in (self.query, self.key, self.value))
        beta = F.softmax(torch.bmm(f.transpose(1, 2), g), dim=1)
        return self.gamma * torch.bmm(h, beta).view_as(x) + x


class Residual(nn.Module):
    def __init__(self, name, ni, nf, stride):
        super().__init__()
        make = lambda part, i, ks, s: nn.Sequential(
            Conv(f"{name}/{part}", i, nf, ks, s, has_bias=False, is_spectral=False), batch_norm(f"{name}/{part}", nf)
        )
        self.first, self.second = make("first", ni, 3, stride), make("second", nf, 3, 1)
        self.shortcut = nn.Identity() if stride == 1 else make("shortcut", ni, 1, stride)

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))) + self.shortcut(x))


class Encoder(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.stem = nn.Sequential(
            Conv("encoder/stem", 3, n, 7, 2, has_bias=False, is_spectral=False), batch_norm("encoder/stem", n), nn.ReLU()
        )
        self.stages = nn.ModuleList()
        ni = n
        for stage, blocks in enumerate((3, 4, 6, 3)):
            nf, layers = n * 2**stage, []
            for i in range(blocks):
                name = f"encoder/stage-{stage + 1}/block-{i + 1}"
                layers.append(Residual(name, ni, nf, 2 if stage > 0 and i == 0 else 1))
                ni = nf
            self.stages.append(nn.Sequential(*layers))

    def forward(self, x):
        values = [self.stem(x)]
        x = F.max_pool2d(values[0], 3, 2, 1)
        for stage in self.stages:
            x = stage(x)
            values.append(x)
        return values


def conv_layer(name, ni, nf):
    """fastai: convolution, ReLU, batch normalisation."""
    return nn.Sequential(Conv(name, ni, nf, 3, has_bias=False), nn.ReLU(), batch_norm(name, nf))


class Shuffle(nn.Module):
    def __init__(self, name, ni, nf, normed):
        super().__init__()
        conv = Conv(name, ni, nf * 4, 1, has_bias=not normed, is_spectral=normed)
        self.conv = nn.Sequential(conv, batch_norm(name, nf * 4)) if normed else conv
        self.blur = nn.Sequential(nn.PixelShuffle(2), nn.ReplicationPad2d((1, 0, 1, 0)), nn.AvgPool2d(2, stride=1))

    def forward(self, x):
        return self.blur(F.relu(self.conv(x)))


class Block(nn.Module):
    def __init__(self, name, up, skip, factor, final):
        super().__init__()
        self.shuffle = Shuffle(name, up, up // 2, True)
        self.norm = batch_norm(f"{name}/skip", skip)
        ni = up // 2 + skip
        nf = int((ni // 2 if final else ni) * factor)
        self.convs = nn.Sequential(conv_layer(f"{name}/1", ni, nf), conv_layer(f"{name}/2", nf, nf))
        self.channels = nf

    def forward(self, x, skip):
        x = self.shuffle(x)
        if x.shape[-2:] != skip.shape[-2:]:
            x = F.interpolate(x, skip.shape[-2:], mode="nearest")
        return self.convs(F.relu(torch.cat([x, self.norm(skip)], dim=1)))


class Generator(nn.Module):
    def __init__(self, n, factor):
        super().__init__()
        self.encoder = Encoder(n)
        deep = n * 8
        self.middle = nn.Sequential(
            batch_norm("middle", deep), nn.ReLU(), conv_layer("middle/1", deep, 2 * deep), conv_layer("middle/2", 2 * deep, deep)
        )
        self.blocks, ni = nn.ModuleList(), deep
        for i, skip in enumerate((n * 4, n * 2, n, n)):
            self.blocks.append(Block(f"up-{i + 1}", ni, skip, factor, i == 3))
            ni = self.blocks[-1].channels
            if i == 1:
                self.attention = SelfAttention("attention", ni)
        self.full = Shuffle("full", ni, ni, False)
        ni += 3
        self.residual = nn.Sequential(
            Conv("residual/1", ni, ni, 3), nn.ReLU(), Conv("residual/2", ni, ni, 3), nn.ReLU()
        )
        self.last = Conv("last", ni, 3, 1)

    def forward(self, image):
        stem, one, two, three, four = self.encoder(image)
        x = self.middle(four)
        for i, skip in enumerate((three, two, one, stem)):
            x = self.blocks[i](x, skip)
            if i == 1:
                x = self.attention(x)
        x = torch.cat([self.full(x), image], dim=1)
        return torch.sigmoid(self.last(self.residual(x) + x)) * 6 - 3


class Critic(nn.Module):
    def __init__(self, nf):
        super().__init__()
        leaky = lambda: nn.LeakyReLU(0.2)
        layers = [Conv("first", 3, nf, 4, 2), leaky()]
        for i in range(1, 4):
            layers += [Conv(f"block-{i}/same", nf, nf, 3), leaky(), Conv(f"block-{i}/half", nf, 2 * nf, 4, 2), leaky()]
            nf *= 2
            if i == 1:
                layers.append(SelfAttention("attention", nf))
        layers += [Conv("deep", nf, nf, 3), leaky(), Conv("last", nf, 1, 4, padding=0, has_bias=False)]
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


def generated(channels, factor, height, width):
    pixels = np.floor(127.5 * (1 + formula("pixels", height * width))).astype(np.uint8)
    gray = torch.tensor(pixels).view(1, 1, height, width).float() / 255
    mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
    deviation = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    made = Generator(channels, factor)((gray.expand(-1, 3, -1, -1) - mean) / deviation)
    every = made.flatten()[:: max(1, made.numel() // 600)]
    return {
        "encoderChannels": channels,
        "factor": factor,
        "height": height,
        "width": width,
        "mean": float(made.double().mean()),
        "deviation": float(made.double().std()),
        "stride": max(1, made.numel() // 600),
        "normalised": numbers(every),
    }


if __name__ == "__main__":
    picture = torch.tensor(formula("picture", 3 * 96 * 64).astype(np.float32)).view(1, 3, 96, 64)
    print(
        json.dumps(
            {
                "origin": f"PyTorch {torch.__version__}, test/reference/torch_deoldify.py",
                "generators": [generated(8, 1.5, 64, 96), generated(8, 1.5, 80, 64), generated(64, 0.25, 64, 64)],
                "critic": {"channels": 16, "height": 96, "width": 64, "logits": numbers(Critic(16)(picture))},
            }
        )
    )
