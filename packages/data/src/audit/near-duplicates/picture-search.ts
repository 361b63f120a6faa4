import { type Affine, type Fingerprint, thumbnailSide } from '@chromaray/imaging';
import { CandidateSearch } from './candidates.js';
import { type ComparablePicture, detailSteps, mirror, PictureComparer } from './compare-pictures.js';
import { CropSearch, type MiddleTables, middleTables } from './crop-search.js';
import { LandmarkSearch } from './landmark-search.js';
import { type LandmarkTables, landmarkTables } from './landmark-tables.js';
import {
  leastCorrelation,
  leastCorrelationByLandmarks,
  leastCorrelationOfFramed,
  leastCorrelationOfSmall,
} from './limits.js';
import { sharedBytes, sharedSignedBytes } from './shared-arrays.js';
import { type SignatureTables, signatureTables } from './signature-tables.js';
import type { Union } from './union.js';

/** Two pictures, by their position, that show the same exposure. */
export interface NearDuplicate {
  readonly first: number;
  readonly second: number;
  readonly mirrored: boolean;
  /** Bright and dark are exchanged. */
  readonly inverted: boolean;
  /** Bits in which the perceptual hashes differ, 0 to 252; null where landmarks led to the pair. */
  readonly distance: number | null;
  /** Of the detail of the pictures once laid on one another, up to 1. */
  readonly correlation: number;
  /** Where in the first picture (mirrored if `mirrored`) a point of the second lies. */
  readonly map: Affine;
}

/** What of a fingerprint the search looks at. */
export type ComparedPicture = Pick<Fingerprint, 'thumbnail' | 'content' | 'landmarks'>;

/** All that a search knows of a set of pictures, in memory that threads share. */
export interface SearchTables {
  readonly count: number;
  /** Of each picture, freed of colour maps and borders; see {@link ComparablePicture}. */
  readonly thumbnails: Uint8Array;
  readonly details: Int8Array;
  /** 1 for pictures that are small, or whose borders were cut off. */
  readonly small: Uint8Array;
  readonly framed: Uint8Array;
  readonly signatures: SignatureTables;
  readonly middles: readonly MiddleTables[];
  readonly landmarks: LandmarkTables;
}

const samples = thumbnailSide * thumbnailSide;

/** What of the tables is measured on thumbnails. */
export type ThumbnailTables = Omit<SearchTables, 'landmarks'>;

/** Measures all pictures; yields 0 often, so that a caller can let other work run in between. */
export function* searchTables(
  pictures: readonly ComparedPicture[],
  isSmall: (position: number) => boolean,
): Generator<number, SearchTables, void> {
  const tables = yield* thumbnailTables(pictures, isSmall);
  return { ...tables, landmarks: yield* landmarkTables(pictures.map(({ landmarks }) => landmarks)) };
}

/** The same without landmarks. */
export function* thumbnailTables(
  pictures: readonly Omit<ComparedPicture, 'landmarks'>[],
  isSmall: (position: number) => boolean,
): Generator<number, ThumbnailTables, void> {
  const count = pictures.length;
  const [thumbnails, details] = [sharedBytes(count * samples), sharedSignedBytes(count * samples)];
  const [small, framed] = [sharedBytes(count), sharedBytes(count)];
  for (const [i, { thumbnail, content }] of pictures.entries()) {
    thumbnails.set(content?.thumbnail ?? thumbnail, i * samples);
    details.set(detailSteps(content?.thumbnail ?? thumbnail), i * samples);
    small[i] = isSmall(i) ? 1 : 0;
    framed[i] = content?.framed === true ? 1 : 0;
    yield 0;
  }
  const views = pictures.map((_, i) => thumbnails.subarray(i * samples, (i + 1) * samples));
  const { tables: signatures, measures } = yield* signatureTables(views);
  const middles = yield* middleTables(views, thumbnailSide, measures);
  return { count, thumbnails, details, small, framed, signatures, middles };
}

/** Looks for copies of one picture at a time among those before it. */
export class PictureSearch {
  private readonly hashes: CandidateSearch;
  private readonly crops: CropSearch;
  private readonly landmarks: LandmarkSearch;

  constructor(private readonly tables: SearchTables) {
    this.hashes = new CandidateSearch(tables.signatures);
    this.crops = new CropSearch(tables.signatures, tables.middles);
    this.landmarks = new LandmarkSearch(tables.landmarks);
  }

  /**
   * Pairs of `second` and earlier pictures, in the order in which they were compared.
   *
   * @param known pictures that are together already are not compared; what is found is joined
   */
  pairsOf(second: number, known: Union): readonly NearDuplicate[] {
    const { small } = this.tables;
    const pairs: NearDuplicate[] = [];
    let comparer: PictureComparer | undefined;
    const keep = (first: number, least: number, found: Omit<NearDuplicate, 'first' | 'second'>): void => {
      if (found.correlation < this.stricterIfFramed(first, second, least)) return;
      known.join(second, first);
      pairs.push({ first, second, ...found });
    };
    for (const { other, mirrored, distance } of this.hashes.of(second)) {
      if (known.together(second, other)) continue;
      comparer ??= new PictureComparer(this.picture(second));
      const match = comparer.compare(mirrored ? mirrorImage(this.picture(other)) : this.picture(other));
      const least = small[second] || small[other] ? leastCorrelationOfSmall : leastCorrelation;
      keep(other, least, { ...match, mirrored, inverted: false, distance });
    }
    const started: readonly { readonly other: number; readonly map: Affine }[] = [
      ...this.crops.of(second).map(({ other, scale }) => ({ other, map: [scale, 0, 0, 0, scale, 0] as const })),
      ...this.landmarks.of(second),
    ];
    for (const { other, map: start } of started) {
      // Small pictures have too little detail for a limit measured on larger ones.
      if (known.together(second, other) || small[second] || small[other]) continue;
      comparer ??= new PictureComparer(this.picture(second));
      const { correlation, map, inverted } = comparer.compareFrom(this.picture(other), start);
      const [a, b, c, d, e, f] = map;
      const mirrored = a * e - b * d < 0;
      const unmirrored: Affine = mirrored ? [-a, -b, -c, d, e, f] : map;
      keep(other, leastCorrelationByLandmarks, { correlation, map: unmirrored, mirrored, inverted, distance: null });
    }
    return pairs;
  }

  private picture(position: number): ComparablePicture {
    const { thumbnails, details } = this.tables;
    const [from, to] = [position * samples, (position + 1) * samples];
    return { thumbnail: thumbnails.subarray(from, to), detail: details.subarray(from, to) };
  }

  private stricterIfFramed(a: number, b: number, least: number): number {
    const { framed } = this.tables;
    return framed[a] || framed[b] ? Math.max(least, leastCorrelationOfFramed) : least;
  }
}

function mirrorImage({ thumbnail, detail }: ComparablePicture): ComparablePicture {
  return { thumbnail: mirror(thumbnail, thumbnailSide), detail: mirror(detail, thumbnailSide) };
}
