import { descriptionWords, mostLandmarks } from '@chromaray/imaging';
import { bitsOf, type LandmarkTables, sortedBits, tableCount } from './landmark-tables.js';

/** Fewer entries than this under one key: those of the neighbouring keys, which share all but the last bits, are looked at too. */
const fewestEntries = 8;
/** Last bits of a key that may be left out so. */
const mostLeftOut = 4;
/**
 * Most entries looked at in one table: of more, those whose sketch begins like the landmark's. Ribs look alike by the
 * thousand; what is looked at stays the same however many there are.
 */
export const mostEntries = 16;
/** Of these before the place where the landmark's own sketch would be: those equal to it come after. */
const mostEntriesBefore = 5;

/**
 * Where in each table the entries most like each landmark of a picture lie: as long a part of key and sketch in common as
 * leaves neither few nor many. Each step is taken for all landmarks before the next, because the tables are larger than
 * the processor's caches: it then waits for many places of memory at once instead of for one after the other.
 */
export class Stretches {
  /** Of landmark `i` in table `t`, at `i * tableCount + t`: entries from `from` to before `to`, and the landmark's sketch there. */
  readonly from = new Int32Array(mostLandmarks * tableCount);
  readonly to = new Int32Array(mostLandmarks * tableCount);
  readonly sketches = new Int32Array(mostLandmarks * tableCount);
  private readonly keys = new Int32Array(mostLandmarks * tableCount);

  /** Fills {@link from}, {@link to} and {@link sketches} for `count` landmarks. */
  find({ tables, keyBits }: LandmarkTables, descriptions: Int32Array, count: number): void {
    const { from, to, keys, sketches } = this;
    for (const [t, { bits }] of tables.entries()) {
      for (let i = 0, k = t; i < count; i++, k += tableCount) {
        keys[k] = bitsOf(descriptions, i * descriptionWords, bits, 0, keyBits);
        sketches[k] = bitsOf(descriptions, i * descriptionWords, bits, keyBits, keyBits + 32);
      }
    }
    for (const [t, { first }] of tables.entries()) {
      for (let i = 0, k = t; i < count; i++, k += tableCount) {
        from[k] = first[keys[k]!]!;
        to[k] = first[keys[k]! + 1]!;
      }
    }
    for (const [t, table] of tables.entries()) {
      for (let i = 0, k = t; i < count; i++, k += tableCount) {
        if (to[k]! - from[k]! < fewestEntries) this.widen(k, table.first, keyBits);
        if (to[k]! - from[k]! > mostEntries) this.narrow(k, table.sketches);
      }
    }
  }

  private widen(k: number, first: Int32Array, keyBits: number): void {
    const { from, to } = this;
    const key = this.keys[k]!;
    for (let left = 1; to[k]! - from[k]! < fewestEntries && left <= Math.min(mostLeftOut, keyBits); left++) {
      const prefix = key >>> left;
      from[k] = first[prefix << left]!;
      to[k] = first[(prefix + 1) << left]!;
    }
  }

  /** Sorted by the sketch, the entries that begin most like it lie next to where it would be. */
  private narrow(k: number, sketches: Int32Array): void {
    const [start, end] = [this.from[k]!, this.to[k]!];
    const tail = this.sketches[k]! >>> (32 - sortedBits);
    let low = start;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sketches[middle]! >>> (32 - sortedBits) >= tail) high = middle;
      else low = middle + 1;
    }
    this.from[k] = Math.max(start, Math.min(low - mostEntriesBefore, end - mostEntries));
    this.to[k] = Math.min(end, this.from[k]! + mostEntries);
  }
}
