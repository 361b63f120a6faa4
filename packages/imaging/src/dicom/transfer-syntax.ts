/** How the pixels of a transfer syntax are packed. */
export type PixelCoding = 'plain' | 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k';

/** What a transfer syntax says about the bytes of a file. */
export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  /** Every element states its value representation. */
  readonly explicit: boolean;
  readonly bigEndian: boolean;
  /** All that follows the file's meta information is compressed by deflate. */
  readonly deflated: boolean;
  readonly coding: PixelCoding;
  /** What is decoded may differ from what was acquired. */
  readonly lossy: boolean;
}

const base = { explicit: true, bigEndian: false, deflated: false, coding: 'plain', lossy: false } as const;

function compressed(uid: string, name: string, coding: PixelCoding, lossy: boolean): TransferSyntax {
  return { ...base, uid, name, coding, lossy };
}

/** The transfer syntaxes that are read. Source: DICOM PS3.5 2025, section 10 and annex A; PS3.6, annex A. */
export const transferSyntaxes: readonly TransferSyntax[] = [
  { ...base, uid: '1.2.840.10008.1.2', name: 'Implicit VR Little Endian', explicit: false },
  { ...base, uid: '1.2.840.10008.1.2.1', name: 'Explicit VR Little Endian' },
  { ...base, uid: '1.2.840.10008.1.2.1.99', name: 'Deflated Explicit VR Little Endian', deflated: true },
  { ...base, uid: '1.2.840.10008.1.2.2', name: 'Explicit VR Big Endian', bigEndian: true },
  compressed('1.2.840.10008.1.2.4.50', 'JPEG Baseline', 'jpeg', true),
  compressed('1.2.840.10008.1.2.4.51', 'JPEG Extended (12 bits)', 'jpeg', true),
  compressed('1.2.840.10008.1.2.4.57', 'JPEG Lossless (process 14)', 'jpeg', false),
  compressed('1.2.840.10008.1.2.4.70', 'JPEG Lossless (process 14, first-order prediction)', 'jpeg', false),
  compressed('1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless', 'jpeg-ls', false),
  compressed('1.2.840.10008.1.2.4.81', 'JPEG-LS Near-lossless', 'jpeg-ls', true),
  compressed('1.2.840.10008.1.2.4.90', 'JPEG 2000 (lossless only)', 'jpeg-2000', false),
  compressed('1.2.840.10008.1.2.4.91', 'JPEG 2000', 'jpeg-2000', true),
  compressed('1.2.840.10008.1.2.4.201', 'High-Throughput JPEG 2000 (lossless only)', 'htj2k', false),
  compressed('1.2.840.10008.1.2.4.202', 'High-Throughput JPEG 2000 with RPCL (lossless only)', 'htj2k', false),
  compressed('1.2.840.10008.1.2.4.203', 'High-Throughput JPEG 2000', 'htj2k', true),
  compressed('1.2.840.10008.1.2.5', 'RLE Lossless', 'rle', false),
];

export function findTransferSyntax(uid: string): TransferSyntax | undefined {
  return transferSyntaxes.find((syntax) => syntax.uid === uid);
}

/** The file's meta information is always written so. */
export const explicitLittleEndian: TransferSyntax = findTransferSyntax('1.2.840.10008.1.2.1')!;
export const implicitLittleEndian: TransferSyntax = findTransferSyntax('1.2.840.10008.1.2')!;
