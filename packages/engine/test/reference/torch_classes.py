"""Reference numbers of PyTorch for three classes: loss, probabilities, gradients and five Adam steps of a small network with a
softmax head and weighted categorical cross-entropy, with and without label smoothing.

Made with PyTorch 2.13.0 (CPU):  python torch_classes.py > ../fixtures/torch-classes.json
"""

import json

import torch
import torch.nn.functional as F

torch.manual_seed(5)
torch.set_num_threads(1)


def numbers(x):
    return [float(v) for v in x.detach().double().flatten()]


def forward(w, pixels):
    z = F.relu(F.conv2d(pixels.float() / 255, w["conv/kernel"], w["conv/bias"]))
    z = F.max_pool2d(z, 2).flatten(1)
    return z @ w["output/kernel"] + w["output/bias"]


def case(smoothing):
    w = {
        "conv/kernel": torch.randn(4, 1, 3, 3) * 0.4,
        "conv/bias": torch.randn(4) * 0.1,
        "output/kernel": torch.randn(36, 3) * 0.3,
        "output/bias": torch.randn(3) * 0.1,
    }
    start = {name: numbers(value) for name, value in w.items()}
    for value in w.values():
        value.requires_grad_()
    pixels = torch.randint(0, 256, (10, 1, 8, 8), dtype=torch.uint8)
    labels = torch.randint(0, 3, (10,))
    weights = torch.tensor([0.5, 1.0, 2.5])[labels]
    optimizer = torch.optim.Adam(w.values(), lr=0.01, eps=1e-12)
    losses, gradients = [], None
    probabilities = numbers(F.softmax(forward(w, pixels), 1))
    for _ in range(5):
        each = F.cross_entropy(forward(w, pixels), labels, reduction="none", label_smoothing=smoothing)
        loss = (each * weights).mean()
        optimizer.zero_grad()
        loss.backward()
        gradients = gradients or {name: numbers(value.grad) for name, value in w.items()}
        optimizer.step()
        losses.append(loss.item())
    return {
        "smoothing": smoothing,
        "start": start,
        "pixels": pixels.flatten().tolist(),
        "labels": labels.tolist(),
        "weights": numbers(weights),
        "probabilities": probabilities,
        "losses": losses,
        "gradients": gradients,
        "end": {name: numbers(value) for name, value in w.items()},
    }


print(json.dumps({"torch": torch.__version__, "cases": [case(0.0), case(0.1)]}))
