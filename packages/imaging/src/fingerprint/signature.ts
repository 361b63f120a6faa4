import { coefficientCount, lowFrequencies, mirrored } from './cosines.js';

/**
 * A picture's broad shading as numbers in which a small movement can be undone without moving pixels:
 * its lowest frequencies, and how each of them changes when the picture is shifted, stretched, turned or
 * sheared a little (the tangents of Simard, LeCun & Denker 1993).
 */
export interface Signature {
  /** `lowFrequencies`, scaled to length 1 so that contrast does not matter; zeros for a picture without any. */
  readonly coefficients: Float64Array;
  /** The same of the mirror image. */
  readonly mirrored: Float64Array;
  /** Changes of the coefficients, one movement after the other. */
  readonly tangents: readonly Float64Array[];
}

/**
 * @param thumbnail `side * side` gray levels; `side` even
 */
export function signature(thumbnail: ArrayLike<number>, side: number): Signature {
  const small = halved(thumbnail, side);
  const plain = lowFrequencies(small, side / 2);
  const scale = scaleToOne(plain, side);
  const scaled = (values: Float64Array): Float64Array => values.map((value) => value * scale);
  const coefficients = scaled(plain);
  const tangents = movements(small, side / 2).map((moved) => scaled(lowFrequencies(moved, side / 2)));
  return { coefficients, mirrored: mirrored(coefficients), tangents };
}

/** {@link Signature.coefficients} alone, without what movements do to them. */
export function shading(thumbnail: ArrayLike<number>, side: number): Float64Array {
  const plain = lowFrequencies(halved(thumbnail, side), side / 2);
  const scale = scaleToOne(plain, side);
  return plain.map((value) => value * scale);
}

function scaleToOne(coefficients: Float64Array, side: number): number {
  const length = Math.hypot(...coefficients);
  // Below a hundredth of a gray level a pixel there is only rounding.
  return length < 0.01 * side ? 0 : 1 / length;
}

/** Means of two by two samples. */
export function halved(samples: ArrayLike<number>, side: number): Float32Array {
  const small = side / 2;
  const result = new Float32Array(small * small);
  for (let y = 0; y < small; y++) {
    for (let x = 0; x < small; x++) {
      const at = 2 * y * side + 2 * x;
      result[y * small + x] = (samples[at]! + samples[at + 1]! + samples[at + side]! + samples[at + side + 1]!) / 4;
    }
  }
  return result;
}

/** Parameters of an affine movement. */
export const movementCount = 6;

/** Derivatives of a picture by the six parameters of an affine movement. */
function movements(samples: Float32Array, side: number): readonly Float32Array[] {
  const moved = Array.from({ length: movementCount }, () => new Float32Array(samples.length));
  for (let row = 0, to = 0; row < side; row++) {
    const y = (2 * row + 1) / side - 1;
    for (let column = 0; column < side; column++, to++) {
      const x = (2 * column + 1) / side - 1;
      const gx = slope(samples, row * side, column, 1, side);
      const gy = slope(samples, column, row, side, side);
      [gx, gy, gx * x, gy * y, gx * y, gy * x].forEach((value, i) => {
        moved[i]![to] = value;
      });
    }
  }
  return moved;
}

/** The derivative along a line of samples, by the formula of fourth order where there are two neighbours on each side. */
function slope(samples: Float32Array, start: number, at: number, stride: number, length: number): number {
  const value = (position: number): number => samples[start + position * stride]!;
  if (at >= 2 && at < length - 2) {
    return (8 * (value(at + 1) - value(at - 1)) - (value(at + 2) - value(at - 2))) / 12;
  }
  const [before, after] = [Math.max(0, at - 1), Math.min(length - 1, at + 1)];
  return (value(after) - value(before)) / (after - before);
}

/**
 * Compares signatures by what is left of their difference when a small movement has explained what it can.
 * Every coefficient is measured in standard deviations among the pictures at hand, because those that hardly
 * differ from chest to chest tell most when they do.
 */
export class SignatureComparer {
  private readonly mean = new Float64Array(coefficientCount);
  private readonly scale = new Float64Array(coefficientCount);

  /** @param pictures {@link shading} of all pictures that will be compared, at least one */
  constructor(pictures: readonly Float64Array[]) {
    const squares = new Float64Array(coefficientCount);
    for (const coefficients of pictures) {
      for (let c = 0; c < coefficientCount; c++) {
        this.mean[c]! += coefficients[c]! / pictures.length;
        squares[c]! += coefficients[c]! ** 2 / pictures.length;
      }
    }
    for (let c = 0; c < coefficientCount; c++) {
      this.scale[c] = 1 / Math.max(leastDeviation, Math.sqrt(Math.max(0, squares[c]! - this.mean[c]! ** 2)));
    }
  }

  /** A signature's coefficients in standard deviations from the mean. */
  standardise(coefficients: Float64Array): Float64Array {
    return coefficients.map((value, c) => (value - this.mean[c]!) * this.scale[c]!);
  }

  /**
   * An orthonormal basis of all that small movements can do to a picture's standardised coefficients: {@link movementCount}
   * vectors, of which the last are zeros where some movements can stand in for others.
   */
  movements({ tangents }: Signature): Float64Array {
    const basis = new Float64Array(movementCount * coefficientCount);
    let kept = 0;
    for (const tangent of tangents) {
      const vector = tangent.map((value, c) => value * this.scale[c]!);
      const before = norm(vector);
      for (let k = 0; k < kept; k++) {
        const part = dot(basis, k * coefficientCount, vector);
        for (let c = 0; c < coefficientCount; c++) vector[c]! -= part * basis[k * coefficientCount + c]!;
      }
      const length = norm(vector);
      // A movement that others can stand in for adds nothing but rounding.
      if (!(length > 1e-6 * before)) continue;
      for (let c = 0; c < coefficientCount; c++) basis[kept * coefficientCount + c] = vector[c]! / length;
      kept++;
    }
    return basis;
  }

  /**
   * What a small movement leaves of the difference of two pictures: 0 for the same picture, about 1 for
   * different ones.
   *
   * @param a standardised coefficients, one picture's after another's
   * @param i which picture of them
   * @param movements of the same pictures, see {@link movements}
   * @param b standardised coefficients of the other picture, `k`th of them
   */
  static residual(a: Coefficients, i: number, movements: Coefficients, b: Coefficients, k: number): number {
    const [fromA, fromB] = [i * coefficientCount, k * coefficientCount];
    let left = 0;
    let ofA = 0;
    let ofB = 0;
    for (let c = 0; c < coefficientCount; c++) {
      const va = a[fromA + c]!;
      const vb = b[fromB + c]!;
      const delta = vb - va;
      difference[c] = delta;
      left += delta * delta;
      ofA += va * va;
      ofB += vb * vb;
    }
    const scale = 2 * Math.sqrt(ofA * ofB);
    if (scale === 0) return left === 0 ? 0 : 1;
    if (left > beyondMovement * scale) return left / scale;
    for (let movement = 0; movement < movementCount; movement++) {
      left -= dot(movements, (i * movementCount + movement) * coefficientCount, difference) ** 2;
    }
    return Math.max(0, left) / scale;
  }
}

type Coefficients = Float32Array | Float64Array;

/** Used anew for each comparison. */
const difference = new Float64Array(coefficientCount);

/** No movement that a small one stands for leaves two prints of one picture further apart than this. */
const beyondMovement = 0.7;
/** Among scaled coefficients; below this a data set holds copies of one picture and little else. */
const leastDeviation = 0.01;

function dot(basis: Coefficients, from: number, vector: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < coefficientCount; c++) sum += basis[from + c]! * vector[c]!;
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, 0, vector));
}
