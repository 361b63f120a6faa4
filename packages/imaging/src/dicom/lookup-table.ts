import { type Attribute, attributes } from './tags.js';
import { type ElementSource, malformed, numbers } from './values.js';

/** A table from stored or rescaled values to others. Source: DICOM PS3.3 2025, C.11.1.1 and C.11.2.1.1. */
export interface LookupTable {
  /** The value of the first entry; smaller ones take the first entry too. */
  readonly first: number;
  readonly entries: readonly number[];
  /** Bits of an entry, 8 to 16. */
  readonly bits: number;
}

/**
 * The first table of a sequence; undefined when there is none, or an empty one.
 *
 * @param signed the values looked up may be negative: then the first value mapped is signed too
 * @throws ChromarayError `CHROMARAY_DICOM_MALFORMED`
 */
export function firstTable(source: ElementSource, sequence: Attribute, signed: boolean): LookupTable | undefined {
  const item = source.elements.get(sequence.tag)?.items[0];
  if (item === undefined) return undefined;
  const inner = { ...source, elements: item };
  const descriptor = numbers(inner, attributes.tableDescriptor);
  const words = tableData(inner).map((value) => value & 0xffff);
  if (descriptor.length === 0) {
    source.notes.add('table', `has a ${sequence.name} without a description of its table, which is not used`);
    return undefined;
  }
  const [count, first, bits] = descriptor.map((value) => value! & 0xffff);
  if (count === undefined || first === undefined || bits === undefined || bits < 1 || bits > 16) {
    throw malformed(source, attributes.tableDescriptor, `is ${descriptor.join('\\')}`);
  }
  // 65536 does not fit into 16 bits and is written as 0.
  const length = count === 0 ? 65536 : count;
  // Entries of 8 bits may be packed two to a word.
  const entries =
    words.length < length && words.length * 2 >= length ? words.flatMap((word) => [word & 0xff, word >> 8]) : words;
  if (entries.length < length) {
    throw malformed(source, attributes.tableData, `has ${entries.length} entries; ${length} were expected`);
  }
  return { first: signed && first > 0x7fff ? first - 0x10000 : first, entries: entries.slice(0, length), bits };
}

function tableData(source: ElementSource): readonly number[] {
  const element = source.elements.get(attributes.tableData.tag);
  // Words of type OW are numbers like those of US.
  const words =
    element &&
    new Map([[element.tag, element.representation === 'OW' ? { ...element, representation: 'US' } : element]]);
  return words === undefined
    ? []
    : numbers({ ...source, elements: words }, { ...attributes.tableData, representations: ['US', 'SS'] }).map(Number);
}

export function lookUp({ first, entries }: LookupTable, value: number): number {
  return entries[Math.min(entries.length - 1, Math.max(0, Math.round(value) - first))]!;
}

/**
 * The entry that is shown white. Tables are found whose entries have fewer or more bits than they say, for example
 * 0 to 4095 under a description of 16 bits, which would show a black picture: these are taken up to their own largest
 * entry. A table that uses the upper half of its bits is taken at its word.
 */
export function whiteEntry({ entries, bits }: LookupTable): number {
  const announced = 2 ** bits - 1;
  const largest = entries.reduce((most, entry) => Math.max(most, entry), 0);
  return largest > 0 && (largest > announced || largest < 2 ** (bits - 1)) ? largest : announced;
}
