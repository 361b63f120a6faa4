import type { ErrorArea } from '../entry.js';

/** Pictures and the archives and packs that hold them. Met in one file, they make that file unreadable. */
export const imageErrors = {
  CHROMARAY_IMAGE_MISSING: { meaning: 'The picture does not exist.', advice: 'Check the path, or leave it out.' },
  CHROMARAY_IMAGE_PERMISSION: { meaning: 'The picture may not be read.', advice: 'Change its permissions.' },
  CHROMARAY_IMAGE_EMPTY: { meaning: 'The file has no bytes.', advice: 'Copy it again, or leave it out.' },
  CHROMARAY_IMAGE_TRUNCATED: { meaning: 'The picture file is truncated.', advice: 'Copy it again, or leave it out.' },
  CHROMARAY_IMAGE_UNREADABLE: {
    meaning: 'The file is not a picture that can be decoded.',
    advice: 'Save it again as JPEG or PNG, or leave it out.',
  },
  CHROMARAY_IMAGE_UNSUPPORTED: {
    meaning: 'The picture is of a kind that is not decoded, such as CMYK or 12-bit JPEG.',
    advice: 'Save it again as an 8-bit JPEG, or as PNG.',
  },
  CHROMARAY_IMAGE_TOO_LARGE: {
    meaning: 'The picture has too many pixels.',
    advice: 'Leave it out, or raise the limit.',
  },
  CHROMARAY_IMAGE_TOO_SMALL: { meaning: 'The picture is too small to be a radiograph.', advice: 'Leave it out.' },
  CHROMARAY_IMAGE_CHANGED: {
    meaning: 'The picture is not the one that was audited.',
    advice: 'Run the audit again.',
  },
  CHROMARAY_IMAGE_SIZE: {
    meaning: 'A size to resize to is not from 1 to 16,384 pixels.',
    advice: 'Give a size such as 128.',
    outcome: 'wrongUse',
  },
  CHROMARAY_IMAGE_OPERATION: {
    meaning: 'A number of an operation on pictures is out of its range.',
    advice: 'Correct it; imaging.md lists what each takes.',
    outcome: 'wrongUse',
  },
  CHROMARAY_DICOM_NOT_DICOM: {
    meaning: 'The file is not DICOM: no `DICM` after 128 bytes.',
    advice: 'Check it with dcmdump.',
  },
  CHROMARAY_DICOM_NO_PIXELS: {
    meaning: 'The DICOM file holds no picture: it is a report, a presentation state or a directory.',
    advice: 'Leave it out.',
  },
  CHROMARAY_DICOM_COLOUR: { meaning: 'The DICOM file is in colour.', advice: 'Leave it out: radiographs are gray.' },
  CHROMARAY_DICOM_MULTI_FRAME: {
    meaning: 'The DICOM file holds several frames.',
    advice: 'Store each frame as a file of its own.',
  },
  CHROMARAY_DICOM_TRANSFER_SYNTAX: {
    meaning: 'The transfer syntax of the DICOM file, which the message names, is not supported.',
    advice: 'Convert it with dcmdjpeg or gdcmconv.',
  },
  CHROMARAY_DICOM_UNSUPPORTED: {
    meaning: 'The samples of the DICOM file are not supported: 1, 12 or 32 bits allocated, or floating point.',
    advice: 'Convert it to gray of 8 or 16 bits.',
  },
  CHROMARAY_DICOM_TRUNCATED: {
    meaning: 'The DICOM file is truncated, or has fewer pixels than its header states.',
    advice: 'Fetch it again.',
  },
  CHROMARAY_DICOM_CORRUPT: {
    meaning: 'Pixels cannot be decompressed, or do not have the size that the header states.',
    advice: 'Fetch it again.',
  },
  CHROMARAY_DICOM_MALFORMED: {
    meaning: 'An attribute, which the message names, is missing, impossible, or of a wrong value representation.',
    advice: 'Fetch it again, or repair it with dcmodify.',
  },
  CHROMARAY_DICOM_LIMIT: {
    meaning: 'More than 200,000 elements, sequences nested over 32 deep, or deflated data without end.',
    advice: 'Leave it out.',
  },
  CHROMARAY_NUMPY_PICKLE: {
    meaning: 'The array holds Python objects, which could run code.',
    advice: 'Save plain numbers.',
  },
  CHROMARAY_NUMPY_TYPE: {
    meaning: 'Images are not uint8, or labels are not whole numbers.',
    advice: 'Save images as uint8.',
  },
  CHROMARAY_NUMPY_SHAPE: { meaning: 'The array has another shape than expected.', advice: 'See data.md.' },
  CHROMARAY_NUMPY_MALFORMED: { meaning: 'The header of the array cannot be read.', advice: 'Save it again.' },
  CHROMARAY_NUMPY_TRUNCATED: { meaning: 'The array is truncated.', advice: 'Copy the file again.' },
  CHROMARAY_NUMPY_LIMIT: { meaning: 'The array is too large to read in this order.', advice: 'Save it in C order.' },
  CHROMARAY_ZIP_NOT_ZIP: { meaning: 'The file is not a zip archive.', advice: 'Copy it again, or name the folder.' },
  CHROMARAY_ZIP_CORRUPT: { meaning: 'The archive is truncated, or a file in it is damaged.', advice: 'Copy it again.' },
  CHROMARAY_ZIP_ENCRYPTED: { meaning: 'The archive needs a password.', advice: 'Unpack it and name the folder.' },
  CHROMARAY_ZIP_METHOD: { meaning: 'The compression is not supported.', advice: 'Use the usual one (deflate).' },
  CHROMARAY_ZIP_LINK: { meaning: 'The archive holds a link.', advice: 'Put the file itself into it.' },
  CHROMARAY_ZIP_DUPLICATE: { meaning: 'Two files of the archive have one name.', advice: 'Create the archive again.' },
  CHROMARAY_ZIP_NAME: { meaning: 'A name leads outside the archive.', advice: 'Do not use the archive.' },
  CHROMARAY_ZIP_SIZE: {
    meaning: 'A file is of another size than the archive says.',
    advice: 'Do not use the archive.',
  },
  CHROMARAY_ZIP_LIMIT: {
    meaning: 'The archive, or a file in it, is larger than the limits.',
    advice: 'Unpack it and name the folder.',
  },
  CHROMARAY_PACK_MISSING: { meaning: 'A pixel pack is missing.', advice: 'Run the same command again.' },
  CHROMARAY_PACK_PERMISSION: { meaning: 'A pixel pack may not be read.', advice: 'Change its permissions.' },
  CHROMARAY_PACK_CORRUPT: { meaning: 'A pixel pack is damaged.', advice: 'Delete it and run the same command again.' },
  CHROMARAY_PACK_DUPLICATE_ID: { meaning: 'Two pictures of a pack have one id.', advice: 'Give each its own.' },
  CHROMARAY_PACK_RANGE: { meaning: 'A pack has no picture at this position.', advice: 'Take positions from the pack.' },
  CHROMARAY_AUGMENT_OPTION: {
    meaning: 'An option of augmentation is out of range.',
    advice: 'Correct it, or leave it out.',
    outcome: 'wrongUse',
  },
  CHROMARAY_COLOUR_UNKNOWN_MAP: {
    meaning: 'No colour map has this name.',
    advice: 'Use one of the names listed.',
    outcome: 'wrongUse',
  },
  CHROMARAY_COLOUR_OVERWRITE: {
    meaning: 'The output would replace the originals.',
    advice: 'Name another folder.',
    outcome: 'wrongUse',
  },
  CHROMARAY_COLOUR_LAYOUT: {
    meaning: '`--original-layout` needs folders train, val and test.',
    advice: 'Name the folder that holds them.',
    outcome: 'wrongUse',
  },
  CHROMARAY_IMAGING_PHANTOM_SIZE: {
    meaning: 'The size of a synthetic X-ray is out of range.',
    advice: 'Give a size such as 128.',
    outcome: 'wrongUse',
  },
  CHROMARAY_IMAGING_PHANTOM_SUBTLETY: {
    meaning: 'The subtlety of a synthetic finding is not from 0 to 1.',
    advice: 'Give a value such as 0.6.',
    outcome: 'wrongUse',
  },
} as const satisfies ErrorArea;
