"""Files that NumPy and Python's zipfile write, for src/numpy and src/archive.

Run: python numpy_files.py > ../fixtures/numpy-files.json   (numpy 2)
"""
import base64
import io
import json
import zipfile

import numpy as np

images = (np.arange(3 * 4 * 5) * 4 % 251).astype(np.uint8).reshape(3, 4, 5)
rgb = (np.arange(2 * 2 * 3 * 3) * 7).astype(np.uint8).reshape(2, 2, 3, 3)
labels = np.array([[0], [1], [1]])


def npz(save, **arrays):
    file = io.BytesIO()
    save(file, **arrays)
    return base64.b64encode(file.getvalue()).decode()


def npy(array, version=None):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version, allow_pickle=True)
    return base64.b64encode(file.getvalue()).decode()


def zip64():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("train/NORMAL/grün.txt", "w", force_zip64=True) as entry:
            entry.write(b"gray " * 100)
        archive.writestr("stored.txt", b"as it is", zipfile.ZIP_STORED)
    return base64.b64encode(file.getvalue()).decode()


print(json.dumps({
    "numpy": np.__version__,
    "images": images.tolist(),
    "rgb": rgb.tolist(),
    "stored": npz(np.savez, train_images=images, train_labels=labels),
    "compressed": npz(np.savez_compressed, train_images=images, train_labels=labels),
    "fortran": npz(np.savez, images=np.asfortranarray(images), labels=labels.astype(">i4")),
    "rgbFortran": npz(np.savez_compressed, images=np.asfortranarray(rgb), labels=np.array([0, 1], "u1")),
    "pickle": npz(np.savez, images=images, labels=np.array([["a"], [None], [1]], dtype=object)),
    "floats": npz(np.savez, images=images / 255, labels=labels),
    "versions": {f"{major}.0": npy(labels, (major, 0)) for major in (1, 2, 3)},
    "values": {
        dtype: npy(np.array([[1, 2, 3], [4, 5, 6]], dtype))
        for dtype in ("<i1", "<i2", ">i2", "<i4", ">i8", "u1", ">u2", "<u4", "<u8", "<f4", ">f8")
    },
    "valuesFortran": npy(np.asfortranarray(np.array([[1, 2, 3], [4, 5, 6]], ">i4"))),
    "booleans": npy(np.array([True, False])),
    "structured": npy(np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])),
    "text": npy(np.array(["NORMAL"])),
    "zip64": zip64(),
}))
