"""PSNR, SSIM and colourfulness of colour pictures, for src/compare/picture-metrics.test.ts. PSNR and SSIM by scikit-image
(Wang et al. 2004: Gaussian window of 11 with deviation 1.5, population covariances); colourfulness in NumPy from the formula
of Hasler & Suesstrunk (2003). Pictures follow from formulas that both sides compute.

    python packages/imaging/test/reference/picture_metrics.py

Recorded with the version of scikit-image that stands in the output.
"""

import json
import pathlib

import numpy as np
import skimage
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

WIDTH, HEIGHT = 44, 36


def picture(seed, strength):
    y, x, c = np.mgrid[0:HEIGHT, 0:WIDTH, 0:3]
    levels = 128 + strength * ((x * 7 + y * 5 + c * 31 + seed * (x * y % 17)) % 90 - 45) / 45
    return np.floor(levels).astype(np.uint8)


def colourfulness(p):
    r, g, b = (p[..., i].astype(float) for i in range(3))
    rg, yb = r - g, (r + g) / 2 - b
    return np.hypot(rg.std(), yb.std()) + 0.3 * np.hypot(rg.mean(), yb.mean())


pictures = [(1, 100), (2, 100), (1, 60), (3, 10), (1, 99)]
pairs = [(0, 1), (0, 2), (1, 3), (0, 4)]
values = []
for i, j in pairs:
    a, b = picture(*pictures[i]), picture(*pictures[j])
    values.append(
        {
            "psnr": peak_signal_noise_ratio(a, b, data_range=255),
            "ssim": structural_similarity(
                a, b, data_range=255, channel_axis=2, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
            ),
        }
    )
path = pathlib.Path(__file__).parent.parent / "fixtures" / "picture-metrics.json"
path.write_text(
    json.dumps(
        {
            "scikitImage": skimage.__version__,
            "width": WIDTH,
            "height": HEIGHT,
            "pictures": pictures,
            "pairs": pairs,
            "values": values,
            "colourfulness": [colourfulness(picture(*p)) for p in pictures],
        }
    )
    + "\n"
)
