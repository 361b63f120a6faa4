"""Reference numbers of PyTorch: torch.nn.utils.spectral_norm in training and evaluation.

Made with PyTorch 2.13.0 (CPU):  python torch_spectral_norm.py > ../fixtures/torch-spectral-norm.json
"""

import json
import warnings

import torch
import torch.nn.functional as F

warnings.simplefilter("ignore")
torch.manual_seed(8)
torch.set_num_threads(1)
STEPS, RATE = 5, 0.3


def numbers(x):
    return [round(float(v), 8) for v in x.detach().double().flatten()]


def case(name, layer, dim, prepare):
    layer = torch.nn.utils.spectral_norm(layer, dim=dim)
    pixels = torch.randint(0, 256, (3, 2, 4, 5), dtype=torch.uint8)
    x = prepare(pixels.float() / 255)
    with torch.no_grad():
        targets = torch.randn_like(layer.eval()(x))
    start = {k: numbers(v) for k, v in layer.state_dict().items()}
    shape = list(layer.weight_orig.shape)
    losses, gradient = [], None
    layer.train()
    for _ in range(STEPS):
        loss = F.mse_loss(layer(x), targets)
        layer.zero_grad()
        loss.backward()
        gradient = gradient or numbers(layer.weight_orig.grad)
        with torch.no_grad():
            for p in layer.parameters():
                p -= RATE * p.grad
        losses.append(loss.item())
    end = {k: numbers(v) for k, v in layer.state_dict().items()}
    layer.eval()
    return {
        "name": name,
        "shape": shape,
        "pixels": pixels.flatten().tolist(),
        "targets": numbers(targets),
        "start": start,
        "gradient": gradient,
        "losses": losses,
        "end": end,
        "evaluated": numbers(layer(x)),
    }


cases = [
    case("Conv2d", torch.nn.Conv2d(2, 3, 3, padding=1), 0, lambda x: x),
    case("ConvTranspose2d", torch.nn.ConvTranspose2d(2, 3, 2, stride=2), 1, lambda x: x),
    case("Linear", torch.nn.Linear(40, 4), 0, lambda x: x.flatten(1)),
]
print(json.dumps({"origin": f"PyTorch {torch.__version__}, test/reference/torch_spectral_norm.py", "rate": RATE, "cases": cases}))
