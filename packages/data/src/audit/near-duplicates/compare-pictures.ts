import { type Affine, AlignmentTarget, detail, halved, identity, thumbnailSide } from '@chromaray/imaging';

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

/** A picture that others are laid on: first by its shading, which leads far, then by its detail, which is sure. */
export class PictureComparer {
  private readonly broad: AlignmentTarget;
  private readonly fine: AlignmentTarget;

  constructor(thumbnail: Uint8Array) {
    this.broad = new AlignmentTarget(halved(thumbnail, thumbnailSide), thumbnailSide / 2);
    this.fine = new AlignmentTarget(detail(thumbnail, thumbnailSide, detailRadius), thumbnailSide);
  }

  /** Lays another picture on this one. */
  compare(other: Uint8Array): Match {
    const { map } = this.broad.align(halved(other, thumbnailSide), identity, broadSteps);
    const fine = detail(other, thumbnailSide, detailRadius);
    const first = this.fine.align(fine, map, 0);
    return first.correlation < worthRefining ? first : this.fine.align(fine, map, fineSteps);
  }
}

/** The mirror image of a square picture: left and right exchanged. */
export function mirror(samples: Uint8Array, side: number): Uint8Array {
  const result = new Uint8Array(samples.length);
  for (let row = 0; row < samples.length; row += side) {
    for (let column = 0; column < side; column++) result[row + column] = samples[row + side - 1 - column]!;
  }
  return result;
}
