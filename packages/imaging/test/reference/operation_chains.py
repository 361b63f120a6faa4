"""Reference values for src/operations, one operation after the other on a drawn phantom: Pillow, OpenCV, SciPy and torch.

Run: python operation_chains.py phantom.json > ../fixtures/operation-chains.json
(numpy, scipy, pillow, opencv-python-headless, torch; phantom.json holds width, height and pixels of any gray picture)

Each step as in operations.py and resize.py: crop, inversion and JPEG by Pillow, CLAHE by OpenCV, fewer bits in exact
fractions, area mean by torch, the place in a letterbox by Pillow's ImageOps.pad, blur by SciPy.
"""
import io
import json
import sys
from fractions import Fraction

import cv2
import numpy as np
import PIL
import scipy
import torch
from PIL import Image, ImageOps
from scipy import ndimage
from torch.nn.functional import interpolate

phantom = json.load(open(sys.argv[1]))
picture = np.array(phantom["pixels"], np.uint8).reshape(phantom["height"], phantom["width"])


def crop(p, left=0, right=0, top=0, bottom=0):
    height, width = p.shape
    box = (round(width * left), round(height * top), width - round(width * right), height - round(height * bottom))
    return np.asarray(Image.fromarray(p).crop(box))


def clahe(p, clip, tiles):
    return cv2.createCLAHE(clipLimit=clip, tileGridSize=(tiles, tiles)).apply(np.ascontiguousarray(p))


def bits(p, count):
    levels = 2**count
    table = [int(Fraction(v * levels // 256 * 255, levels - 1) + Fraction(1, 2)) for v in range(256)]
    return np.array(table, np.uint8)[p]


def jpeg(p, quality):
    file = io.BytesIO()
    Image.fromarray(p).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))


def area(p, width, height):
    x = torch.from_numpy(p.astype(np.float64))[None, None]
    x = interpolate(x.repeat_interleave(height, 2), size=[height, x.shape[3]], mode="area")
    x = interpolate(x.repeat_interleave(width, 3), size=[height, width], mode="area")
    return np.floor(x[0, 0].numpy() + 0.5 + 1e-9).astype(np.uint8)


def letterbox(p, side):
    place = ImageOps.pad(Image.new("L", p.shape[::-1], 255), (side, side), Image.Resampling.NEAREST).getbbox()
    left, top, right, bottom = place
    framed = np.zeros((side, side), np.uint8)
    framed[top:bottom, left:right] = area(p, right - left, bottom - top)
    return framed


def blur(p, deviation):
    return np.floor(ndimage.gaussian_filter(p.astype(float), deviation, mode="nearest", truncate=4.0) + 0.5).astype(np.uint8)


def chain(operations, side):
    p = picture
    if "crop" in operations:
        p = crop(p, **operations["crop"])
    if operations.get("invert"):
        p = np.asarray(ImageOps.invert(Image.fromarray(p)))
    if "clahe" in operations:
        p = clahe(p, **operations["clahe"])
    if "bits" in operations:
        p = bits(p, operations["bits"])
    if "jpeg" in operations:
        p = jpeg(p, operations["jpeg"])
    p = letterbox(p, side) if operations.get("fit") == "letterbox" else area(p, side, side)
    if "blur" in operations:
        p = blur(p, operations["blur"])
    return dict(operations=operations, side=side, expected=[int(v) for v in p.ravel()])


cut = dict(left=0.1, right=0.05, top=0.08, bottom=0)
print(json.dumps(dict(
    versions=dict(opencv=cv2.__version__, numpy=np.__version__, scipy=scipy.__version__, pillow=PIL.__version__, torch=torch.__version__),
    **phantom,
    chains=[
        chain(dict(), 24),
        chain(dict(fit="letterbox"), 24),
        chain(dict(crop=cut, invert=True, fit="letterbox"), 32),
        chain(dict(crop=cut, bits=3, blur=0.8), 24),
        chain(dict(invert=True, clahe=dict(clip=3, tiles=4), fit="letterbox", blur=1.2), 32),
        chain(dict(crop=cut, invert=True, clahe=dict(clip=2, tiles=8), jpeg=60, fit="letterbox", blur=0.6), 32),
    ],
)))
