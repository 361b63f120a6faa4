import type { Notes } from '../note.js';
import { dicomError } from './dicom-error.js';
import type { ElementMap } from './read-elements.js';
import { type Attribute, formatTag } from './tags.js';

/** Something with elements, and what to call it in messages. */
export interface ElementSource {
  readonly name: string;
  readonly elements: ElementMap;
  readonly bigEndian: boolean;
  /** Faults in spite of which the picture is read. */
  readonly notes: Notes;
}

/** The first value of a text element without its padding; undefined when absent or empty. */
export function firstText(elements: ElementMap, { tag }: Attribute): string | undefined {
  return texts(elements, tag)[0] || undefined;
}

/**
 * The numbers of an element: binary (US, SS) or written out (DS, IS); empty when the element is absent or empty. Values
 * that are left empty between others are undefined, so that each keeps its place: the second width belongs to the
 * second centre.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_MALFORMED` for another value representation, or text that is no number
 */
export function numbers(source: ElementSource, attribute: Attribute): readonly (number | undefined)[] {
  const element = source.elements.get(attribute.tag);
  if (element === undefined) return [];
  const stated = element.representation;
  // Where a file states none, or "unknown", the dictionary's is used.
  const representation = stated === '??' || stated === 'UN' ? attribute.representations[0]! : stated;
  if (!attribute.representations.includes(representation)) {
    throw malformed(
      source,
      attribute,
      `has the value representation ${stated}; ${attribute.representations.join(' or ')} was expected`,
    );
  }
  if (representation === 'DS' || representation === 'IS') {
    return texts(source.elements, attribute.tag).map((text) => {
      if (text === '') return undefined;
      const value = Number(text);
      if (!Number.isFinite(value)) throw malformed(source, attribute, 'holds something else than numbers');
      return value;
    });
  }
  const { value } = element;
  if (value.length % 2 !== 0) throw malformed(source, attribute, `has ${value.length} bytes, not a multiple of 2`);
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const signed = representation === 'SS';
  return Array.from({ length: value.length / 2 }, (_, i) =>
    signed ? view.getInt16(2 * i, !source.bigEndian) : view.getUint16(2 * i, !source.bigEndian),
  );
}

/** The first number of an element, or `absent` when it has none. */
export function firstNumber<T>(source: ElementSource, attribute: Attribute, absent: T): number | T {
  return numbers(source, attribute)[0] ?? absent;
}

/** @throws ChromarayError `CHROMARAY_DICOM_MALFORMED` when the element is absent, or no whole number within the limits */
export function requiredCount(source: ElementSource, attribute: Attribute, least: number, most: number): number {
  const value = firstNumber(source, attribute, undefined);
  if (value === undefined) throw malformed(source, attribute, 'is missing');
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw malformed(source, attribute, `is ${value}; ${least} to ${most} was expected`);
}

export function malformed(source: Pick<ElementSource, 'name'>, { tag, name }: Attribute, found: string) {
  return dicomError('MALFORMED', source.name, `is malformed: ${name} ${formatTag(tag)} ${found}`);
}

/** In bytes; far more than any text that is read may have (PS3.5, table 6.2-1). */
const longestText = 4096;

function texts(elements: ElementMap, tag: number): readonly string[] {
  const element = elements.get(tag);
  if (element === undefined) return [];
  const text = String.fromCharCode(...element.value.subarray(0, longestText));
  return text.split('\\').map((part) => part.replace(/^[\s\0]+|[\s\0]+$/g, ''));
}
