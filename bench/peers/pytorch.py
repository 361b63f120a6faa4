"""Training steps and predictions in PyTorch, channels_last, the way its users run them on a CPU.

Usage: pytorch.py TASK, where TASK is the JSON document described in bench/src/measurement.ts. `precision`
bfloat16 runs the forward pass under autocast; `compile` passes model and loss through torch.compile.
"""

import contextlib

import torch
from torch import nn

from pytorch_networks import build, project
from task import answer, measure, read_task


def main():
    task = read_task()
    network, batch = task["network"], task["batch"]
    precision, compiled = task.get("precision", "float32"), task.get("compile", False)
    torch.set_num_threads(task["threads"])
    torch.manual_seed(1)

    model = build(network).to(memory_format=torch.channels_last)
    parameters = sum(parameter.numel() for parameter in model.parameters())
    shape = (batch, network["channels"], network["size"], network["size"])
    pixels = torch.randint(0, 256, shape, dtype=torch.uint8).to(memory_format=torch.channels_last)
    repeated = network.get("pretrained", False)

    def autocast():
        if precision == "float32":
            return contextlib.nullcontext()
        return torch.autocast("cpu", dtype=torch.bfloat16)

    def logits_of(data):
        scaled = data.float() / 255
        with autocast():
            return model(scaled.expand(-1, 3, -1, -1) if repeated else scaled).float()

    forward = torch.compile(logits_of) if compiled else logits_of
    if task["mode"] == "training":
        step = training(task, model, forward, pixels)
    else:
        model.eval()

        def step():
            with torch.inference_mode():
                torch.sigmoid(forward(pixels)).numpy()

    seconds = measure(task, step)
    way = "torch.compile" if compiled else "eager"
    answer(parameters, seconds, f"PyTorch {torch.__version__}, {precision}, channels_last, {way}")


def training(task, model, forward, pixels):
    batch = task["batch"]
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)
    loss_of = nn.BCEWithLogitsLoss()
    targets = (torch.arange(batch) % 2).float().unsqueeze(1)

    def step():
        optimizer.zero_grad()
        loss = loss_of(forward(pixels), targets)
        loss.backward()
        optimizer.step()
        project(model, task["network"])
        loss.item()

    return step


if __name__ == "__main__":
    main()
