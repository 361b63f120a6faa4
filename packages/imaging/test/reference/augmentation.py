"""Reference values for src/augment: Keras's published matrices, applied by SciPy; brightness by Pillow.

Run: python augmentation.py > ../fixtures/augmentation.json   (numpy, scipy, pillow)

The matrices and their order are those of keras/src/legacy/preprocessing/image.py (Keras 3): rotation,
shift, shear, zoom, about the centre side/2 - 0.5, in coordinates (x, y); SciPy wants (row, column).
"""
import json

import numpy as np
import PIL
import scipy
from PIL import Image, ImageEnhance
from scipy import ndimage

rng = np.random.default_rng(20240611)


def matrix(p, height, width):
    t, s = np.deg2rad(p["rotation"]), np.deg2rad(p["shear"])
    rotation = np.array([[np.cos(t), -np.sin(t), 0], [np.sin(t), np.cos(t), 0], [0, 0, 1]])
    shift = np.array([[1, 0, p["shiftX"]], [0, 1, p["shiftY"]], [0, 0, 1.0]])
    shear = np.array([[1, -np.sin(s), 0], [0, np.cos(s), 0], [0, 0, 1]])
    zoom = np.diag([p["zoomX"], p["zoomY"], 1.0])
    cx, cy = width / 2 - 0.5, height / 2 - 0.5
    to_centre = np.array([[1, 0, cx], [0, 1, cy], [0, 0, 1]])
    m = to_centre @ rotation @ shift @ shear @ zoom @ np.linalg.inv(to_centre)
    swap = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1.0]])
    return swap @ m @ swap


neutral = dict(rotation=0, shiftX=0, shiftY=0, shear=0, zoomX=1, zoomY=1)
moves = [
    dict(rotation=30),
    dict(rotation=-135),
    dict(shiftX=2.5),
    dict(shiftY=-3),
    # a shift as well, so that no pixel is read exactly at an edge, where rounding decides what lies outside
    dict(shear=20, shiftX=0.25, shiftY=0.125),
    dict(zoomX=0.7, zoomY=1.6),
    dict(zoomX=3.5, zoomY=3.1),
    dict(rotation=-17, shiftX=1.3, shiftY=2.2, shear=9, zoomX=1.2, zoomY=0.8),
    dict(shiftX=40.25, shiftY=-31.5),
]
cases = []
for width, height in [(9, 9), (11, 6)]:
    pixels = rng.integers(0, 256, (height, width)).astype(np.uint8)
    for move in moves:
        for mode in ["nearest", "constant", "reflect", "wrap"]:
            p = {**neutral, **move}
            m = matrix(p, height, width)
            out = ndimage.affine_transform(
                pixels.astype(np.float64), m[:2, :2], m[:2, 2], order=1, mode=mode, cval=77
            )
            cases.append(
                dict(width=width, height=height, pixels=pixels.ravel().tolist(), parameters=p, fillMode=mode,
                     fillValue=77, expected=[round(float(v), 4) for v in out.ravel()])
            )
ramp = Image.fromarray(np.arange(256, dtype=np.uint8).reshape(16, 16))
brightness = [
    dict(factor=f, expected=np.asarray(ImageEnhance.Brightness(ramp).enhance(f)).ravel().tolist())
    for f in [0.0, 0.3, 0.85, 1.0, 1.1, 1.7]
]
print(json.dumps(dict(origin=f"scipy {scipy.__version__}, pillow {PIL.__version__}", cases=cases, brightness=brightness)))
