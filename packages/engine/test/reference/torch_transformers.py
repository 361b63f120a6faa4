"""ConvNeXt, ViT and Swin, small, as PyTorch's two exporters write them, and what training them comes to in PyTorch.

Writes packages/engine/test/fixtures/transformers/: one .onnx.gz for each export, and torch.json with the losses of
three steps of plain descent in float64 and the change of every parameter, read by src/transfer/transformers.slow.test.ts.
Parameters are random multiples of 1/64, so that files are small and no two of them are equal (exporters store equal
tensors once). The change of a parameter is recorded by what no transposing and regrouping alters: its sum, its norm,
and its product with the parameter as it was. Pixels and the head follow from the hash that torch_networks.py shares
with the tests. Recorded with PyTorch 2.13.0, torchvision 0.28.0, onnx 1.23.1 and onnxscript 0.7.2.
"""

import gzip
import io
import json
import pathlib
import warnings

import numpy
import onnx
import torch
import torch.nn.functional as F
from torch_networks import hashed
from torchvision.models.convnext import CNBlockConfig, ConvNeXt
from torchvision.models.swin_transformer import SwinTransformer
from torchvision.models.vision_transformer import VisionTransformer

SIZE = 32
COUNT = 4
STEPS = 3
RATE = 0.05
FOLDER = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "transformers"


def convnext():
    return ConvNeXt([CNBlockConfig(8, 16, 1), CNBlockConfig(16, None, 1)], num_classes=5, stochastic_depth_prob=0.0)


def vit():
    return VisionTransformer(
        image_size=SIZE, patch_size=8, num_layers=2, num_heads=2, hidden_dim=16, mlp_dim=24, num_classes=5
    )


def swin():
    return SwinTransformer(
        patch_size=[2, 2], embed_dim=8, depths=[2, 1], num_heads=[2, 2], window_size=[4, 4], num_classes=5,
        stochastic_depth_prob=0.0,
    )


NETWORKS = {"convnext": (convnext, "classifier"), "vit": (vit, "heads"), "swin": (swin, "head")}

# Exporter, operator set, whether constants are folded, batch.
EXPORTS = [
    ("legacy", 16, True, "open"),
    ("legacy", 17, False, "open"),
    ("legacy", 18, True, "one"),
    ("legacy", 20, True, "open"),
    ("dynamo", 18, True, "open"),
    ("dynamo", 18, True, "one"),
    ("dynamo", 20, True, "open"),
]


def make(name):
    torch.manual_seed(11)
    network = NETWORKS[name][0]().eval()
    with torch.no_grad():
        for key, parameter in network.named_parameters():
            centre = 1.0 if "norm" in key.lower() and key.endswith("weight") or "block.2.weight" in key else 0.0
            if parameter.ndim == 1 and key.endswith("weight"):
                centre = 1.0
            spread = 0.4 if "layer_scale" in key else 0.25
            parameter.copy_(((torch.randn_like(parameter) * spread + centre) * 64).round() / 64)
    return network


def stripped(model):
    """Without what only readers need: documentation, types of inner values, metadata of nodes."""
    model.doc_string = ""
    del model.graph.value_info[:]
    del model.metadata_props[:]
    for item in [*model.graph.node, *model.graph.initializer, *model.graph.input, *model.graph.output]:
        item.doc_string = ""
        del item.metadata_props[:]
    return model


def export(network, exporter, opset, folded, batch):
    x = torch.randn(2 if batch == "open" else 1, 3, SIZE, SIZE)
    buffer = io.BytesIO()
    if exporter == "dynamo":
        shapes = {"dynamic_shapes": ({0: torch.export.Dim("batch")},)} if batch == "open" else {}
        program = torch.onnx.export(network, (x,), dynamo=True, opset_version=opset, verbose=False, **shapes)
        return stripped(program.model_proto)
    axes = {"dynamic_axes": {"input": {0: "batch"}}} if batch == "open" else {}
    mode = torch.onnx.TrainingMode.EVAL if folded else torch.onnx.TrainingMode.PRESERVE
    torch.onnx.export(
        network, (x,), buffer, dynamo=False, opset_version=opset, input_names=["input"], training=mode,
        do_constant_folding=folded, **axes,
    )
    return stripped(onnx.load_from_string(buffer.getvalue()))


def head(name, *shape):
    values = (hashed(name, int(numpy.prod(shape))) / 2**31 - 1) / 8
    return torch.from_numpy(values.astype(numpy.float32).astype(numpy.float64).reshape(shape)).requires_grad_()


def trained(name):
    network = make(name).double()
    classifier = getattr(network, NETWORKS[name][1])
    if isinstance(classifier, torch.nn.Linear):
        setattr(network, NETWORKS[name][1], torch.nn.Identity())
    else:
        classifier[-1] = torch.nn.Identity()
    gray = (hashed("pixels", COUNT * SIZE * SIZE) >> numpy.uint64(24)).astype(numpy.float64)
    x = torch.from_numpy(gray.reshape(COUNT, 1, SIZE, SIZE)).repeat(1, 3, 1, 1) / 127.5 - 1
    targets = torch.tensor([0.0, 1.0, 0.0, 1.0], dtype=torch.float64).reshape(COUNT, 1)
    features = network(x).shape[1]
    kernel, bias = head("head/output/kernel", features, 1), head("head/output/bias", 1)
    parameters = dict(network.named_parameters())
    before = {key: value.detach().clone() for key, value in parameters.items()}
    optimizer = torch.optim.SGD([*parameters.values(), kernel, bias], lr=RATE)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(network(x) @ kernel + bias, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    changes = {}
    for key, value in parameters.items():
        change = value.detach() - before[key]
        changes[key] = {
            "count": change.numel(),
            "initial": before[key].norm().item(),
            "sum": change.sum().item(),
            "norm": change.norm().item(),
            "along": (change * before[key]).sum().item(),
        }
    return {"losses": losses, "changes": changes}


def main():
    warnings.filterwarnings("ignore")
    FOLDER.mkdir(exist_ok=True)
    recorded = {}
    for name in NETWORKS:
        recorded[name] = trained(name)
        for exporter, opset, folded, batch in EXPORTS:
            model = export(make(name), exporter, opset, folded, batch)
            file = f"{name}-{exporter}-{opset}{'' if folded else '-unfolded'}-{batch}.onnx.gz"
            (FOLDER / file).write_bytes(gzip.compress(model.SerializeToString(), 9, mtime=0))
            print(file, (FOLDER / file).stat().st_size)
    settings = {"torch": torch.__version__.split("+")[0], "size": SIZE, "count": COUNT, "rate": RATE}
    rounded = json.loads(json.dumps({**settings, "networks": recorded}), parse_float=lambda text: float(f"{float(text):.7g}"))
    (FOLDER / "torch.json").write_text(json.dumps(rounded, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
