"""Reference numbers of PyTorch: a generator and a critic with spectral norms, trained in turn by Adam(0, 0.9).

Made with PyTorch 2.13.0 (CPU):  python torch_adversarial.py > ../fixtures/torch-adversarial.json
"""

import json
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

warnings.simplefilter("ignore")
torch.manual_seed(13)
torch.set_num_threads(1)
STEPS, CRITIC_WEIGHT, RATES = 8, 0.4, (0.01, 0.02)


def numbers(x):
    return [round(float(v), 8) for v in x.detach().double().flatten()]


norm = torch.nn.utils.spectral_norm
generator = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.LeakyReLU(0.2), nn.Conv2d(4, 3, 1))
critic = nn.Sequential(norm(nn.Conv2d(3, 4, 4, stride=2, padding=1)), nn.LeakyReLU(0.2), norm(nn.Conv2d(4, 1, 2)))
# Keras's epsilon stands elsewhere than PyTorch's; one too small to matter makes both the same.
by_generator = torch.optim.Adam(generator.parameters(), lr=RATES[0], betas=(0.0, 0.9), eps=1e-12)
by_critic = torch.optim.Adam(critic.parameters(), lr=RATES[1], betas=(0.0, 0.9), eps=1e-12)
pixels = torch.randint(0, 256, (4, 1, 6, 6), dtype=torch.uint8)
targets = torch.rand(4, 3, 6, 6)
x = pixels.float() / 255
shown = lambda picture: 2 * picture - 1
start = {"generator": {k: numbers(v) for k, v in generator.state_dict().items()}}
start["critic"] = {k: numbers(v) for k, v in critic.state_dict().items()}
losses = []
for step in range(STEPS):
    if step % 2 == 0:
        critic.train()
        with torch.no_grad():
            made = generator(x)
        logits = critic(shown(torch.cat([targets, made])))
        wanted = torch.zeros_like(logits)
        wanted[:4] = 1
        loss = F.binary_cross_entropy_with_logits(logits, wanted)
        by_critic.zero_grad()
        loss.backward()
        by_critic.step()
    else:
        # In evaluation the vectors of the norms stay where the critic's own steps left them.
        critic.eval()
        made = generator(x)
        logits = critic(shown(made))
        loss = F.l1_loss(made, targets) + CRITIC_WEIGHT * F.binary_cross_entropy_with_logits(logits, torch.ones_like(logits))
        by_generator.zero_grad()
        loss.backward()
        by_generator.step()
    losses.append(loss.item())
end = {"generator": {k: numbers(v) for k, v in generator.state_dict().items()}}
end["critic"] = {k: numbers(v) for k, v in critic.state_dict().items()}
print(
    json.dumps(
        {
            "origin": f"PyTorch {torch.__version__}, test/reference/torch_adversarial.py",
            "criticWeight": CRITIC_WEIGHT,
            "rates": RATES,
            "pixels": pixels.flatten().tolist(),
            "targets": numbers(targets),
            "start": start,
            "losses": losses,
            "end": end,
        }
    )
)
