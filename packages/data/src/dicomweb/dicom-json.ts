import { dicomWebError } from './dicomweb-error.js';

/** One data set of the DICOM JSON model (PS3.18 2025, annex F); only what is read here. */
export type DicomJson = Readonly<Record<string, { readonly Value?: readonly unknown[] } | undefined>>;

/** @throws ChromarayError `CHROMARAY_DICOMWEB_MALFORMED` */
export function readDicomJson(where: string, body: Uint8Array): readonly DicomJson[] {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (cause) {
    throw dicomWebError('MALFORMED', `${where} answers with something else than JSON`, cause);
  }
  const list = Array.isArray(content) ? content : [content];
  if (list.every((item) => typeof item === 'object' && item !== null)) return list as DicomJson[];
  throw dicomWebError('MALFORMED', `${where} answers with JSON that is not DICOM's`);
}

/**
 * A UID of a data set. Servers are not trusted: UIDs become names of folders.
 *
 * @throws ChromarayError `CHROMARAY_DICOMWEB_MALFORMED`
 */
export function uidOf(where: string, item: DicomJson, tag: string): string {
  const uid = item[tag]?.Value?.[0];
  if (typeof uid === 'string' && isUid(uid)) return uid;
  throw dicomWebError('MALFORMED', `${where} answers without a valid UID in ${tag}`);
}

/** PS3.5, 9.1. */
export function isUid(text: string): boolean {
  return text.length <= 64 && /^\d+(?:\.\d+)+$/.test(text);
}

export function textOf(item: DicomJson, tag: string): string | undefined {
  const value = item[tag]?.Value?.[0];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
