"""A small colour JPEG and its pixels and luma as Pillow (libjpeg-turbo) decodes them, for src/decode.

Run: python luma.py > ../fixtures/luma.json   (numpy, pillow)
"""
import base64
import io
import json

import numpy as np
import PIL
from PIL import Image

rng = np.random.default_rng(7)
small = Image.fromarray(rng.integers(0, 256, (5, 6, 3)).astype(np.uint8)).resize((24, 20), Image.BICUBIC)


def encode(image, **options):
    buffer = io.BytesIO()
    image.save(buffer, **options)
    return buffer.getvalue()


def case(name, encoded):
    rgb = np.asarray(Image.open(io.BytesIO(encoded)).convert("RGB")).astype(np.int64)
    exact = (299 * rgb[..., 0] + 587 * rgb[..., 1] + 114 * rgb[..., 2]) / 1000
    return dict(name=name, encoded=base64.b64encode(encoded).decode(), width=small.width, height=small.height,
                rgb=rgb.ravel().tolist(), luma=np.floor(exact + 0.5).astype(int).ravel().tolist())


print(json.dumps(dict(origin=f"pillow {PIL.__version__}", cases=[
    case("JPEG 4:4:4", encode(small, format="JPEG", quality=90, subsampling=0)),
    case("progressive JPEG", encode(small, format="JPEG", quality=90, subsampling=0, progressive=True)),
    case("gray JPEG", encode(small.convert("L"), format="JPEG", quality=90)),
    case("PNG", encode(small, format="PNG")),
    case("palette PNG", encode(small.quantize(16), format="PNG")),
    case("1-bit PNG", encode(small.convert("1"), format="PNG")),
])))
