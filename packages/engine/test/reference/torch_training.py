"""Reference numbers of PyTorch: learning-rate schedules and the weights of a small network over five steps.

Made with PyTorch 2.13.0 (CPU):  python torch_training.py > ../fixtures/torch-training.json
"""

import json

import torch
import torch.nn.functional as F

torch.manual_seed(3)
torch.set_num_threads(1)


def numbers(x):
    return [float(v) for v in x.detach().double().flatten()]


def rates(make, steps):
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=0.01)
    scheduler = make(optimizer)
    found = []
    for _ in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return found


def schedules():
    s = torch.optim.lr_scheduler
    epochs, per_epoch = 4, 5
    total = epochs * per_epoch
    warm = 5
    return {
        "epochs": epochs,
        "stepsPerEpoch": per_epoch,
        "base": 0.01,
        "cases": [
            {"schedule": {"kind": "cosine"}, "rates": rates(lambda o: s.CosineAnnealingLR(o, total), total)},
            {
                "schedule": {"kind": "cosine", "final": 0.1},
                "rates": rates(lambda o: s.CosineAnnealingLR(o, total, eta_min=0.001), total),
            },
            {
                "schedule": {"kind": "cosine", "warmupEpochs": 1},
                "rates": rates(
                    lambda o: s.SequentialLR(
                        o,
                        [s.LinearLR(o, 1 / warm, 1, warm - 1), s.CosineAnnealingLR(o, total - warm)],
                        [warm],
                    ),
                    total,
                ),
            },
            {
                "schedule": {"kind": "step", "everyEpochs": 2, "factor": 0.5},
                "rates": rates(lambda o: s.StepLR(o, 2 * per_epoch, 0.5), total),
            },
            {"schedule": {"kind": "one-cycle"}, "rates": rates(lambda o: s.OneCycleLR(o, 0.01, total), total)},
            {
                "schedule": {"kind": "one-cycle", "warmupShare": 0.4, "startDivisor": 10, "endDivisor": 100},
                "rates": rates(
                    lambda o: s.OneCycleLR(o, 0.01, total, pct_start=0.4, div_factor=10, final_div_factor=100), total
                ),
            },
        ],
    }


def trajectory():
    """Convolution, batch norm, pooling, convolution, dense; batches of 6, 6, 6, 6 and a leftover of 3.

    The first convolution has no bias: batch norm takes it out again, so that its gradient is nothing but
    rounding errors, which Adam would blow up to full steps.
    """
    w = {
        "conv/kernel": torch.randn(4, 1, 3, 3) * 0.4,
        "norm/scale": 1 + torch.randn(4) * 0.1,
        "norm/bias": torch.randn(4) * 0.1,
        "second/kernel": torch.randn(5, 4, 2, 2) * 0.4,
        "second/bias": torch.randn(5) * 0.1,
        "output/kernel": torch.randn(20, 1) * 0.3,
        "output/bias": torch.randn(1) * 0.1,
    }
    start = {name: numbers(value) for name, value in w.items()}
    for value in w.values():
        value.requires_grad_()
    mean, variance = torch.zeros(4), torch.ones(4)
    momentum = 0.9
    # Keras's epsilon stands elsewhere than PyTorch's; one too small to matter makes both the same.
    optimizer = torch.optim.Adam(w.values(), lr=0.01, eps=1e-12)
    pixels = torch.randint(0, 256, (27, 1, 8, 8), dtype=torch.uint8)
    targets = torch.randint(0, 2, (27, 1)).float()
    weights = torch.rand(27) + 0.5
    losses = []
    for first in range(0, 27, 6):
        x = pixels[first : first + 6].float() / 255
        t, s = targets[first : first + 6], weights[first : first + 6]
        z = F.conv2d(x, w["conv/kernel"])
        with torch.no_grad():
            mean = momentum * mean + (1 - momentum) * z.mean((0, 2, 3))
            variance = momentum * variance + (1 - momentum) * z.var((0, 2, 3), unbiased=False)
        z = F.batch_norm(z, None, None, w["norm/scale"], w["norm/bias"], training=True, eps=1e-3)
        z = F.max_pool2d(F.relu(z), 2)
        z = F.relu(F.conv2d(z, w["second/kernel"], w["second/bias"]))
        z = z.flatten(1) @ w["output/kernel"] + w["output/bias"]
        data = (F.binary_cross_entropy_with_logits(z, t, reduction="none")[:, 0] * s).mean()
        loss = data + 0.01 * (w["second/kernel"] ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    end = {name: numbers(value) for name, value in w.items()}
    end["norm/mean"], end["norm/variance"] = numbers(mean), numbers(variance)
    return {
        "batch": 6,
        "learningRate": 0.01,
        "pixels": pixels.flatten().tolist(),
        "targets": numbers(targets),
        "weights": numbers(weights),
        "start": start,
        "losses": losses,
        "end": end,
    }


print(
    json.dumps(
        {
            "origin": f"PyTorch {torch.__version__}, test/reference/torch_training.py",
            "schedules": schedules(),
            "trajectory": trajectory(),
        }
    )
)
