"""Colour tables of matplotlib: the published tables for src/colour/tables, and the reference of its tests.

Run: python colour_maps.py > ../fixtures/colour-maps.json            (matplotlib, numpy)
     python colour_maps.py --tables ../../src/colour/tables          (writes the published tables)
"""
import base64
import json
import pathlib
import sys

import matplotlib
import numpy as np
from matplotlib import colormaps

names = ["viridis", "magma", "inferno", "plasma", "cividis", "turbo", "jet", "hot", "bone", "gray"]


def table(name):
    rgba = np.asarray(colormaps[name](np.arange(256)))
    return np.rint(rgba[:, :3] * 255).astype(np.uint8)


origins = {
    "viridis": "Nathaniel Smith and Stefan van der Walt, 2015, for matplotlib; CC0 1.0",
    "magma": "Nathaniel Smith and Stefan van der Walt, 2015, for matplotlib; CC0 1.0",
    "inferno": "Nathaniel Smith and Stefan van der Walt, 2015, for matplotlib; CC0 1.0",
    "plasma": "Nathaniel Smith and Stefan van der Walt, 2015, for matplotlib; CC0 1.0",
    "cividis": "Nunez, Anderton and Renslow 2018, doi:10.1371/journal.pone.0199239; as in matplotlib",
    "turbo": "Anton Mikhailov, Google, 2019; Apache-2.0",
}

if len(sys.argv) == 3:
    for name, origin in origins.items():
        encoded = base64.b64encode(table(name).tobytes()).decode()
        lines = [encoded[i : i + 96] for i in range(0, len(encoded), 96)]
        text = f"/** {origin}. 256 RGB triples, base64; written by test/reference/colour_maps.py. */\n"
        text += f"export const {name} = [\n" + "".join(f"  '{line}',\n" for line in lines) + "].join('');\n"
        pathlib.Path(sys.argv[2], f"{name}.ts").write_text(text)
else:
    print(json.dumps(dict(
        origin=f"matplotlib {matplotlib.__version__}",
        tables={name: base64.b64encode(table(name).tobytes()).decode() for name in names},
    )))
