"""Reference values for src/operations: OpenCV, SciPy and Pillow on one small picture.

Run: python operations.py > ../fixtures/operations.json   (numpy, scipy, pillow, opencv-python-headless)

Crop and inversion by Pillow's ImageOps, CLAHE by cv2.createCLAHE, JPEG by Pillow (libjpeg-turbo), blur by
scipy.ndimage.gaussian_filter(mode="nearest", truncate=4) on floats, rounded halves upward; fewer bits by
floor(v / (256 / levels)) * 255 / (levels - 1) in exact fractions, rounded to nearest (halves upward); the place of a
letterboxed picture by ImageOps.pad of a white one.
"""
import io
import json
from fractions import Fraction

import cv2
import numpy as np
import PIL
import scipy
from PIL import Image, ImageOps
from scipy import ndimage

rng = np.random.default_rng(20261128)
width, height = 37, 29
y, x = np.mgrid[0:height, 0:width]
picture = np.clip(90 + 70 * np.sin(x / 6) + 50 * np.cos(y / 4) + rng.normal(0, 9, (height, width)), 0, 255).astype(np.uint8)
gray = Image.fromarray(picture)


def flat(array):
    return [int(v) for v in np.asarray(array).ravel()]


def crop(left, right, top, bottom):
    box = (round(width * left), round(height * top), width - round(width * right), height - round(height * bottom))
    return dict(left=left, right=right, top=top, bottom=bottom, width=box[2] - box[0], height=box[3] - box[1],
                expected=flat(gray.crop(box)))


def fewer(bits):
    levels = 2**bits
    table = [int(Fraction(v * levels // 256 * 255, levels - 1) + Fraction(1, 2)) for v in range(256)]
    return dict(bits=bits, expected=flat(np.array(table)[picture]))


def jpeg(quality):
    file = io.BytesIO()
    gray.save(file, "JPEG", quality=quality)
    return dict(quality=quality, expected=flat(Image.open(file)))


def clahe(clip, tiles):
    return dict(clip=clip, tiles=tiles, expected=flat(cv2.createCLAHE(clipLimit=clip, tileGridSize=(tiles, tiles)).apply(picture)))


def blur(deviation):
    found = ndimage.gaussian_filter(picture.astype(float), deviation, mode="nearest", truncate=4.0)
    return dict(deviation=deviation, expected=flat(np.floor(found + 0.5)))


def pad(from_width, from_height, side):
    white = ImageOps.pad(Image.new("L", (from_width, from_height), 255), (side, side), Image.Resampling.NEAREST)
    left, top, right, bottom = white.getbbox()
    return dict(fromWidth=from_width, fromHeight=from_height, side=side, left=left, top=top, right=right, bottom=bottom)


print(json.dumps(dict(
    versions=dict(opencv=cv2.__version__, numpy=np.__version__, scipy=scipy.__version__, pillow=PIL.__version__),
    width=width, height=height, pixels=flat(picture),
    crops=[crop(0.1, 0.2, 0.05, 0.3), crop(0, 0, 0.25, 0), crop(0.49, 0.49, 0.49, 0.49)],
    inverted=flat(ImageOps.invert(gray)),
    clahe=[clahe(2, 8), clahe(4, 3), clahe(1, 1)],
    bits=[fewer(bits) for bits in (1, 2, 3, 5, 7)],
    jpeg=[jpeg(quality) for quality in (10, 50, 90)],
    blur=[blur(deviation) for deviation in (0.5, 1, 2.3, 12)],
    pads=[pad(37, 29, 16), pad(29, 37, 16), pad(20, 20, 16), pad(1000, 20, 64), pad(1857, 1317, 128), pad(33, 64, 32)],
)))
