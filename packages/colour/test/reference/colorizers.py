"""Reference values for src/colorizer: the four contracts, each with three networks known in closed form.

Run: python colorizers.py > ../fixtures/colorizers.json   (numpy, opencv-python-headless, pillow, torch)

The recipes are written here after their authors' inference code (DeOldify's filters.py, DDColor's infer.py,
Zhang's colorizers/util.py), with Pillow, OpenCV and torch doing what they do there. Lab back to RGB is OpenCV's
documented formula in double precision, since OpenCV itself interpolates in a table.
"""
import json

import cv2
import numpy as np
import PIL
import torch
from PIL import Image

mean = np.array([0.485, 0.456, 0.406], np.float32)[:, None, None]
deviation = np.array([0.229, 0.224, 0.225], np.float32)[:, None, None]
height, width = 17, 24
y, x = np.mgrid[0:height, 0:width]
gray = np.clip(128 + 100 * np.sin(x / 3.1) * np.cos(y / 2.3) + (x * 5 + y * 3) % 7 * 4, 0, 255).astype(np.uint8)


def network(kind, tensor, channels, scale, constant, ramp):
    """identity: the input (its first channel where their numbers differ) times scale; constant: no input; position: both and a pattern."""
    side = tensor.shape[-1]
    rows, columns = np.mgrid[0:side, 0:side]
    pattern = np.stack([(columns * 7 + rows * 3 + c * 11) % 32 for c in range(channels)]).astype(np.float32)
    inputs = tensor if len(tensor) == channels else np.repeat(tensor[:1], channels, 0)
    factors = np.array(scale, np.float32)[:, None, None]
    offsets = np.array(constant, np.float32)[:, None, None]
    if kind == "identity":
        return inputs * factors
    if kind == "constant":
        return inputs * np.float32(0) + offsets
    return inputs * factors + pattern * np.float32(ramp)


def deoldify(side, normalised, run):
    square = Image.fromarray(gray).resize((side, side), Image.BILINEAR)
    tensor = np.repeat(np.asarray(square)[None].astype(np.float32), 3, 0)
    if normalised:
        tensor = (tensor / np.float32(255) - mean) / deviation
    output = run(tensor.astype(np.float32))
    if normalised:
        output = np.clip(output * deviation + mean, 0, 1) * np.float32(255)
    colours = np.clip(output, 0, 255).astype(np.uint8).transpose(1, 2, 0)
    large = np.asarray(Image.fromarray(colours).resize((width, height), Image.BILINEAR))
    yuv = cv2.cvtColor(large, cv2.COLOR_RGB2YUV)
    yuv[..., 0] = cv2.cvtColor(np.dstack([gray] * 3), cv2.COLOR_RGB2YUV)[..., 0]
    return cv2.cvtColor(yuv, cv2.COLOR_YUV2RGB)


def linear(v):
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def lightness(levels):
    light = linear(levels.astype(np.float64) / 255)
    return np.where(light > 0.008856, 116 * np.cbrt(light) - 16, 903.3 * light)


def lab_to_bytes(l, a, b):
    fy = (l + 16) / 116
    fx, fz = fy + a / 500, fy - b / 200

    def inverse(f):
        return np.where(f > 6 / 29, f**3, (f - 16 / 116) / 7.787)

    bright, back_x, back_z = inverse(fy), inverse(fx) * 0.950456, inverse(fz) * 1.088754
    rgb = np.stack([
        3.240479 * back_x - 1.53715 * bright - 0.498535 * back_z,
        -0.969256 * back_x + 1.875991 * bright + 0.041556 * back_z,
        0.055648 * back_x - 0.204043 * bright + 1.057311 * back_z,
    ], -1)
    rgb = np.clip(rgb, 0, 1)
    encoded = np.where(rgb <= 0.0031308, 12.92 * rgb, 1.055 * rgb ** (1 / 2.4) - 0.055)
    return np.round(encoded * 255).astype(np.uint8)


def chroma(side, tensor, run):
    ab = torch.from_numpy(run(tensor.astype(np.float32)))[None].double()
    a, b = torch.nn.functional.interpolate(ab, size=(height, width), mode="bilinear", align_corners=False)[0].float().numpy()
    return lab_to_bytes(lightness(gray), a.astype(np.float64), b.astype(np.float64))


def ddcolor(side, run):
    square = cv2.resize(gray.astype(np.float32) / np.float32(255), (side, side), interpolation=cv2.INTER_LINEAR)
    return chroma(side, np.repeat(square[None], 3, 0), run)


def zhang(side, run):
    square = np.asarray(Image.fromarray(gray).resize((side, side), Image.BICUBIC))
    return chroma(side, lightness(square)[None], run)


settings = {
    "deoldify-raw": dict(side=32, channels=3, scale=[1, 1, 1], constant=[180, 121, 60], ramp=3),
    "deoldify-imagenet": dict(side=32, channels=3, scale=[1, 1, 1], constant=[0.9, -0.3, -1.1], ramp=0.05),
    "ddcolor": dict(side=256, channels=2, scale=[60, -40], constant=[25, -31], ramp=1.5),
    "zhang": dict(side=256, channels=2, scale=[0.5, -0.75], constant=[-20, 44], ramp=1.5),
}
cases = []
for contract, setting in settings.items():
    for kind in ["identity", "constant", "position"]:
        def run(tensor):
            return network(kind, tensor, setting["channels"], setting["scale"], setting["constant"], setting["ramp"])

        side = setting["side"]
        if contract.startswith("deoldify"):
            expected = deoldify(side, contract.endswith("imagenet"), run)
        else:
            expected = (ddcolor if contract == "ddcolor" else zhang)(side, run)
        cases.append(dict(contract=contract, kind=kind, **setting, expected=expected.ravel().tolist()))

print(json.dumps(dict(
    origin=f"colorizers.py: OpenCV {cv2.__version__}, Pillow {PIL.__version__}, torch {torch.__version__}",
    width=width, height=height, gray=gray.ravel().tolist(), cases=cases,
), separators=(",", ":")))
