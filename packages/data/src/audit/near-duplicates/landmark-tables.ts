import { Random } from '@chromaray/base';
import { descriptionBits, descriptionWords, type Landmarks, unpackLandmarks } from '@chromaray/imaging';
import { sharedIntegers, sharedNumbers } from './shared-arrays.js';

/** Landmarks of all pictures, and tables by which they are looked up. */
export interface LandmarkTables {
  /** Of the landmarks of picture `i`: from `starts[i]` to before `starts[i + 1]`. */
  readonly starts: Int32Array;
  /** See {@link Landmarks}; those of one picture from left to right. */
  readonly descriptions: Int32Array;
  readonly places: Float32Array;
  /** The picture of each landmark. */
  readonly owners: Int32Array;
  readonly keyBits: number;
  readonly tables: readonly LandmarkTable[];
}

/** Landmarks sorted by some of their bits: first by a key, then by the bits of a sketch, then in order of the pictures. */
export interface LandmarkTable {
  /** Which bits of a description make the key, and then which make the sketch, the first of them the highest. */
  readonly bits: Int32Array;
  /** Of the entries of key `k`: from `first[k]` to before `first[k + 1]`. */
  readonly first: Int32Array;
  readonly entries: Int32Array;
  /** In order of the entries, so that those under one key lie together in memory. */
  readonly sketches: Int32Array;
}

/** Each sorts by bits drawn at random: landmarks that are alike lie together in one table or another. */
export const tableCount = 16;
/** As many as number the landmarks, within these. */
const [fewestKeyBits, mostKeyBits] = [10, 20];
/** Bits of a sketch by which entries of one key are sorted. */
export const sortedBits = 16;

/** Sorts the landmarks; yields so that a caller can let other work run in between. */
export function* landmarkTables(packed: readonly Uint8Array[]): Generator<number, LandmarkTables, void> {
  const starts = sharedIntegers(packed.length + 1);
  for (const [i, bytes] of packed.entries()) starts[i + 1] = starts[i]! + unpackLandmarks(bytes).count;
  const total = starts[packed.length]!;
  const owners = sharedIntegers(total);
  const descriptions = sharedIntegers(total * descriptionWords);
  const places = sharedNumbers(total * 4);
  for (const [i, bytes] of packed.entries()) {
    const landmarks = unpackLandmarks(bytes);
    owners.fill(i, starts[i], starts[i + 1]);
    for (const [k, from] of leftToRight(landmarks).entries()) {
      const to = starts[i]! + k;
      descriptions.set(
        landmarks.descriptions.subarray(from * descriptionWords, (from + 1) * descriptionWords),
        to * descriptionWords,
      );
      places.set(landmarks.places.subarray(4 * from, 4 * from + 4), 4 * to);
    }
    yield 0;
  }
  const random = new Random('bits of landmark tables');
  const keyBits = Math.min(mostKeyBits, Math.max(fewestKeyBits, Math.ceil(Math.log2(total + 1))));
  const tables: LandmarkTable[] = [];
  for (let t = 0; t < tableCount; t++) {
    const bits = Int32Array.from(random.permutation(descriptionBits).subarray(0, keyBits + 32));
    tables.push(sortedTable(bits, keyBits, descriptions));
    yield 0;
  }
  return { starts, descriptions, places, owners, keyBits, tables };
}

/** In this order those near a place are found without looking at all. */
function leftToRight({ count, places }: Landmarks): readonly number[] {
  return Array.from({ length: count }, (_, k) => k).sort((a, b) => places[4 * a]! - places[4 * b]! || a - b);
}

/** By counting: first by the upper bits of the sketch, then by the key, each time keeping the order within equals. */
function sortedTable(bits: Int32Array, keyBits: number, descriptions: Int32Array): LandmarkTable {
  const count = descriptions.length / descriptionWords;
  const [keys, drawn] = [new Int32Array(count), new Int32Array(count)];
  const tails = new Int32Array(2 ** sortedBits + 1);
  const first = sharedIntegers(2 ** keyBits + 2);
  for (let i = 0; i < count; i++) {
    keys[i] = bitsOf(descriptions, i * descriptionWords, bits, 0, keyBits);
    drawn[i] = bitsOf(descriptions, i * descriptionWords, bits, keyBits, keyBits + 32);
    tails[(drawn[i]! >>> (32 - sortedBits)) + 1]! += 1;
    first[keys[i]! + 2]! += 1;
  }
  for (let tail = 1; tail < tails.length; tail++) tails[tail]! += tails[tail - 1]!;
  const byTail = new Int32Array(count);
  for (let i = 0; i < count; i++) byTail[tails[drawn[i]! >>> (32 - sortedBits)]!++] = i;
  for (let key = 2; key < first.length; key++) first[key]! += first[key - 1]!;
  const [entries, sketches] = [sharedIntegers(count), sharedIntegers(count)];
  for (const i of byTail) {
    const to = first[keys[i]! + 1]!++;
    entries[to] = i;
    sketches[to] = drawn[i]!;
  }
  return { bits, first, entries, sketches };
}

/** Some bits of a description as a number, the first of them the highest. */
export function bitsOf(descriptions: Int32Array, at: number, bits: Int32Array, from: number, to: number): number {
  let result = 0;
  for (let k = from; k < to; k++) {
    const bit = bits[k]!;
    result = (result << 1) | ((descriptions[at + (bit >>> 5)]! >>> (bit & 31)) & 1);
  }
  return result;
}
