"""Reference numbers of PyTorch: a loss on pixels and on features of a frozen network, and its gradient.

Made with PyTorch 2.13.0 (CPU):  python torch_feature_loss.py > ../fixtures/torch-feature-loss.json
"""

import json

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(21)
torch.set_num_threads(1)
MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def numbers(x):
    return [round(float(v), 8) for v in x.detach().double().flatten()]


first = nn.Conv2d(3, 4, 3, padding=1)
second = nn.Conv2d(4, 5, 3, padding=1)
generator = nn.Conv2d(1, 3, 1)
mean = torch.tensor(MEAN).view(1, 3, 1, 1)
deviation = torch.tensor(DEVIATION).view(1, 3, 1, 1)


def features(picture):
    a = torch.tanh(first((picture - mean) / deviation))
    b = torch.sigmoid(second(F.avg_pool2d(a, 2)))
    return a, b


pixels = torch.randint(0, 256, (2, 1, 4, 6), dtype=torch.uint8)
targets = torch.rand(2, 3, 4, 6)


def case(kind, distance):
    generator.zero_grad()
    made = generator(pixels.float() / 255)
    terms = [F.l1_loss(made, targets)]
    terms += [distance(x, y.detach()) for x, y in zip(features(made), features(targets))]
    loss = terms[0] + 20 * terms[1] + 70 * terms[2]
    loss.backward()
    return {
        "distance": kind,
        "loss": loss.item(),
        "terms": [t.item() for t in terms],
        "weightGradient": numbers(generator.weight.grad),
        "biasGradient": numbers(generator.bias.grad),
    }


print(
    json.dumps(
        {
            "origin": f"PyTorch {torch.__version__}, test/reference/torch_feature_loss.py",
            "mean": MEAN,
            "deviation": DEVIATION,
            "tensors": {
                "first/kernel": numbers(first.weight),
                "first/bias": numbers(first.bias),
                "second/kernel": numbers(second.weight),
                "second/bias": numbers(second.bias),
                "generator/kernel": numbers(generator.weight),
                "generator/bias": numbers(generator.bias),
            },
            "pixels": pixels.flatten().tolist(),
            "targets": numbers(targets),
            "cases": [case("l1", F.l1_loss), case("mean-squared-error", F.mse_loss)],
        }
    )
)
