"""DICOM files that contradict themselves or the standard, and the samples or gray levels that they mean.

Writes test/fixtures/odd-dicom.json. Needs pydicom 3.0, numpy and imagecodecs.
Run: python3 test/reference/odd_dicom.py

"stored" are the samples that imagecodecs decodes from the codestream (equal to those encoded, where it is lossless);
"gray" is pydicom's apply_windowing or apply_voi scaled to 0..255, where the file is one that pydicom shows.
"""

import base64
import io
import json
import pathlib

import imagecodecs
import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixels import apply_voi, apply_windowing
from pydicom.sequence import Sequence

here = pathlib.Path(__file__).parent
height, width = 24, 32
y, x = np.mgrid[:height, :width]
deep = (2000 + 1500 * np.sin(x / 5) * np.cos(y / 7)).astype(np.uint16)
shallow = (deep >> 4).astype(np.uint8)
native = "1.2.840.10008.1.2.1"


def dataset(syntax, allocated, stored, signed=0, photometric="MONOCHROME2"):
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.1.1"
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID = "2.25.1"
    ds.Modality = "DX"
    ds.SamplesPerPixel = 1
    ds.PhotometricInterpretation = photometric
    ds.Rows, ds.Columns = height, width
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = allocated, stored, stored - 1, signed
    return ds


def written(ds, pixels, compressed=False):
    ds.PixelData = encapsulate([pixels]) if compressed else pixels
    ds["PixelData"].VR = "OB" if compressed or ds.BitsAllocated == 8 else "OW"
    if compressed:
        ds["PixelData"].is_undefined_length = True
    buffer = io.BytesIO()
    pydicom.dcmwrite(buffer, ds, enforce_file_format=True)
    return base64.b64encode(buffer.getvalue()).decode()


def scaled(values, low, high):
    return np.floor(255 * np.clip((values - low) / (high - low), 0, 1) + 0.5).astype(int).ravel().tolist()


def depths():
    signed = deep.astype(np.int32) - 2048
    streams = [
        ("8-bit JPEG baseline", "4.50", imagecodecs.jpeg8_encode(shallow, level=98), None, [(16, 8), (16, 12), (16, 16)]),
        ("8-bit JPEG lossless", "4.70", imagecodecs.ljpeg_encode(shallow, bitspersample=8), shallow, [(16, 8), (16, 12)]),
        ("8-bit JPEG-LS", "4.80", imagecodecs.jpegls_encode(shallow), shallow, [(16, 8), (16, 12)]),
        ("8-bit JPEG 2000", "4.90", imagecodecs.jpeg2k_encode(shallow, reversible=True, codecformat="J2K", level=0), shallow, [(16, 8), (16, 12)]),
        ("12-bit JPEG lossless", "4.70", imagecodecs.ljpeg_encode(deep, bitspersample=12), deep, [(8, 8), (16, 10), (16, 16)]),
        ("12-bit JPEG-LS", "4.80", imagecodecs.jpegls_encode(deep), deep, [(8, 8), (16, 10), (16, 16)]),
        ("12-bit JPEG 2000", "4.90", imagecodecs.jpeg2k_encode(deep, reversible=True, codecformat="J2K", level=0, bitspersample=12), deep, [(8, 8), (16, 10), (16, 16)]),
        ("12-bit HTJ2K", "4.201", imagecodecs.htj2k_encode(deep), deep, [(8, 8), (16, 12)]),
    ]
    for name, uid, stream, values, headers in streams:
        if values is None:
            values = imagecodecs.jpeg8_decode(stream)
        for allocated, stored in headers:
            ds = dataset(f"1.2.840.10008.1.2.{uid}", allocated, stored)
            yield {
                "name": f"{name} under {allocated}/{stored}",
                "file": written(ds, stream, True),
                "stored": values.ravel().astype(int).tolist(),
                "tolerance": 1 if uid == "4.50" else 0,
            }
    stream = imagecodecs.jpeg2k_encode(signed.astype(np.int16), reversible=True, codecformat="J2K", level=0)
    yield {
        "name": "signed 16-bit JPEG 2000 under 16/12, signed",
        "file": written(dataset("1.2.840.10008.1.2.4.90", 16, 12, 1), stream, True),
        "stored": signed.ravel().tolist(),
        "tolerance": 0,
    }


def table(entries, bits, count=None):
    item = Dataset()
    item.LUTDescriptor = [len(entries) if count is None else count, 0, bits]
    item.add_new("LUTData", "OW", np.asarray(entries, dtype="<u2").tobytes())
    return item


def contrasts():
    raw = deep.astype("<u2").tobytes()
    entries = (np.linspace(0, 1, 4096) ** 2 * 4095).astype(int)
    for bits, name in ((16, "VOI LUT of 0..4095 under 16 bits"), (8, "VOI LUT of 0..4095 under 8 bits")):
        ds = dataset(native, 16, 12)
        ds.VOILUTSequence = Sequence([table(entries, bits)])
        yield {"name": name, "note": "table", "file": written(ds, raw), "gray": scaled(entries[deep], 0, 4095)}
    ds = dataset(native, 16, 12)
    ds.VOILUTSequence = Sequence([table(entries, 12)])
    yield {"name": "VOI LUT of 12 bits", "note": None, "file": written(ds, raw), "gray": scaled(apply_voi(deep, ds), 0, 4095)}
    for name, item in (("an empty VOI LUT item", Dataset()), ("a VOI LUT with too few entries", table(entries[:100], 12, 4096))):
        ds = dataset(native, 16, 12)
        ds.WindowCenter, ds.WindowWidth = 1800, 2400
        gray = scaled(apply_windowing(deep, ds), 0, 4095)
        ds.VOILUTSequence = Sequence([item])
        yield {"name": f"{name} and a window", "note": "table", "file": written(ds, raw), "gray": gray}
    ds = dataset(native, 16, 12)
    ds.VOILUTSequence = Sequence([Dataset()])
    ds.VOILUTSequence[0].add_new("LUTDescriptor", "US", None)
    ds.WindowCenter, ds.WindowWidth = 1800, 2400
    clean = dataset(native, 16, 12)
    clean.WindowCenter, clean.WindowWidth = 1800, 2400
    windowed = scaled(apply_windowing(deep, clean), 0, 4095)
    yield {"name": "an empty LUT descriptor and a window", "note": "table", "file": written(ds, raw), "gray": windowed}
    stretched = scaled(deep.astype(float), int(deep.min()), int(deep.max()))
    for centre, breadth, gray, note in (
        (1800, 0, stretched, "window"),
        (1800, "0.9", stretched, "window"),
        (1800, -4, stretched, "window"),
        ([100, 1800], [0, 2400], windowed, "window"),
        (["", "1800"], ["", "2400"], windowed, None),
        (["", "1800"], ["500", "2400"], windowed, None),
        (["9", "1800"], ["", "2400"], windowed, None),
        ("", "", stretched, None),
    ):
        ds = dataset(native, 16, 12)
        for tag, value in ((0x00281050, centre), (0x00281051, breadth)):
            values = value if isinstance(value, list) else [value]
            ds[tag] = pydicom.DataElement(tag, "LO", "\\".join(str(v) for v in values))
        file = base64.b64decode(written(ds, raw)).replace(b"\x28\x00\x50\x10LO", b"\x28\x00\x50\x10DS").replace(b"\x28\x00\x51\x10LO", b"\x28\x00\x51\x10DS")
        yield {"name": f"window {centre} wide {breadth}", "note": note, "file": base64.b64encode(file).decode(), "gray": gray}
    for photometric, shape, inverted, note in (
        ("MONOCHROME2", "INVERSE", True, "polarity"),
        ("MONOCHROME1", "INVERSE", True, None),
        ("MONOCHROME2", "IDENTITY", False, None),
        ("MONOCHROME1", "IDENTITY", True, "polarity"),
    ):
        ds = dataset(native, 16, 12, photometric=photometric)
        ds.WindowCenter, ds.WindowWidth = 1800, 2400
        ds.PresentationLUTShape = shape
        shown = (apply_windowing(deep, ds).astype(float)) / 4095
        yield {"name": f"{photometric} with {shape}", "note": note, "file": written(ds, raw), "gray": scaled(1 - shown if inverted else shown, 0, 1)}


def padding():
    for name, words, value, representation, bits, signed in (
        ("-2000 as 63536 in unsigned 12 bits", np.where(x < 3, 63536, np.where(x == 3, 2096, deep)), 63536, "US", 12, 0),
        ("-2000 in unsigned 12 bits, valid values only", np.where(x == 3, 2096, deep), 63536, "US", 12, 0),
        ("2096 in unsigned 11 bits", np.where(x == 3, 48, deep >> 1), 2096, "US", 11, 0),
        ("-2000 in signed 12 bits", np.where(x < 3, 63536, np.where(x == 3, 10, deep >> 1)), 63536, "US", 12, 1),
        ("0 in unsigned 12 bits", np.where(x < 3, 0, deep), 0, "US", 12, 0),
    ):
        ds = dataset(native, 16, bits, signed)
        ds.add_new(0x00280120, representation, value)
        yield {
            "name": name,
            "file": written(ds, words.astype("<u2").tobytes()),
            "black": (words == (value & 0xFFFF)).ravel().astype(int).tolist(),
        }


fixture = {
    "origin": f"pydicom {pydicom.__version__}, imagecodecs {imagecodecs.__version__}, numpy {np.__version__}",
    "depths": list(depths()),
    "contrasts": list(contrasts()),
    "padding": list(padding()),
}
(here.parent / "fixtures" / "odd-dicom.json").write_text(json.dumps(fixture))
