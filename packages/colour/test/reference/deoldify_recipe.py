"""What DeOldify's recipe makes of a picture with the engine's own `deoldify` preset, narrow and with random weights: the network is
PyTorch's, the weights are read from the file that the engine exports. Writes ../fixtures/deoldify-narrow.json.

Run: npx tsx --conditions=chromaray-source -e "import('./packages/colour/src/colorizer/deoldify-file.test-support.ts')
       .then(({ writeDeoldifyFile }) => writeDeoldifyFile('narrow.onnx', 128))"        (any side will do)
     python packages/colour/test/reference/deoldify_recipe.py narrow.onnx
       (numpy, onnx, opencv-python-headless, pillow, torch)

The layers are those of packages/engine/test/reference/torch_deoldify.py. The recipe is written after deoldify/filters.py of
jantic/DeOldify (MIT) as it is since March 2023: the gray picture is stretched to a square of 16 times the render factor (Pillow,
bilinear), divided by 255 and normalised by ImageNet's mean and deviation; the network's answer is brought back, clipped, cut to bytes and
stretched to the picture's size; U and V of it (OpenCV) are put on the Y of the original.
"""
import json
import pathlib
import sys

import cv2
import numpy as np
import onnx
import onnx.numpy_helper
import PIL
import torch
from PIL import Image

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[2] / "engine/test/reference"))
import torch_deoldify as layers

weights = {one.name: torch.tensor(onnx.numpy_helper.to_array(one)) for one in onnx.load(sys.argv[1]).graph.initializer}


def kernel(name, *shape):
    return weights[f"{name}/kernel"].reshape(shape)


def spectral(name, weight):
    """Divided by the largest singular value as the file's vectors have it."""
    left, right = (weights[f"{name}/kernel/{side}"].flatten() for side in ("left", "right"))
    return weight / (left @ weight.reshape(weight.shape[0], -1) @ right)


def batch_norm(name, n):
    norm = torch.nn.BatchNorm2d(n)
    for ours, theirs in [("scale", norm.weight), ("bias", norm.bias), ("mean", norm.running_mean), ("variance", norm.running_var)]:
        theirs.copy_(weights[f"{name}/norm/{ours}"])
    return norm.eval()


layers.kernel, layers.spectral, layers.batch_norm = kernel, spectral, batch_norm
layers.bias = lambda name, n: weights[f"{name}/bias"]
generator = layers.Generator(8, 0.5)
generator.attention.gamma = float(weights["attention/gamma"])

width, height = 60, 44
y, x = np.mgrid[0:height, 0:width]
gray = np.clip(128 + 100 * np.sin(x / 7.1) * np.cos(y / 5.3) + (x * 5 + y * 3) % 7 * 3, 0, 255).astype(np.uint8)
mean, deviation = (np.array(three, np.float32)[:, None, None] for three in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]))


def recipe(side):
    original = Image.fromarray(gray).convert("RGB")
    square = np.asarray(original.resize((side, side), Image.BILINEAR)).astype(np.float32).transpose(2, 0, 1)
    normalised = torch.tensor((square / np.float32(255) - mean) / deviation)[None]
    output = np.clip(generator(normalised)[0].numpy() * deviation + mean, 0, 1)
    colours = Image.fromarray((output * np.float32(255)).astype(np.uint8).transpose(1, 2, 0))
    yuv = cv2.cvtColor(np.asarray(colours.resize((width, height), Image.BILINEAR)), cv2.COLOR_RGB2YUV)
    yuv[..., 0] = cv2.cvtColor(np.asarray(original), cv2.COLOR_RGB2YUV)[..., 0]
    return cv2.cvtColor(yuv, cv2.COLOR_YUV2RGB).ravel().tolist()


print(json.dumps(dict(
    origin=f"deoldify_recipe.py: OpenCV {cv2.__version__}, Pillow {PIL.__version__}, torch {torch.__version__}",
    weights=float(sum(one.double().abs().sum() for one in weights.values() if one.is_floating_point())),
    width=width, height=height, gray=gray.ravel().tolist(),
    cases=[dict(renderFactor=factor, expected=recipe(16 * factor)) for factor in (8, 15, 21)],
), separators=(",", ":")), file=open(here.parent / "fixtures/deoldify-narrow.json", "w"))
