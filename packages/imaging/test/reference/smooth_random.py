"""Reference of the smooth random colouring: tensor products of cubic B-splines by SciPy, and colourfulness by NumPy.

Run: python smooth_random.py > ../fixtures/smooth-random.json            (numpy, scipy)
"""
import json

import numpy as np
import scipy
from scipy.interpolate import BSpline

spans = 3
side = spans + 3
knots = np.arange(-3, spans + 4) / spans
# The same numbers as in the test, from whole numbers.
coefficients = (((np.arange(side**3) * 37 + 11) % 101) / 50 - 1).reshape(side, side, side)  # down, across, gray



def weights(t):
    # The last knot belongs to the last span.
    return np.nan_to_num(np.array([BSpline(knots, np.eye(side)[i], 3)(t) for i in range(side)]))


points = [(0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (1 / 3, 2 / 3, 0.5), (0.1, 0.9, 0.35), (0.77, 0.05, 0.62), (0.5, 0.5, 0.999)]
values = [
    float(np.einsum("kji,k,j,i->", coefficients, weights(y), weights(x), weights(g))) for g, x, y in points
]

rng = np.random.default_rng(3)
pictures = []
for low, high in [((0, 0, 0), (256, 256, 256)), ((90, 60, 20), (200, 120, 60)), ((128, 128, 128), (129, 129, 129))]:
    rgb = rng.integers(low, high, size=(24, 3))
    r, g, b = rgb.T.astype(float)
    rg, yb = r - g, (r + g) / 2 - b
    value = np.hypot(rg.std(), yb.std()) + 0.3 * np.hypot(rg.mean(), yb.mean())
    pictures.append({"rgb": rgb.ravel().tolist(), "colourfulness": float(value)})

print(json.dumps({"scipy": scipy.__version__, "points": points, "values": values, "pictures": pictures}))
