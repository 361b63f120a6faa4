import { type Affine, bitsOfTwo, descriptionWords, differingBits, type Landmarks } from '@chromaray/imaging';
import { type Agreement, agreeingPlaces, type Placed, type Seed, supportsOther } from './agreeing-places.js';
import { type Consensus, consensusOf, type WeightedSeed } from './consensus.js';
import { type LandmarkTables, tableCount } from './landmark-tables.js';
import { mirroredLandmarks } from './mirrored-landmarks.js';
import { mostEntries, Stretches } from './stretches.js';

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

/** Bits in which two views of one landmark may differ; those of a copy whose contrast was evened out differ in 16 to 24. */
const nearBits = 24;
/** The same of a sketch. */
const nearInSketch = 8;
/** Hits of one query that are kept. */
const mostHits = 50_000;
/** Landmarks of two pictures that must agree in kind and place to be compared by pixels. */
const fewestAgreeing = 4;
const mostCandidates = 12;
/** Movements of one pair of pictures that are tried, unless so many landmarks agree with one. */
const mostMovements = 6;
/** Other pictures whose hits are looked at together: those whose hits tell most, one by one. */
const mostShortlisted = 128;
/** Other pictures whose movements are tried: those whose hits tell most together. */
const mostLookedAt = 64;
const enoughAgreeing = 16;

/**
 * Finds pictures that share landmarks in the same arrangement, whatever was cut off, added or turned. Descriptions are
 * looked up in tables sorted by some of their bits (locality-sensitive hashing by bit sampling, Indyk & Motwani 1998, with
 * keys as long as the landmark has neighbours: LSH forest, Bawa, Condie & Ganesan 2005); where two hits tell the same movement,
 * all landmarks of both pictures are compared under it.
 */
export class LandmarkSearch {
  /** Used anew for each query, or each landmark of it. */
  private readonly seen: Int32Array;
  private stamp = 0;
  private readonly stretches = new Stretches();
  private readonly alike = new Int32Array(tableCount * mostEntries + 1);
  private readonly hitOwn = new Int32Array(mostHits);
  private readonly hitOther = new Int32Array(mostHits);
  private readonly weightOf = new Float64Array(mostHits);
  private found = 0;
  /** Of each picture, hits and what they tell; 0 again after each query. */
  private readonly counts: Int32Array;
  private readonly votes: Float64Array;

  constructor(private readonly tables: LandmarkTables) {
    this.seen = new Int32Array(tables.owners.length);
    this.counts = new Int32Array(tables.starts.length - 1);
    this.votes = new Float64Array(tables.starts.length - 1);
  }

  /** Candidates before `picture`, the likeliest first. */
  of(picture: number): readonly LandmarkCandidate[] {
    const found: LandmarkCandidate[] = [];
    for (const mirrored of [false, true]) {
      const plain = this.landmarksOf(picture);
      const query = mirrored ? mirroredLandmarks(plain) : plain;
      const likeliest = this.consensuses(picture, query)
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

  private landmarksOf(picture: number): Landmarks {
    const { starts, descriptions, places } = this.tables;
    const [from, to] = [starts[picture]!, starts[picture + 1]!];
    return {
      count: to - from,
      descriptions: descriptions.subarray(from * descriptionWords, to * descriptionWords),
      places: places.subarray(4 * from, 4 * to),
    };
  }

  /** Earlier pictures with landmarks like the query's, those whose landmarks tell most, and what these say together. */
  private consensuses(picture: number, query: Landmarks): (Consensus & { readonly other: number })[] {
    const touched = this.lookUpAll(picture, query);
    const seeds = new Map(this.shortlist(touched).map((other) => [other, [] as WeightedSeed[]]));
    const { owners, starts } = this.tables;
    for (let hit = 0; hit < this.found; hit++) {
      const owner = owners[this.hitOther[hit]!]!;
      // Most pictures that were hit are not on the list.
      if (this.votes[owner]! >= 0) continue;
      const other = this.hitOther[hit]! - starts[owner]!;
      seeds.get(owner)!.push({ own: this.hitOwn[hit]!, other, weight: this.weightOf[hit]! });
    }
    for (const other of touched) this.votes[other] = this.counts[other] = 0;
    return [...seeds].map(([other, ofOne]) => ({ other, ...consensusOf(query, this.landmarksOf(other), ofOne) }));
  }

  /** Looks each landmark of the query up in all tables; returns the pictures that were hit. */
  private lookUpAll(picture: number, { count, descriptions: query }: Landmarks): readonly number[] {
    const { tables, descriptions, owners, starts } = this.tables;
    const { seen, stretches, alike, hitOwn, hitOther } = this;
    stretches.find(this.tables, query, count);
    const { from, to, sketches: asked } = stretches;
    const end = starts[picture]!;
    const touched: number[] = [];
    this.found = 0;
    for (let own = 0, k = 0; own < count; own++) {
      const at = own * descriptionWords;
      const stamp = this.nextStamp();
      const before = this.found;
      // Each step for all entries before the next, without branches: most waits for memory then overlap.
      let near = 0;
      for (let t = 0; t < tables.length; t++, k++) {
        const { sketches, entries } = tables[t]!;
        const sketch = asked[k]!;
        const last = to[k]!;
        for (let entry = from[k]!; entry < last; entry++) {
          const landmark = entries[entry]!;
          alike[near] = landmark;
          near += +(bitsOfTwo(sketches[entry]! ^ sketch, 0) <= nearInSketch) & +(landmark < end);
        }
      }
      let different = 0;
      for (let i = 0; i < near; i++) {
        const landmark = alike[i]!;
        alike[different] = landmark;
        different += +(seen[landmark] !== stamp);
        seen[landmark] = stamp;
      }
      different = Math.min(different, mostHits - this.found);
      for (let i = 0; i < different; i++) {
        const landmark = alike[i]!;
        hitOwn[this.found] = own;
        hitOther[this.found] = landmark;
        this.found += +(differingBits(descriptions, descriptionWords * landmark, query, at) <= nearBits);
      }
      const weight = 1 / Math.sqrt(this.found - before);
      for (let hit = before; hit < this.found; hit++) {
        const owner = owners[hitOther[hit]!]!;
        this.weightOf[hit] = weight;
        this.votes[owner]! += weight;
        if (this.counts[owner]!++ === 0) touched.push(owner);
      }
    }
    return touched;
  }

  private nextStamp(): number {
    if (this.stamp === 0x7fffffff) {
      this.seen.fill(0);
      this.stamp = 0;
    }
    this.stamp++;
    return this.stamp;
  }

  /** Of the pictures hit twice those with the most votes, whose votes are made negative as a mark. */
  private shortlist(touched: readonly number[]): readonly number[] {
    const { votes, counts } = this;
    const best: number[] = [];
    for (const other of touched) {
      if (counts[other]! < 2) continue;
      const worst = best[mostShortlisted - 1];
      if (worst !== undefined && !precedes(other, worst, votes)) continue;
      if (worst !== undefined) best.pop();
      let at = best.length;
      while (at > 0 && precedes(other, best[at - 1]!, votes)) at--;
      best.splice(at, 0, other);
    }
    for (const other of best) votes[other] = -votes[other]!;
    return best;
  }

  /** The best movement that pairs of seeds tell; undefined where none is supported by enough landmarks. */
  private agreement(query: Placed, other: number, seeds: readonly Seed[]): Agreement | undefined {
    const target = this.landmarksOf(other);
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

function precedes(a: number, b: number, votes: Float64Array): boolean {
  return votes[a]! > votes[b]! || (votes[a] === votes[b] && a < b);
}
