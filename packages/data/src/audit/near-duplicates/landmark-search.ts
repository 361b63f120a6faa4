import { Random } from '@chromaray/base';
import {
  type Affine,
  bitsOfTwo,
  descriptionWords,
  differingBits,
  type Landmarks,
  mirroredBit,
} from '@chromaray/imaging';
import { type Agreement, agreeingPlaces, type Placed, type Seed, supportsOther } from './agreeing-places.js';

/** A pair of pictures whose landmarks lie alike. */
export interface LandmarkCandidate {
  /** Position of the other picture, before this one. */
  readonly other: number;
  /** Where in the other picture a point of this one lies; it turns over where one of them is mirrored. */
  readonly map: Affine;
  /** Landmarks that agree. */
  readonly agreeing: number;
  /** Of all of them: bits that agree beyond the fewest asked for. */
  readonly likeness: number;
}

const descriptionBits = 32 * descriptionWords;
/** Each table looks landmarks up by so many bits, drawn at random: landmarks that are alike agree in all of them in one table or another. */
const tables = 18;
/** Two more than number the landmarks, within these: keys of which one in four is used keep tables of small sets small. */
const [fewestKeyBits, mostKeyBits] = [10, 20];
/** Bits in which two views of one landmark may differ; 1 in 1,000 pairs of different landmarks differ in no more. */
const nearBits = 20;
/** The same in one word of four, some bits of which are in the key. */
const nearInSketch = 7;
/**
 * Entries looked at under one key, the earliest first. At 48 a quarter of the landmarks of 5,856 chest X-rays was never looked
 * at, and an altered copy that shares 11 landmarks with its original showed 2; unlimited, the time would grow with the square of
 * the pictures.
 */
const mostEntries = 200;
/** Hits of one query that are kept. */
const mostHits = 100_000;
/** Landmarks of two pictures that must agree in kind and place to be compared by pixels. */
const fewestAgreeing = 4;
const mostCandidates = 8;
/** Movements of one pair of pictures that are tried, unless so many landmarks agree with one. */
const mostMovements = 6;
/** Other pictures whose movements are tried: those whose hits tell most. */
const mostLookedAt = 32;
const enoughAgreeing = 16;

/** A landmark that looks like many others, as ribs do, tells less than one that looks like few. */
interface WeightedSeed extends Seed {
  readonly weight: number;
}

/**
 * Finds pictures that share landmarks in the same arrangement, whatever was cut off, added or turned. Descriptions are
 * looked up in tables by some of their bits (locality-sensitive hashing by bit sampling, Indyk & Motwani 1998); where two hits tell the
 * same movement, all landmarks of both pictures are compared under it.
 */
export class LandmarkSearch {
  private readonly starts: Int32Array;
  private readonly descriptions: Int32Array;
  private readonly tables: readonly Table[];
  private readonly owners: Int32Array;
  /** Used anew for each query: hits of each picture, and the landmarks that hit one another. */
  private readonly counts: Int32Array;
  private readonly hits = new Int32Array(2 * mostHits);

  constructor(private readonly pictures: readonly Landmarks[]) {
    this.starts = new Int32Array(pictures.length + 1);
    for (const [i, { count }] of pictures.entries()) this.starts[i + 1] = this.starts[i]! + count;
    const total = this.starts[pictures.length]!;
    this.descriptions = new Int32Array(total * descriptionWords);
    this.owners = new Int32Array(total);
    this.counts = new Int32Array(pictures.length);
    for (const [i, { descriptions }] of pictures.entries()) {
      this.descriptions.set(descriptions, this.starts[i]! * descriptionWords);
      this.owners.fill(i, this.starts[i], this.starts[i + 1]);
    }
    const random = new Random('bits of landmark tables');
    const enough = Math.ceil(Math.log2(total + 1)) + 2;
    const keyBits = Math.min(mostKeyBits, Math.max(fewestKeyBits, enough));
    this.tables = Array.from(
      { length: tables },
      (_, t) =>
        new Table(random.permutation(descriptionBits).subarray(0, keyBits), this.descriptions, t % descriptionWords),
    );
  }

  /** Candidates before `picture`, the likeliest first. */
  of(picture: number): readonly LandmarkCandidate[] {
    const found: LandmarkCandidate[] = [];
    for (const mirrored of [false, true]) {
      const query = mirrored ? mirrorImage(this.pictures[picture]!) : this.pictures[picture]!;
      const likeliest = [...this.seeds(picture, query.descriptions)]
        .map(([other, seeds]) => ({ other, seeds, weight: seeds.reduce((sum, { weight }) => sum + weight, 0) }))
        .sort((a, b) => b.weight - a.weight || a.other - b.other)
        .slice(0, mostLookedAt);
      for (const { other, seeds } of likeliest) {
        const agreement = this.agreement(query, other, seeds);
        if (agreement === undefined) continue;
        const [a, b, x, d, e, y] = agreement.map;
        // What was found starts from the mirrored picture, whose x points the other way.
        const map: Affine = mirrored ? [-a, b, x, -d, e, y] : agreement.map;
        found.push({ other, map, agreeing: agreement.count, likeness: agreement.likeness });
      }
    }
    return found.sort((a, b) => b.likeness - a.likeness || a.other - b.other).slice(0, mostCandidates);
  }

  /** Earlier pictures of which at least two landmarks are like some of the query's, and which. */
  private seeds(picture: number, query: Int32Array): ReadonlyMap<number, WeightedSeed[]> {
    const end = this.starts[picture]!;
    const { owners, starts, hits } = this;
    this.counts.fill(0);
    let found = 0;
    for (const table of this.tables) {
      for (let at = 0, own = 0; at < query.length; at += descriptionWords, own++) {
        const { sketches, entries, first } = table;
        const sketch = query[at + table.sketched]!;
        const key = table.keyOf(query, at);
        const to = Math.min(first[key + 1]!, first[key]! + mostEntries);
        for (let entry = first[key]!; entry < to; entry++) {
          if (bitsOfTwo(sketches[entry]! ^ sketch, 0) > nearInSketch) continue;
          const landmark = entries[entry]!;
          if (landmark >= end) break;
          if (differingBits(this.descriptions, descriptionWords * landmark, query, at) > nearBits) continue;
          if (found === mostHits) break;
          hits[2 * found] = own;
          hits[2 * found + 1] = landmark;
          this.counts[owners[landmark]!]! += 1;
          found++;
        }
      }
    }
    const hitsOf = new Int32Array(query.length / descriptionWords);
    for (let k = 0; k < found; k++) hitsOf[hits[2 * k]!]! += 1;
    const seeds = new Map<number, WeightedSeed[]>();
    for (let k = 0; k < found; k++) {
      const owner = owners[hits[2 * k + 1]!]!;
      if (this.counts[owner]! < 2) continue;
      const own = hits[2 * k]!;
      const seed = { own, other: hits[2 * k + 1]! - starts[owner]!, weight: 1 / Math.sqrt(hitsOf[own]!) };
      const others = seeds.get(owner);
      if (others === undefined) seeds.set(owner, [seed]);
      else if (!others.some((known) => known.own === own && known.other === seed.other)) others.push(seed);
    }
    for (const ofOne of seeds.values()) ofOne.sort((a, b) => b.weight - a.weight);
    return seeds;
  }

  /** The best movement that pairs of seeds tell; undefined where none is supported by enough landmarks. */
  private agreement(query: Placed, other: number, seeds: readonly Seed[]): Agreement | undefined {
    const target = this.pictures[other]!;
    let best: Agreement | undefined;
    let tried = 0;
    for (let i = 0; i < seeds.length; i++) {
      for (let j = i + 1; j < seeds.length; j++) {
        if (!supportsOther(query, target, seeds[i]!, seeds[j]!)) continue;
        const found = agreeingPlaces(query, target, seeds[i]!, seeds[j]!);
        if (found !== undefined && found.count > (best?.count ?? fewestAgreeing - 1)) best = found;
        if (++tried === mostMovements || (best?.count ?? 0) >= enoughAgreeing) return best;
      }
    }
    return best;
  }
}

/** Landmarks by some of their bits, in order of the pictures under each key. */
class Table {
  /** Of the entries of key `k`: from `first[k]` to before `first[k + 1]`. */
  readonly first: Int32Array;
  readonly entries: Int32Array;
  /** One word of the descriptions, in order of the entries, so that those under one key lie together in memory. */
  readonly sketches: Int32Array;
  private readonly words: Int32Array;
  private readonly shifts: Int32Array;

  constructor(
    bits: Int32Array,
    descriptions: Int32Array,
    /** Which word. */
    readonly sketched: number,
  ) {
    this.words = bits.map((bit) => bit >>> 5);
    this.shifts = bits.map((bit) => bit & 31);
    const count = descriptions.length / descriptionWords;
    const keys = new Int32Array(count);
    this.first = new Int32Array(2 ** bits.length + 2);
    for (let i = 0; i < count; i++) {
      keys[i] = this.keyOf(descriptions, i * descriptionWords);
      this.first[keys[i]! + 2]! += 1;
    }
    for (let key = 2; key < this.first.length; key++) this.first[key]! += this.first[key - 1]!;
    this.entries = new Int32Array(count);
    this.sketches = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const to = this.first[keys[i]! + 1]!++;
      this.entries[to] = i;
      this.sketches[to] = descriptions[descriptionWords * i + this.sketched]!;
    }
  }

  keyOf(descriptions: Int32Array, at: number): number {
    let key = 0;
    for (let bit = 0; bit < this.words.length; bit++) {
      key = (key << 1) | ((descriptions[at + this.words[bit]!]! >>> this.shifts[bit]!) & 1);
    }
    return key;
  }
}

/** A picture's landmarks as they would be if left and right were exchanged. */
function mirrorImage({ count, places, descriptions }: Landmarks): Landmarks {
  const moved = places.slice();
  for (let i = 0; i < count; i++) {
    moved[4 * i] = -places[4 * i]!;
    moved[4 * i + 3] = Math.PI - places[4 * i + 3]!;
  }
  const result = new Int32Array(descriptions.length);
  for (let at = 0; at < descriptions.length; at += descriptionWords) {
    for (let byte = 0; byte < 4 * descriptionWords; byte++) {
      const value = (descriptions[at + (byte >> 2)]! >>> (8 * (byte & 3))) & 255;
      const words = mirroredBytes[byte]![value]!;
      for (let w = 0; w < descriptionWords; w++) result[at + w]! |= words[w]!;
    }
  }
  return { count, places: moved, descriptions: result };
}

/** What the bits of each byte of a description become in the mirror. */
const mirroredBytes = Array.from({ length: descriptionBits / 8 }, (_, byte) =>
  Array.from({ length: 256 }, (_, value) => {
    const words = new Int32Array(descriptionWords);
    for (let bit = 0; bit < 8; bit++) {
      const to = mirroredBit(8 * byte + bit);
      if ((value >> bit) & 1) words[to >>> 5]! |= 1 << (to & 31);
    }
    return words;
  }),
);
