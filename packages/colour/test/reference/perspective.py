"""Reference values for src/training/perspective.ts: fastai 1.0's `symmetric_warp`, written out (`_find_coeffs` of
fastai/vision/transform.py solves the same eight equations), sampled by PyTorch's grid_sample, bilinear with reflection.

Run: python perspective.py > ../fixtures/perspective.json   (numpy, torch)
"""
import json

import numpy as np
import torch

width, height = 7, 6
rng = np.random.default_rng(4)
pixels = rng.integers(0, 256, (height, width, 3)).astype(np.uint8)
square = [(-1, -1), (-1, 1), (1, -1), (1, 1)]


def coefficients(m):
    quadrangle = [(-1 - m[3], -1 - m[1]), (-1 - m[2], 1 + m[1]), (1 + m[3], -1 - m[0]), (1 + m[2], 1 + m[0])]
    rows, right = [], []
    for (u, v), (x, y) in zip(quadrangle, square):
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        right += [x, y]
    return np.linalg.solve(np.array(rows, float), np.array(right, float))


cases = []
for warp in [(0, 0, 0, 0), (0.2, 0, 0, 0), (0, 0, -0.25, 0), (0.25, -0.25, 0.1, -0.2), (-0.25, -0.25, -0.25, -0.25),
             (0.13, 0.21, 0.25, 0.05)]:
    a, b, c, d, e, f, g, h = coefficients(warp)
    u = (2 * np.arange(width) + 1) / width - 1
    v = ((2 * np.arange(height) + 1) / height - 1)[:, None]
    scale = g * u + h * v + 1
    grid = np.stack([(a * u + b * v + c) / scale, (d * u + e * v + f) / scale], -1)
    image = torch.from_numpy(pixels.astype(np.float64)).permute(2, 0, 1)[None]
    out = torch.nn.functional.grid_sample(image, torch.from_numpy(grid)[None], mode="bilinear",
                                          padding_mode="reflection", align_corners=False)[0].permute(1, 2, 0)
    cases.append(dict(warp=list(warp), expected=[round(x, 3) for x in out.ravel().tolist()]))
print(json.dumps(dict(origin=f"torch {torch.__version__}", width=width, height=height, pixels=pixels.ravel().tolist(),
                      cases=cases)))
