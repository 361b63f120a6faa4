import { createHash } from 'node:crypto';
import { readSource } from '../archive/source.js';
import { defaultMaxPixels } from '../encoded-image.js';
import type { Image } from '../image.js';
import { plainBytes } from '../sharp.js';
import { dicomError } from './dicom-error.js';
import { openPart10 } from './part-10.js';
import type { ElementMap } from './read-elements.js';
import { type ElementToWrite, writePart10 } from './write-part-10.js';

export interface SecondaryCaptureOptions {
  /** What was done to the pixels, for `Derivation Description`; at most 900 characters. */
  readonly derivation: string;
  /** For `Series Description`; at most 40 characters. */
  readonly series: string;
  /** When the picture was made. */
  readonly created: Date;
}

/** A derived object, ready to be stored or sent. */
export interface SecondaryCapture {
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  /** A DICOM file (PS3.10), Explicit VR Little Endian. */
  readonly bytes: Uint8Array;
}

const secondaryCaptureImageStorage = '1.2.840.10008.5.1.4.1.1.7';
export const researchNotice = 'Research use only';

/** Attributes of patient and study that a derived object shares with its source (PS3.3, C.7.1.1, C.7.2.1). */
const shared = [
  0x00080005, 0x00080020, 0x00080030, 0x00080050, 0x00080090, 0x00081030, 0x00100010, 0x00100020, 0x00100021,
  0x00100030, 0x00100040, 0x0020000d, 0x00200010,
];
/** These may be empty but must be there (type 2). */
const neverMissing = new Map<number, 'DA' | 'TM' | 'SH' | 'PN' | 'LO' | 'CS'>([
  [0x00080020, 'DA'],
  [0x00080030, 'TM'],
  [0x00080050, 'SH'],
  [0x00080090, 'PN'],
  [0x00100010, 'PN'],
  [0x00100020, 'LO'],
  [0x00100030, 'DA'],
  [0x00100040, 'CS'],
  [0x00200010, 'SH'],
]);
const sourceClass = 0x00080016;
const sourceInstance = 0x00080018;
const studyInstance = 0x0020000d;
const lossy = 0x00282110;

/**
 * Wraps a picture made from a radiograph as a Secondary Capture of the same patient and study, in a series of
 * its own, which refers to its source and says that it is for research only. What names the patient goes from
 * file to file and nowhere else. The same source, picture and derivation give the same UIDs, so that an object
 * that is sent twice is stored once.
 *
 * Source: DICOM PS3.3 2025, A.8.1 (Secondary Capture Image), C.7.6.1, C.8.6.1 and C.12.4; PS3.5, B.2 (UIDs).
 *
 * @param source the radiograph's DICOM file, or its bytes
 * @param picture gray or colour, of any size
 * @throws ChromarayError `CHROMARAY_DICOM_MALFORMED` when the source has no UIDs; otherwise as `decodeDicom`
 */
export async function deriveSecondaryCapture(
  source: string | Uint8Array,
  picture: Image,
  options: SecondaryCaptureOptions,
): Promise<SecondaryCapture> {
  const { name, bytes } = await readSource(source, defaultMaxPixels);
  const wanted = new Set([...shared, sourceClass, sourceInstance, lossy]);
  const { syntax, elements } = openPart10(name, bytes, wanted, lossy, defaultMaxPixels * 4);
  const [classUid, instanceUid, studyUid] = [sourceClass, sourceInstance, studyInstance].map((tag) =>
    uidOf(name, elements, tag),
  ) as [string, string, string];

  const fingerprint = createHash('sha256').update(picture.data).digest('hex');
  const identity = [instanceUid, options.derivation, `${picture.width} x ${picture.height}`, fingerprint];
  const sopInstanceUid = derivedUid('instance', ...identity);
  const isLossy = syntax.lossy || textOf(elements, lossy) === '01';
  const date = options.created.toISOString();
  const written: ElementToWrite[] = [
    ...sharedElements(elements),
    { tag: 0x00080008, representation: 'CS', value: 'DERIVED\\SECONDARY' },
    { tag: sourceClass, representation: 'UI', value: secondaryCaptureImageStorage },
    { tag: sourceInstance, representation: 'UI', value: sopInstanceUid },
    { tag: 0x00080023, representation: 'DA', value: date.slice(0, 10).replaceAll('-', '') },
    { tag: 0x00080033, representation: 'TM', value: date.slice(11, 19).replaceAll(':', '') },
    { tag: 0x00080060, representation: 'CS', value: 'OT' },
    { tag: 0x00080064, representation: 'CS', value: 'WSD' },
    { tag: 0x0008103e, representation: 'LO', value: `${options.series} (${researchNotice.toLowerCase()})` },
    { tag: 0x00082111, representation: 'ST', value: `${options.derivation} ${researchNotice}, not for diagnosis.` },
    { tag: 0x00082112, representation: 'SQ', value: [sourceItem(classUid, instanceUid)] },
    { tag: 0x00181016, representation: 'LO', value: 'Chromaray' },
    {
      tag: 0x0020000e,
      representation: 'UI',
      value: derivedUid('series', studyUid, options.series, options.derivation),
    },
    { tag: 0x00200011, representation: 'IS', value: '' },
    { tag: 0x00200013, representation: 'IS', value: '1' },
    { tag: 0x00200020, representation: 'CS', value: '' },
    { tag: 0x00204000, representation: 'LT', value: `${researchNotice}, not for diagnosis.` },
    ...pixelElements(picture),
    { tag: 0x00280301, representation: 'CS', value: 'NO' },
    { tag: lossy, representation: 'CS', value: isLossy ? '01' : '00' },
  ];
  return { sopInstanceUid, studyInstanceUid: studyUid, bytes: plainBytes(writePart10(written)) };
}

function sharedElements(elements: ElementMap): ElementToWrite[] {
  const copied = shared.flatMap((tag): ElementToWrite[] => {
    const value = elements.get(tag)?.value;
    const representation = representations.get(tag)!;
    if (value !== undefined) return [{ tag, representation, value }];
    const empty = neverMissing.get(tag);
    return empty === undefined ? [] : [{ tag, representation: empty, value: '' }];
  });
  return copied;
}

const representations = new Map<number, 'CS' | 'DA' | 'LO' | 'PN' | 'SH' | 'TM' | 'UI'>([
  ...neverMissing,
  [0x00080005, 'CS'],
  [0x00081030, 'LO'],
  [0x00100021, 'LO'],
  [studyInstance, 'UI'],
]);

/** The source, and why it is named: "Source image for image processing operation" (PS3.16, CID 7202). */
function sourceItem(classUid: string, instanceUid: string): ElementToWrite[] {
  return [
    { tag: 0x00081150, representation: 'UI', value: classUid },
    { tag: 0x00081155, representation: 'UI', value: instanceUid },
    {
      tag: 0x0040a170,
      representation: 'SQ',
      value: [
        [
          { tag: 0x00080100, representation: 'SH', value: '121322' },
          { tag: 0x00080102, representation: 'SH', value: 'DCM' },
          { tag: 0x00080104, representation: 'LO', value: 'Source image for image processing operation' },
        ],
      ],
    },
  ];
}

function pixelElements({ width, height, channels, data }: Image): ElementToWrite[] {
  return [
    { tag: 0x00280002, representation: 'US', value: channels },
    { tag: 0x00280004, representation: 'CS', value: channels === 3 ? 'RGB' : 'MONOCHROME2' },
    ...(channels === 3 ? [{ tag: 0x00280006, representation: 'US', value: 0 } as const] : []),
    { tag: 0x00280010, representation: 'US', value: height },
    { tag: 0x00280011, representation: 'US', value: width },
    { tag: 0x00280100, representation: 'US', value: 8 },
    { tag: 0x00280101, representation: 'US', value: 8 },
    { tag: 0x00280102, representation: 'US', value: 7 },
    { tag: 0x00280103, representation: 'US', value: 0 },
    { tag: 0x7fe00010, representation: 'OB', value: data },
  ];
}

/** A UID below 2.25, the root for UUIDs; here one of version 8 (RFC 9562), made from what it identifies. */
function derivedUid(...parts: readonly string[]): string {
  const uuid = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  uuid[6] = (uuid[6]! & 0x0f) | 0x80;
  uuid[8] = (uuid[8]! & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${uuid.toString('hex')}`)}`;
}

function uidOf(name: string, elements: ElementMap, tag: number): string {
  const uid = textOf(elements, tag);
  if (/^[0-9.]{1,64}$/.test(uid)) return uid;
  throw dicomError(
    'MALFORMED',
    name,
    `has no valid UID at ${tag.toString(16).padStart(8, '0')}, which a derived object must name`,
  );
}

function textOf(elements: ElementMap, tag: number): string {
  return Buffer.from(elements.get(tag)?.value ?? [])
    .toString('latin1')
    .replace(/[\0 ]+$/, '');
}
