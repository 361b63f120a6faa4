"""Reference values for src/resize: torch's area mean and bilinear enlargement.

Run: python resize.py > ../fixtures/resize.json   (numpy, torch)

torch's `area` takes whole pixels only, so that a reduction by a factor that is no integer is computed by
repeating every source pixel `to` times first: the mean over an output pixel then cuts no pixel.
"""
import json

import numpy as np
import torch
from torch.nn.functional import interpolate

rng = np.random.default_rng(3)


def along(x, axis, to):
    source = x.shape[axis]
    size = list(x.shape)
    size[axis] = to
    if to < source:
        return interpolate(x.repeat_interleave(to, axis), size=size[2:], mode="area")
    return interpolate(x, size=size[2:], mode="bilinear", align_corners=False)


cases = []
for (width, height), (to_width, to_height) in [
    ((12, 8), (4, 4)), ((13, 9), (5, 4)), ((17, 11), (16, 10)), ((5, 4), (13, 9)), ((11, 3), (4, 10)), ((1, 7), (3, 2)),
]:
    pixels = rng.integers(0, 256, (height, width)).astype(np.uint8)
    x = torch.from_numpy(pixels.astype(np.float64))[None, None]
    out = along(along(x, 2, to_height), 3, to_width)[0, 0]
    cases.append(dict(width=width, height=height, pixels=pixels.ravel().tolist(), toWidth=to_width, toHeight=to_height,
                      expected=[round(v, 4) for v in out.ravel().tolist()]))
print(json.dumps(dict(origin=f"torch {torch.__version__}", cases=cases)))
