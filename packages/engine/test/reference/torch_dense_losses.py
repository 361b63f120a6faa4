"""Reference numbers of PyTorch: losses on whole pictures, and their gradients.

Made with PyTorch 2.13.0 (CPU):  python torch_dense_losses.py > ../fixtures/torch-dense-losses.json
"""

import json

import torch
import torch.nn.functional as F

torch.manual_seed(11)
torch.set_num_threads(1)


def numbers(x):
    return [round(float(v), 9) for v in x.detach().double().flatten()]


def classes_case():
    """Cross-entropy of soft targets at each place; the targets of a place need not add up to 1."""
    prediction = torch.randn(3, 4, 3, 2, requires_grad=True)
    target = torch.rand(3, 4, 3, 2)
    weights = torch.tensor([1.0, 0.5, 2.0])
    value = (F.cross_entropy(prediction, target, reduction="none").flatten(1).mean(1) * weights).sum() / 3
    value.backward()
    return {
        "spec": {"kind": "categorical-cross-entropy", "classes": 4},
        "dims": list(prediction.shape),
        "prediction": numbers(prediction),
        "targets": numbers(target),
        "weights": numbers(weights),
        "loss": value.item(),
        "gradient": numbers(prediction.grad),
    }


def case(spec, loss):
    """Mean over the elements of an example, weighted, summed and divided by the number of examples."""
    prediction = torch.randn(3, 2, 3, 2)
    target = torch.randn(3, 2, 3, 2)
    target[0, 0, 0, 0] = prediction[0, 0, 0, 0]
    prediction.requires_grad_()
    weights = torch.tensor([1.0, 0.5, 2.0])
    value = (loss(prediction, target).flatten(1).mean(1) * weights).sum() / 3
    value.backward()
    return {
        "spec": spec,
        "dims": list(prediction.shape),
        "prediction": numbers(prediction),
        "targets": numbers(target),
        "weights": numbers(weights),
        "loss": value.item(),
        "gradient": numbers(prediction.grad),
    }


cases = [
    case({"kind": "l1"}, lambda p, t: F.l1_loss(p, t, reduction="none")),
    case({"kind": "huber"}, lambda p, t: F.huber_loss(p, t, reduction="none")),
    case({"kind": "huber", "delta": 0.3}, lambda p, t: F.huber_loss(p, t, reduction="none", delta=0.3)),
    case({"kind": "mean-squared-error"}, lambda p, t: F.mse_loss(p, t, reduction="none")),
    case({"kind": "binary-cross-entropy"}, lambda p, t: F.binary_cross_entropy_with_logits(p, t, reduction="none")),
    classes_case(),
]
print(json.dumps({"origin": f"PyTorch {torch.__version__}, test/reference/torch_dense_losses.py", "cases": cases}))
