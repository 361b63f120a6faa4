"""Reference values for src/colour (YUV, Lab, CLAHE, detail) and src/resize (Pillow, plane).

Run: python colour_spaces.py > ../fixtures/colour-spaces.json   (opencv-python-headless, pillow, numpy, scipy, scikit-image, torch)

YUV, Lab and CLAHE are OpenCV's, sizes Pillow's and torch's. OpenCV interpolates Lab between 33 values a channel,
hence a second Lab from scikit-image, which computes the formula (with a white rounded to five digits). The guided filter is written here after He, Sun
and Tang (2013), equations 5 to 8, with SciPy's sums over windows.
"""
import json

import cv2
import numpy as np
import PIL
import scipy
import skimage
import torch
from PIL import Image
from scipy import ndimage
from skimage.color import rgb2lab

rng = np.random.default_rng(11)


def flat(x):
    return np.asarray(x).ravel().tolist()


def smooth(width, height, channels=1):
    y, x = np.mgrid[0:height, 0:width]
    planes = [
        127 + 90 * np.sin(x / (3 + c)) * np.cos(y / (5 - c)) + rng.normal(0, 12, (height, width))
        for c in range(channels)
    ]
    picture = np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)
    return picture[..., 0] if channels == 1 else picture


colours = rng.integers(0, 256, (1, 600, 3)).astype(np.uint8)
colours[0, :8] = [[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255], [128, 128, 128], [1, 0, 0], [9, 9, 9]]
lab = cv2.cvtColor((colours / 255.0).astype(np.float32), cv2.COLOR_RGB2Lab)

sizes = []
for (width, height), (to_width, to_height), channels in [
    ((40, 28), (16, 16), 1), ((13, 9), (32, 32), 1), ((31, 47), (32, 32), 3), ((16, 16), (45, 23), 3), ((5, 1), (2, 3), 1),
]:
    picture = smooth(width, height, channels)
    for name in ["bilinear", "bicubic"]:
        resized = Image.fromarray(picture).resize((to_width, to_height), getattr(Image, name.upper()))
        sizes.append(dict(
            width=width, height=height, toWidth=to_width, toHeight=to_height, channels=channels, filter=name,
            pixels=flat(picture), expected=flat(resized),
        ))

planes = []
for (width, height), (to_width, to_height) in [((4, 4), (9, 7)), ((9, 7), (4, 4)), ((5, 3), (5, 6)), ((1, 2), (3, 3))]:
    plane = rng.normal(0, 50, (height, width)).round(2).astype(np.float32)
    resized = torch.nn.functional.interpolate(
        torch.from_numpy(plane)[None, None], size=(to_height, to_width), mode="bilinear", align_corners=False
    )
    planes.append(dict(width=width, height=height, toWidth=to_width, toHeight=to_height, plane=[round(v, 2) for v in flat(plane)], expected=[round(v, 4) for v in flat(resized)]))

equalised = []
for (width, height), limit, tiles in [((64, 48), 2.0, 8), ((50, 37), 2.0, 8), ((33, 40), 4.0, 4)]:
    picture = smooth(width, height)
    expected = cv2.createCLAHE(clipLimit=limit, tileGridSize=(tiles, tiles)).apply(picture)
    equalised.append(dict(width=width, height=height, clipLimit=limit, tiles=tiles, pixels=flat(picture), expected=flat(expected)))


def window_mean(x, radius):
    side = 2 * radius + 1
    total = ndimage.uniform_filter(x, side, mode="constant") * side**2
    count = ndimage.uniform_filter(np.ones_like(x), side, mode="constant") * side**2
    return total / count


def guided_detail(picture, radius, edge, gain):
    i = picture.astype(np.float64)
    mean = window_mean(i, radius)
    variance = window_mean(i * i, radius) - mean**2
    a = variance / (variance + edge**2)
    b = mean - a * mean
    base = window_mean(a, radius) * i + window_mean(b, radius)
    return np.clip(128 + gain * (i - base), 0, 255)


picture = smooth(30, 21)
detail = dict(width=30, height=21, radius=3, edge=12, gain=4, pixels=flat(picture), expected=[round(v, 4) for v in flat(guided_detail(picture, 3, 12, 4))])

print(json.dumps(dict(
    origin=f"colour_spaces.py: OpenCV {cv2.__version__}, Pillow {PIL.__version__}, torch {torch.__version__}, scikit-image {skimage.__version__}, SciPy {scipy.__version__}",
    rgb=flat(colours), yuv=flat(cv2.cvtColor(colours, cv2.COLOR_RGB2YUV)), rgbOfYuv=flat(cv2.cvtColor(colours, cv2.COLOR_YUV2RGB)),
    lab=[round(float(v), 3) for v in lab.ravel()], labByFormula=[round(float(v), 3) for v in rgb2lab(colours).ravel()], sizes=sizes, planes=planes, clahe=equalised, detail=detail,
), separators=(",", ":")))
