"""Reference values for DICOM decoding: what pydicom and GDCM make of the same files.

Writes test/fixtures/dicom.json. Needs pydicom 3.0, numpy, and GDCM's gdcmconv for the real files.
Run: python3 test/reference/dicom.py [folder with the three real files]

Synthetic files are 16 x 16 ramps written by pydicom; "gray" is pydicom's apply_modality_lut and apply_voi
(or apply_windowing), scaled from its output range to 0..255 and rounded to nearest, and inverted for MONOCHROME1.
"""

import base64
import hashlib
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.pixels import apply_modality_lut, apply_voi, apply_windowing
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

here = pathlib.Path(__file__).parent
size = 16


def blank(syntax, bits_allocated, bits_stored, signed, photometric):
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    ds.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.1"
    ds.file_meta.MediaStorageSOPInstanceUID = "2.25.1"
    ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.1"
    ds.SOPInstanceUID = "2.25.1"
    ds.Modality = "CR"
    ds.PatientID = "test"
    ds.SamplesPerPixel = 1
    ds.PhotometricInterpretation = photometric
    ds.Rows, ds.Columns = size, size
    ds.BitsAllocated, ds.BitsStored, ds.HighBit = bits_allocated, bits_stored, bits_stored - 1
    ds.PixelRepresentation = int(signed)
    return ds


def table(entries, first, bits, explanation):
    item = Dataset()
    item.LUTDescriptor = [len(entries), first, bits]
    item.add_new("LUTData", "OW", np.asarray(entries, dtype="<u2").tobytes())
    item.LUTExplanation = explanation
    return item


def finish(ds, values):
    if ds.BitsAllocated == 8:
        raw = values.astype(np.int8 if ds.PixelRepresentation else np.uint8).tobytes()
    else:
        order = ">" if ds.file_meta.TransferSyntaxUID == ExplicitVRBigEndian else "<"
        raw = values.astype(f"{order}{'i' if ds.PixelRepresentation else 'u'}2").tobytes()
    ds.PixelData = raw
    ds["PixelData"].VR = "OW" if ds.BitsAllocated == 16 else "OB"


def gray(ds, values):
    rescaled = apply_modality_lut(values, ds)
    if "VOILUTSequence" in ds:
        shown = apply_voi(rescaled, ds) / (2 ** int(ds.VOILUTSequence[0].LUTDescriptor[2]) - 1)
    else:
        out = apply_windowing(rescaled, ds).astype(np.float64)
        # pydicom maps to the range of the values that can be stored, after the modality transform.
        if "ModalityLUTSequence" in ds:
            low, high = 0, 2 ** int(ds.ModalityLUTSequence[0].LUTDescriptor[2]) - 1
        else:
            if ds.PixelRepresentation:
                low, high = -(2 ** (ds.BitsStored - 1)), 2 ** (ds.BitsStored - 1) - 1
            else:
                low, high = 0, 2**ds.BitsStored - 1
            slope, intercept = float(ds.get("RescaleSlope", 1)), float(ds.get("RescaleIntercept", 0))
            low, high = low * slope + intercept, high * slope + intercept
        shown = (out - low) / (high - low)
    if ds.PhotometricInterpretation == "MONOCHROME1":
        shown = 1 - shown
    return np.floor(255 * np.clip(shown, 0, 1) + 0.5).astype(int)


def cases():
    ramp12 = np.arange(size * size) * 16 + 5
    ramp_signed = np.arange(size * size) * 15 - 1900
    ramp8 = np.arange(size * size)

    def window(ds, centre, width, function=None, slope=None, intercept=None):
        ds.WindowCenter, ds.WindowWidth = centre, width
        if function:
            ds.VOILUTFunction = function
        if slope is not None:
            ds.RescaleSlope, ds.RescaleIntercept, ds.RescaleType = slope, intercept, "US"
        return ds

    u = (ExplicitVRLittleEndian, 16, 12, False, "MONOCHROME2")
    yield "12-bit, LINEAR window", window(blank(*u), 2048, 1500), ramp12
    yield "12-bit, LINEAR window of width 1", window(blank(*u), 2053, 1), ramp12
    yield "12-bit, LINEAR_EXACT window", window(blank(*u), 1024, 777, "LINEAR_EXACT"), ramp12
    yield "12-bit, SIGMOID window", window(blank(*u), 2048, 2000, "SIGMOID"), ramp12
    yield "12-bit MONOCHROME1, two windows", window(
        blank(ExplicitVRLittleEndian, 16, 12, False, "MONOCHROME1"), [2500, 100], [1000, 50]
    ), ramp12
    yield "signed, rescaled, implicit", window(
        blank(ImplicitVRLittleEndian, 16, 12, True, "MONOCHROME2"), 300, 2500, None, 1.5, -100
    ), ramp_signed
    yield "16 bits, big endian", window(blank(ExplicitVRBigEndian, 16, 16, False, "MONOCHROME2"), 3000, 4000), ramp12 * 4
    yield "8 bits, window", window(blank(ExplicitVRLittleEndian, 8, 8, False, "MONOCHROME2"), 100, 90), ramp8
    yield "8 bits signed, window", window(blank(ExplicitVRLittleEndian, 8, 8, True, "MONOCHROME1"), -10, 120), ramp8 - 128

    ds = blank(*u)
    ds.VOILUTSequence = [
        table((np.linspace(0, 1, 3000) ** 2 * 65535).astype(int), 500, 16, "first"),
        table(np.arange(4096), 0, 12, "second"),
    ]
    yield "VOI table before window", window(ds, 100, 100), ramp12
    ds = blank(ImplicitVRLittleEndian, 16, 12, True, "MONOCHROME1")
    ds.VOILUTSequence = [table((np.linspace(0, 1, 1000) ** 0.5 * 1023).astype(int), -400, 10, "signed")]
    yield "VOI table of signed values, implicit", ds, ramp_signed
    ds = blank(*u)
    ds.ModalityLUTSequence = [table(np.arange(4096)[::-1] * 16, 0, 16, "inverse")]
    ds.ModalityLUTSequence[0].ModalityLUTType = "US"
    yield "modality table and window", window(ds, 32000, 40000), ramp12


def synthetic():
    result = []
    for name, ds, values in cases():
        finish(ds, values)
        buffer = io.BytesIO()
        pydicom.dcmwrite(buffer, ds, enforce_file_format=True)
        read = pydicom.dcmread(io.BytesIO(buffer.getvalue()))
        stored = read.pixel_array.ravel()
        assert (stored == values).all(), name
        file = base64.b64encode(buffer.getvalue()).decode()
        result.append({"name": name, "file": file, "gray": gray(read, stored).tolist()})
    return result


def real(folder):
    result = []
    for file in sorted(pathlib.Path(folder).glob("*.dcm")):
        with tempfile.TemporaryDirectory() as temporary:
            raw = pathlib.Path(temporary) / "raw.dcm"
            subprocess.run(["gdcmconv", "--raw", str(file), str(raw)], check=True)
            ds = pydicom.dcmread(raw)
            stored = ds.pixel_array
        shown = gray(ds, stored) if "WindowCenter" in ds else stored.astype(int)
        result.append(
            {
                "file": file.name,
                "stored": hashlib.sha256(stored.astype("<i4").tobytes()).hexdigest(),
                "histogram": np.bincount(shown.ravel(), minlength=256).tolist(),
            }
        )
    return result


fixture = {"origin": f"pydicom {pydicom.__version__}, numpy {np.__version__}", "synthetic": synthetic(), "real": []}
if len(sys.argv) > 1:
    fixture["real"] = real(sys.argv[1])
(here.parent / "fixtures" / "dicom.json").write_text(json.dumps(fixture))
