"""Reference values for src/decode/upright.ts: Pillow's exif_transpose of the same picture under each orientation.

Run: python orientation.py > ../fixtures/orientation.json   (Pillow, numpy)
"""
import io
import json

import numpy as np
import PIL
from PIL import Image, ImageOps

pixels = np.random.default_rng(8).integers(0, 256, (2, 3, 3)).astype(np.uint8)
cases = []
for orientation in range(1, 9):
    image = Image.fromarray(pixels)
    exif = Image.Exif()
    exif[274] = orientation
    file = io.BytesIO()
    image.save(file, "png", exif=exif)
    stored = file.getvalue()
    turned = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(stored))))
    cases.append(dict(orientation=orientation, width=turned.shape[1], height=turned.shape[0],
                      expected=turned.ravel().tolist(), png=stored.hex()))
print(json.dumps(dict(origin=f"Pillow {PIL.__version__}", width=3, height=2, pixels=pixels.ravel().tolist(), cases=cases)))
