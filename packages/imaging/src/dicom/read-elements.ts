import type { Notes } from '../note.js';
import { dicomError } from './dicom-error.js';
import { formatTag } from './tags.js';
import { implicitLittleEndian, type TransferSyntax } from './transfer-syntax.js';
import { readsLongLength } from './value-representations.js';

/** An element of a data set. */
export interface Element {
  readonly tag: number;
  /** As the file states it; `??` where it states none. */
  readonly representation: string;
  readonly value: Uint8Array;
  /** The items of a sequence. */
  readonly items: readonly ElementMap[];
  /** The items of compressed pixels, the offset table among them. */
  readonly fragments: readonly Uint8Array[] | undefined;
}

export type ElementMap = ReadonlyMap<number, Element>;

/** What is read of a file, and how. */
export interface ReadRequest {
  readonly name: string;
  readonly syntax: TransferSyntax;
  /** Tags that are kept, on every level; `all` keeps every one. */
  readonly wanted: ReadonlySet<number> | 'all';
  /** On the top level, reading ends behind this element, or before the first one whose tag is larger. */
  readonly last: number;
  /** Takes down what is out of order and was read all the same. */
  readonly notes: Notes;
}

/** More elements than any radiograph has, private ones and those of nested items among them. */
const mostElements = 200_000;
/** Structured reports nest about ten deep; a file that goes deeper wants to exhaust the stack. */
const deepestNesting = 32;
const undefinedLength = 0xffffffff;
const itemTag = 0xfffee000;
const itemEnd = 0xfffee00d;
const sequenceEnd = 0xfffee0dd;
const pixelsTag = 0x7fe00010;

/**
 * Reads the elements of a data set. Elements that are not wanted are skipped by their length, so that their
 * size costs nothing; the number of elements and the depth of their nesting are bounded. Delimiters that are missing or
 * have no sequence to end are passed over, as other readers do.
 *
 * Source: DICOM PS3.5 2025, sections 7.1, 7.5 and A.4.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_TRUNCATED`, `_MALFORMED`, `_LIMIT`
 */
export function readElements(bytes: Uint8Array, request: ReadRequest): ElementMap {
  return new ElementReader(bytes, request).read();
}

class ElementReader {
  private readonly view: DataView;
  private at = 0;
  private count = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly request: ReadRequest,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): ElementMap {
    return this.elements(this.bytes.length, false, 0, this.request.syntax, true);
  }

  /** @param delimited the item has no length and ends with a delimiter */
  private elements(
    end: number,
    delimited: boolean,
    depth: number,
    syntax: TransferSyntax,
    keep: boolean,
  ): Map<number, Element> {
    if (depth > deepestNesting) throw this.fault('LIMIT', `nests sequences more than ${deepestNesting} deep`);
    const { wanted, last, notes } = this.request;
    const found = new Map<number, Element>();
    while (this.at < end) {
      // Some writers pad a file with a few zero bytes.
      if (depth === 0 && end - this.at < 8 && this.bytes.subarray(this.at, end).every((byte) => byte === 0)) break;
      const start = this.at;
      const tag = this.tag(syntax);
      if (++this.count > mostElements) throw this.fault('LIMIT', `has more than ${mostElements} elements`);
      if (tag === itemEnd || tag === sequenceEnd || (tag === itemTag && (delimited || depth === 0))) {
        if (delimited && tag !== itemEnd) {
          // The item has no end of its own: what ends or follows it is read by the sequence.
          this.at = start;
          notes.add('structure', 'has a sequence item without its end');
          return found;
        }
        this.length(syntax);
        if (delimited) return found;
        notes.add('structure', `has a stray delimiter ${formatTag(tag)}`);
        continue;
      }
      if (depth === 0 && tag > last) {
        this.at = start;
        break;
      }
      const element = this.element(tag, end, depth, syntax, keep && (wanted === 'all' || wanted.has(tag)));
      if (element !== undefined) found.set(tag, element);
      // What comes behind is nobody's business: padding, signatures, garbage.
      if (depth === 0 && tag === last) break;
    }
    if (this.at > end) throw this.fault('MALFORMED', 'has an element that ends outside its sequence');
    return found;
  }

  private element(tag: number, end: number, depth: number, syntax: TransferSyntax, keep: boolean): Element | undefined {
    const representation = syntax.explicit ? this.representation(tag) : '??';
    const length = this.valueLength(representation, syntax);
    const nothing = new Uint8Array();
    if (tag === pixelsTag && depth === 0 && length === undefinedLength) {
      return { tag, representation, value: nothing, items: [], fragments: this.fragments(syntax) };
    }
    const isSequence = representation === 'SQ' || length === undefinedLength;
    if (isSequence && (keep || length === undefinedLength)) {
      const limit = length === undefinedLength ? end : this.end(tag, length, end);
      // A sequence of unknown representation is written without representations (PS3.5, 6.2.2, note 2).
      const inner = representation === 'UN' ? implicitLittleEndian : syntax;
      const items = this.items(limit, length === undefinedLength, depth, inner, keep);
      return keep ? { tag, representation, value: nothing, items, fragments: undefined } : undefined;
    }
    const from = this.at;
    // Whether pixels are complete is known where their number is.
    this.at = tag === pixelsTag && depth === 0 ? Math.min(from + length, end) : this.end(tag, length, end);
    if (!keep) return undefined;
    if (!syntax.explicit && sequenceTags.has(tag)) {
      this.at = from;
      const items = this.items(from + length, false, depth, syntax, keep);
      return { tag, representation, value: nothing, items, fragments: undefined };
    }
    return { tag, representation, value: this.bytes.subarray(from, this.at), items: [], fragments: undefined };
  }

  private items(end: number, delimited: boolean, depth: number, syntax: TransferSyntax, keep: boolean): ElementMap[] {
    const items: ElementMap[] = [];
    const { notes } = this.request;
    while (delimited || this.at < end) {
      if (this.at >= end) throw this.fault('TRUNCATED', 'ends within a sequence');
      if (++this.count > mostElements) throw this.fault('LIMIT', `has more than ${mostElements} elements`);
      const start = this.at;
      const tag = this.tag(syntax);
      const length = this.length(syntax);
      if (tag === sequenceEnd && delimited) return items;
      if (tag === sequenceEnd || tag === itemEnd) {
        notes.add('structure', `has a stray delimiter ${formatTag(tag)}`);
        continue;
      }
      if (tag !== itemTag) {
        if (!delimited) throw this.fault('MALFORMED', `has ${formatTag(tag)} where an item of a sequence should be`);
        this.at = start;
        notes.add('structure', 'has a sequence without its end');
        return items;
      }
      const open = length === undefinedLength;
      const limit = open ? end : this.end(tag, length, end);
      const item = this.elements(limit, open, depth + 1, syntax, keep);
      if (keep) items.push(item);
    }
    return items;
  }

  /**
   * Compressed pixels: items without nesting. Where their end is missing or replaced by something else, the items up
   * to that place are given: whether the picture is complete, its decoder knows.
   */
  private fragments(syntax: TransferSyntax): Uint8Array[] {
    const fragments: Uint8Array[] = [];
    for (;;) {
      const [tag, length] = this.at + 8 > this.bytes.length ? [] : [this.tag(syntax), this.length(syntax)];
      if (tag === sequenceEnd) return fragments;
      if (tag !== itemTag) {
        this.request.notes.add('structure', 'has compressed pixels without the end of their sequence');
        return fragments;
      }
      if (++this.count > mostElements) throw this.fault('LIMIT', `has more than ${mostElements} fragments`);
      const end = Math.min(this.at + length!, this.bytes.length);
      fragments.push(this.bytes.subarray(this.at, end));
      this.at = end;
    }
  }

  private tag(syntax: TransferSyntax): number {
    this.need(4);
    const group = this.view.getUint16(this.at, !syntax.bigEndian);
    const element = this.view.getUint16(this.at + 2, !syntax.bigEndian);
    this.at += 4;
    return group * 0x10000 + element;
  }

  private representation(tag: number): string {
    this.need(2);
    const letters = String.fromCharCode(this.bytes[this.at]!, this.bytes[this.at + 1]!);
    if (!/^[A-Z]{2}$/.test(letters)) {
      throw this.fault('MALFORMED', `has no valid value representation at ${formatTag(tag)}`);
    }
    this.at += 2;
    return letters;
  }

  private valueLength(representation: string, syntax: TransferSyntax): number {
    if (!syntax.explicit) return this.length(syntax);
    if (readsLongLength(representation)) {
      this.need(2);
      this.at += 2;
      return this.length(syntax);
    }
    this.need(2);
    this.at += 2;
    return this.view.getUint16(this.at - 2, !syntax.bigEndian);
  }

  private length(syntax: TransferSyntax): number {
    this.need(4);
    this.at += 4;
    return this.view.getUint32(this.at - 4, !syntax.bigEndian);
  }

  private end(tag: number, length: number, limit: number): number {
    const end = this.at + length;
    if (end <= limit) return end;
    if (limit < this.bytes.length) {
      throw this.fault('MALFORMED', `has an element ${formatTag(tag)} that is longer than the item around it`);
    }
    throw this.fault(
      'TRUNCATED',
      `ends within ${formatTag(tag)}: ${length} bytes are announced, ${limit - this.at} left`,
    );
  }

  private need(bytes: number): void {
    if (this.at + bytes > this.bytes.length) throw this.fault('TRUNCATED', 'ends within the head of an element');
  }

  private fault(fault: 'LIMIT' | 'MALFORMED' | 'TRUNCATED', found: string) {
    return dicomError(fault, this.request.name, found);
  }
}

/** The sequences that are looked into; files with implicit representations do not mark them. */
const sequenceTags = new Set([0x00283000, 0x00283010]);
