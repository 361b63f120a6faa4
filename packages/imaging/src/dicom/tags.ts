/** A DICOM attribute: its tag, group in the upper 16 bits, and its value representations. */
export interface Attribute {
  readonly tag: number;
  readonly name: string;
  /** The first one is used where a file states none. */
  readonly representations: readonly string[];
}

function attribute(tag: number, name: string, ...representations: string[]): Attribute {
  return { tag, name, representations };
}

/**
 * Every attribute that is read to make a picture; all others are skipped unread, so that a patient's name
 * never enters the program's memory as text. Source: DICOM PS3.6 2025, section 6.
 */
export const attributes = {
  transferSyntax: attribute(0x00020010, 'Transfer Syntax UID', 'UI'),
  modality: attribute(0x00080060, 'Modality', 'CS'),
  manufacturer: attribute(0x00080070, 'Manufacturer', 'LO'),
  model: attribute(0x00081090, "Manufacturer's Model Name", 'LO'),
  patientId: attribute(0x00100020, 'Patient ID', 'LO'),
  issuerOfPatientId: attribute(0x00100021, 'Issuer of Patient ID', 'LO'),
  patientSex: attribute(0x00100040, "Patient's Sex", 'CS'),
  patientAge: attribute(0x00101010, "Patient's Age", 'AS'),
  viewPosition: attribute(0x00185101, 'View Position', 'CS'),
  imagerPixelSpacing: attribute(0x00181164, 'Imager Pixel Spacing', 'DS'),
  laterality: attribute(0x00200060, 'Laterality', 'CS'),
  imageLaterality: attribute(0x00200062, 'Image Laterality', 'CS'),
  samplesPerPixel: attribute(0x00280002, 'Samples per Pixel', 'US'),
  photometric: attribute(0x00280004, 'Photometric Interpretation', 'CS'),
  frames: attribute(0x00280008, 'Number of Frames', 'IS'),
  rows: attribute(0x00280010, 'Rows', 'US'),
  columns: attribute(0x00280011, 'Columns', 'US'),
  pixelSpacing: attribute(0x00280030, 'Pixel Spacing', 'DS'),
  pixelAspectRatio: attribute(0x00280034, 'Pixel Aspect Ratio', 'IS'),
  bitsAllocated: attribute(0x00280100, 'Bits Allocated', 'US'),
  bitsStored: attribute(0x00280101, 'Bits Stored', 'US'),
  highBit: attribute(0x00280102, 'High Bit', 'US'),
  pixelRepresentation: attribute(0x00280103, 'Pixel Representation', 'US'),
  paddingValue: attribute(0x00280120, 'Pixel Padding Value', 'US', 'SS'),
  paddingLimit: attribute(0x00280121, 'Pixel Padding Range Limit', 'US', 'SS'),
  windowCentre: attribute(0x00281050, 'Window Center', 'DS'),
  windowWidth: attribute(0x00281051, 'Window Width', 'DS'),
  rescaleIntercept: attribute(0x00281052, 'Rescale Intercept', 'DS'),
  rescaleSlope: attribute(0x00281053, 'Rescale Slope', 'DS'),
  windowFunction: attribute(0x00281056, 'VOI LUT Function', 'CS'),
  modalityTables: attribute(0x00283000, 'Modality LUT Sequence', 'SQ'),
  tableDescriptor: attribute(0x00283002, 'LUT Descriptor', 'US', 'SS'),
  tableData: attribute(0x00283006, 'LUT Data', 'OW', 'US', 'SS'),
  windowTables: attribute(0x00283010, 'VOI LUT Sequence', 'SQ'),
  presentationShape: attribute(0x20500020, 'Presentation LUT Shape', 'CS'),
  overlayBit: attribute(0x60000102, 'Overlay Bit Position', 'US'),
  overlayData: attribute(0x60003000, 'Overlay Data', 'OW', 'OB'),
  floatPixels: attribute(0x7fe00008, 'Float Pixel Data', 'OF'),
  doublePixels: attribute(0x7fe00009, 'Double Float Pixel Data', 'OD'),
  pixels: attribute(0x7fe00010, 'Pixel Data', 'OW', 'OB'),
} as const satisfies Record<string, Attribute>;

/** `(0028,0010)` */
export function formatTag(tag: number): string {
  const digits = tag.toString(16).padStart(8, '0');
  return `(${digits.slice(0, 4)},${digits.slice(4)})`;
}
