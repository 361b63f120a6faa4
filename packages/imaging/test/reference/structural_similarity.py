"""Structural similarity by TensorFlow (`tf.image.ssim`, window 11, deviation 1.5), for
src/compare/structural-similarity.test.ts. Planes follow from formulas that both sides compute.

    python packages/imaging/test/reference/structural_similarity.py

Recorded with the version of TensorFlow that stands in the output.
"""

import json
import pathlib

import numpy as np
import tensorflow as tf

WIDTH, HEIGHT = 40, 32


def plane(a, b, c):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return (0.5 + 0.5 * np.sin(a * x + b * y + c * x * y / 20)).astype(np.float32)


planes = [(0.2, 0.1, 0), (0.2, 0.1, 0.02), (0.9, -0.3, 0.1), (0, 0, 0)]
pairs = [(0, 0), (0, 1), (0, 2), (1, 2), (0, 3)]
values = [
    float(tf.image.ssim(plane(*planes[i])[..., None], plane(*planes[j])[..., None], max_val=1.0)) for i, j in pairs
]
path = pathlib.Path(__file__).parent.parent / "fixtures" / "structural-similarity.json"
path.write_text(json.dumps({"tensorflow": tf.__version__, "width": WIDTH, "height": HEIGHT, "planes": planes, "pairs": pairs, "values": values}) + "\n")
