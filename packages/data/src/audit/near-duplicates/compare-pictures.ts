import {
  type Affine,
  AlignmentTarget,
  detail,
  halved,
  identity,
  invert,
  maskedCorrelation,
  thumbnailSide,
} from '@chromaray/imaging';

/** How one picture lies on another. */
export interface Match {
  /** Of the pictures' detail where they overlap: 1 for the same picture. */
  readonly correlation: number;
  readonly map: Affine;
}

/** Radius of the neighbourhood that detail is told against, in pixels of a thumbnail: about the width of a rib. */
const detailRadius = 3;
const broadSteps = 6;
const fineSteps = 10;
/** Detail of copies agrees at least so far once their shading lies on one another; that of other pairs rarely. */
const worthRefining = 0.3;
/** The same where landmarks have told the map: detail of copies then agrees so far at once, that of 5 in 6 other pairs does not. */
const worthRefiningByLandmarks = 0.5;

/** A picture that others are laid on: first by its shading, which leads far, then by its detail, which is sure. */
export class PictureComparer {
  private readonly broad: AlignmentTarget;
  private readonly fine: AlignmentTarget;

  constructor(private readonly thumbnail: Uint8Array) {
    this.broad = new AlignmentTarget(halved(thumbnail, thumbnailSide), thumbnailSide / 2);
    this.fine = new AlignmentTarget(detail(thumbnail, thumbnailSide, detailRadius), thumbnailSide);
  }

  /** Lays another picture on this one, from where it lies. */
  compare(other: Uint8Array): Match {
    const { map } = this.broad.align(halved(other, thumbnailSide), identity, broadSteps);
    return refine(this.fine, detail(other, thumbnailSide, detailRadius), map, worthRefining);
  }

  /**
   * Lays another picture on this one by a map that landmarks have told, inverted where that agrees better. Where this one
   * shows more, it is laid on the other instead, so that the picture below is covered.
   */
  compareFrom(other: Uint8Array, start: Affine): Match & { readonly inverted: boolean } {
    const [a, b, , d, e] = start;
    const inverse = Math.abs(a * e - b * d) > 1 ? invert(start) : undefined;
    if (inverse === undefined) return layOn(this.thumbnail, this.fine, other, start);
    const below = new AlignmentTarget(detail(other, thumbnailSide, detailRadius), thumbnailSide);
    const match = layOn(other, below, this.thumbnail, inverse);
    return { ...match, map: invert(match.map) ?? start };
  }
}

function layOn(fixed: Uint8Array, target: AlignmentTarget, moving: Uint8Array, start: Affine) {
  const movingDetail = detail(moving, thumbnailSide, detailRadius);
  const first = target.align(movingDetail, start, 0);
  const inverted = first.correlation < 0;
  if (Math.abs(first.correlation) < worthRefiningByLandmarks) return { ...first, inverted };
  // Detail is what differs from the neighbourhood: that of the inverted picture is its negative.
  const { map } = target.align(inverted ? movingDetail.map((value) => -value) : movingDetail, start, fineSteps);
  const correlation = maskedCorrelation(fixed, moving, map, thumbnailSide, detailRadius);
  return { correlation: inverted ? -correlation : correlation, map, inverted };
}

function refine(target: AlignmentTarget, moving: Float32Array, start: Affine, least: number): Match {
  const first = target.align(moving, start, 0);
  return first.correlation < least ? first : target.align(moving, start, fineSteps);
}

/** The mirror image of a square picture: left and right exchanged. */
export function mirror(samples: Uint8Array, side: number): Uint8Array {
  const result = new Uint8Array(samples.length);
  for (let row = 0; row < samples.length; row += side) {
    for (let column = 0; column < side; column++) result[row + column] = samples[row + side - 1 - column]!;
  }
  return result;
}
