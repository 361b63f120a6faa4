import { type ElementToWrite, writePart10 } from '@chromaray/imaging';

export interface SmallRadiograph {
  readonly patient?: string;
  readonly issuer?: string;
  readonly view?: string;
  readonly laterality?: string;
  readonly sex?: string;
  readonly age?: string;
  /** Also makes the pixels and UIDs differ. */
  readonly seed: number;
}

/** A DICOM file of 12 x 10 pixels, with a name in it that must never come out again. */
export function smallRadiograph({ patient, issuer, view, laterality, sex, age, seed }: SmallRadiograph): Buffer {
  const [width, height] = [12, 10];
  const samples = Uint16Array.from({ length: width * height }, (_, i) => (i * 31 + seed * 97) % 4096);
  const text = (tag: number, representation: 'AS' | 'CS' | 'LO', value: string | undefined): ElementToWrite[] =>
    value === undefined ? [] : [{ tag, representation, value }];
  return writePart10([
    { tag: 0x00080016, representation: 'UI', value: '1.2.840.10008.5.1.4.1.1.1.1' },
    { tag: 0x00080018, representation: 'UI', value: `2.25.1000${seed}` },
    { tag: 0x00080060, representation: 'CS', value: 'DX' },
    { tag: 0x00100010, representation: 'PN', value: 'Secretname^Jane' },
    { tag: 0x00100030, representation: 'DA', value: '19710203' },
    ...text(0x00100020, 'LO', patient),
    ...text(0x00100021, 'LO', issuer),
    ...text(0x00100040, 'CS', sex),
    ...text(0x00101010, 'AS', age),
    ...text(0x00185101, 'CS', view),
    { tag: 0x0020000d, representation: 'UI', value: `2.25.2000${seed}` },
    { tag: 0x0020000e, representation: 'UI', value: `2.25.3000${seed}` },
    { tag: 0x00200010, representation: 'SH', value: '1' },
    { tag: 0x00200011, representation: 'IS', value: '1' },
    { tag: 0x00200013, representation: 'IS', value: '1' },
    ...text(0x00200062, 'CS', laterality),
    { tag: 0x00280002, representation: 'US', value: 1 },
    { tag: 0x00280004, representation: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, representation: 'US', value: height },
    { tag: 0x00280011, representation: 'US', value: width },
    { tag: 0x00280100, representation: 'US', value: 16 },
    { tag: 0x00280101, representation: 'US', value: 12 },
    { tag: 0x00280102, representation: 'US', value: 11 },
    { tag: 0x00280103, representation: 'US', value: 0 },
    { tag: 0x7fe00010, representation: 'OW', value: Buffer.from(samples.buffer) },
  ]);
}
