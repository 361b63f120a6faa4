import {
  type Affine,
  AlignmentTarget,
  correlationUnder,
  detail,
  halved,
  identity,
  invert,
  maskedCorrelation,
  thumbnailSide,
} from '@chromaray/imaging';
import { leastCorrelation, leastCorrelationMovedBack } from './limits.js';

/** How one picture lies on another. */
export interface Match {
  /** Of the pictures' detail where they overlap: 1 for the same picture. */
  readonly correlation: number;
  readonly map: Affine;
}

/** A picture ready to be compared with many. */
export interface ComparablePicture {
  /** `thumbnailSide * thumbnailSide` gray levels. */
  readonly thumbnail: Uint8Array;
  /** Their detail in steps of {@link detailStep}, a quarter of the memory of numbers that are finer than any difference here. */
  readonly detail: Int8Array;
}

/** Radius of the neighbourhood that detail is told against, in pixels of a thumbnail: about the width of a rib. */
const detailRadius = 3;
const detailStep = 1 / 40;
const broadSteps = 6;
const fineSteps = 10;
/** Detail of copies agrees at least so far once their shading lies on one another; that of other pairs rarely. */
const worthRefining = 0.3;
/** The same where landmarks or a crop have told the map: detail of copies then agrees so far at a glance. */
const worthASecondLook = 0.25;
/**
 * Detail of whole pictures agrees at least so far once laid on one another, if that of the overlap alone agrees as copies do:
 * of 670 copies of X-rays in all but 3.
 */
const worthMasking = 0.77;
export function comparable(thumbnail: Uint8Array): ComparablePicture {
  return { thumbnail, detail: detailSteps(thumbnail) };
}

/** A thumbnail's detail in steps of {@link detailStep}. */
export function detailSteps(thumbnail: Uint8Array): Int8Array {
  const steps = new Int8Array(thumbnail.length);
  detail(thumbnail, thumbnailSide, detailRadius).forEach((value, i) => {
    steps[i] = Math.max(-127, Math.min(127, Math.round(value / detailStep)));
  });
  return steps;
}

/** A picture that others are laid on: first by its shading, which leads far, then by its detail, which is sure. */
export class PictureComparer {
  private broad: AlignmentTarget | undefined;
  private fine: AlignmentTarget | undefined;

  constructor(private readonly picture: ComparablePicture) {}

  /** Lays another picture on this one, from where it lies. */
  compare(other: ComparablePicture): Match {
    this.broad ??= new AlignmentTarget(halved(this.picture.thumbnail, thumbnailSide), thumbnailSide / 2);
    const { map } = this.broad.align(halved(other.thumbnail, thumbnailSide), identity, broadSteps);
    if (correlationUnder(this.picture.detail, other.detail, map, thumbnailSide) < worthRefining - 0.1) {
      return { correlation: 0, map };
    }
    this.fine ??= targetOf(this.picture);
    return this.fine.align(movingDetail(other, 1), map, fineSteps, worthRefining, leastCorrelation);
  }

  /**
   * Lays another picture on this one by a map that landmarks have told, inverted where that agrees better. Where this one
   * shows more, it is laid on the other instead, so that the picture below is covered.
   *
   * Pictures that nearly agree are laid on one another the other way round as well, for a limit of its own. The corners of a turned
   * copy are told as filled, and left out with what is mixed into them, where the original is laid on it; where the copy is laid on the
   * original, they lie outside, and only the mixture is left.
   */
  compareFrom(other: ComparablePicture, start: Affine): Match & { readonly inverted: boolean } {
    const [a, b, , d, e] = start;
    const back = invert(start);
    const isOtherBelow = back !== undefined && Math.abs(a * e - b * d) > 1;
    const match = isOtherBelow ? this.layOnOther(other, back) : this.layOther(other, start);
    if (!match.nearlyAgree || match.correlation >= leastCorrelationMovedBack || back === undefined) return match;
    const wayBack = isOtherBelow ? this.layOther(other, start) : this.layOnOther(other, back);
    return wayBack.correlation >= leastCorrelationMovedBack ? wayBack : match;
  }

  private layOther(other: ComparablePicture, start: Affine) {
    return layOn(this.picture, other, start, () => {
      this.fine ??= targetOf(this.picture);
      return this.fine;
    });
  }

  private layOnOther(other: ComparablePicture, back: Affine) {
    const match = layOn(other, this.picture, back, () => targetOf(other));
    return { ...match, map: invert(match.map) ?? identity };
  }
}

function targetOf({ detail: steps }: ComparablePicture): AlignmentTarget {
  return new AlignmentTarget(new Float32Array(steps), thumbnailSide);
}

/** Used anew for each comparison. */
const moved = new Float32Array(thumbnailSide * thumbnailSide);

/** Detail is what differs from the neighbourhood: that of the inverted picture, of sign -1, is its negative. */
function movingDetail({ detail: steps }: ComparablePicture, sign: 1 | -1): Float32Array {
  for (let i = 0; i < moved.length; i++) moved[i] = sign * steps[i]!;
  return moved;
}

function layOn(fixed: ComparablePicture, moving: ComparablePicture, start: Affine, target: () => AlignmentTarget) {
  const glance = correlationUnder(fixed.detail, moving.detail, start, thumbnailSide);
  const inverted = glance < 0;
  if (Math.abs(glance) < worthASecondLook)
    return { correlation: Math.abs(glance), map: start, inverted, nearlyAgree: false };
  const aligned = target().align(movingDetail(moving, inverted ? -1 : 1), start, fineSteps, -1, worthMasking);
  if (aligned.correlation < worthMasking) return { ...aligned, inverted, nearlyAgree: false };
  const { map } = aligned;
  const correlation = maskedCorrelation(fixed.thumbnail, moving.thumbnail, map, thumbnailSide, detailRadius);
  return { correlation: inverted ? -correlation : correlation, map, inverted, nearlyAgree: true };
}

/** The mirror image of a square picture: left and right exchanged. */
export function mirror<T extends Uint8Array | Int8Array>(samples: T, side: number): T {
  const result = samples.slice() as T;
  for (let row = 0; row < samples.length; row += side) result.subarray(row, row + side).reverse();
  return result;
}
