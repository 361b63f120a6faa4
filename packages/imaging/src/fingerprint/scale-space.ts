/**
 * Pictures smoothed more and more (Lowe 2004, IJCV 60:91): what stands out at one degree of smoothing is a structure
 * of that size, and is found again at its size when the picture is enlarged, cut or turned.
 */
export interface Octave {
  readonly side: number;
  /** Pictures of `side * side`, each smoothed more than the one before by {@link scaleStep}. */
  readonly smoothed: readonly Float32Array[];
  /** Differences of neighbouring pictures: the more smoothed less the other. */
  readonly differences: readonly Float32Array[];
}

/** Scales to an octave. */
export const scalesPerOctave = 3;
export const scaleStep = 2 ** (1 / scalesPerOctave);
/** Standard deviation of an octave's first picture, in its own pixels. */
export const firstSmoothing = 1.6;
/** That which a picture has when it comes, by the pixels it is made of. */
const inherent = 0.5;
/** A smaller octave has nothing left that is not shading. */
const smallestSide = 20;

/**
 * Smooths pictures of one size. The arrays are made once and filled anew by every picture, since making thirty of them for
 * each of many thousand pictures takes longer than filling them.
 */
export class ScaleSpace {
  private readonly octaves: readonly Octave[];
  /** Between the two passes of a smoothing; large enough for any octave. */
  private readonly between: Float32Array;
  private readonly line: Float64Array;

  /** @param side of the pictures; 4 times a power of 2, or such a number times a small odd one, as 96 */
  constructor(side: number) {
    const planes = (count: number, size: number) => Array.from({ length: count }, () => new Float32Array(size * size));
    const octaves: Octave[] = [];
    for (let size = side; size >= smallestSide; size /= 2) {
      octaves.push({
        side: size,
        smoothed: planes(scalesPerOctave + 3, size),
        differences: planes(scalesPerOctave + 2, size),
      });
    }
    this.octaves = octaves;
    this.between = new Float32Array(side * side);
    this.line = new Float64Array(2 * side);
  }

  /**
   * @param picture `side * side` samples
   * @returns octaves that hold until the next picture
   */
  of(picture: Float32Array): readonly Octave[] {
    for (const [o, { side, smoothed, differences }] of this.octaves.entries()) {
      if (o === 0) this.smooth(picture, smoothed[0]!, side, Math.sqrt(firstSmoothing ** 2 - inherent ** 2));
      else everySecond(this.octaves[o - 1]!.smoothed[scalesPerOctave]!, smoothed[0]!, side);
      for (let k = 1; k < smoothed.length; k++) {
        const before = firstSmoothing * scaleStep ** (k - 1);
        const [less, more, difference] = [smoothed[k - 1]!, smoothed[k]!, differences[k - 1]!];
        this.smooth(less, more, side, before * Math.sqrt(scaleStep ** 2 - 1));
        for (let i = 0; i < difference.length; i++) difference[i] = more[i]! - less[i]!;
      }
    }
    return this.octaves;
  }

  /** Smooths by a Gaussian, whose border repeats the outermost samples. */
  private smooth(from: Float32Array, to: Float32Array, side: number, deviation: number): void {
    const weights = gaussian(deviation);
    alongRows(from, this.between, side, weights, this.line);
    alongRows(this.between, to, side, weights, this.line);
  }
}

/** Smooths along the rows, and writes the result transposed, so that the second pass reads along rows as well. */
function alongRows(
  from: Float32Array,
  to: Float32Array,
  side: number,
  weights: Float64Array,
  line: Float64Array,
): void {
  const radius = weights.length - 1;
  for (let row = 0; row < side; row++) {
    const start = row * side;
    for (let x = 0; x < side; x++) line[x + radius] = from[start + x]!;
    line.fill(from[start]!, 0, radius);
    line.fill(from[start + side - 1]!, side + radius, side + 2 * radius);
    // Four at a time, since each sum must wait for its own last addition but not for those of the others.
    for (let x = 0, out = row; x < side; x += 4, out += 4 * side) {
      const middle = x + radius;
      const first = weights[0]!;
      let a = first * line[middle]!;
      let b = first * line[middle + 1]!;
      let c = first * line[middle + 2]!;
      let d = first * line[middle + 3]!;
      for (let k = 1; k <= radius; k++) {
        const weight = weights[k]!;
        const [before, after] = [middle - k, middle + k];
        a += weight * (line[before]! + line[after]!);
        b += weight * (line[before + 1]! + line[after + 1]!);
        c += weight * (line[before + 2]! + line[after + 2]!);
        d += weight * (line[before + 3]! + line[after + 3]!);
      }
      to[out] = a;
      to[out + side] = b;
      to[out + 2 * side] = c;
      to[out + 3 * side] = d;
    }
  }
}

const kernels = new Map<number, Float64Array>();

/** One half of a Gaussian of sum 1, from its middle outward. */
function gaussian(deviation: number): Float64Array {
  let weights = kernels.get(deviation);
  if (weights === undefined) {
    const radius = Math.ceil(2.5 * deviation);
    const half = Float64Array.from({ length: radius + 1 }, (_, k) => Math.exp(-(k * k) / (2 * deviation * deviation)));
    const sum = half.reduce((total, weight, k) => total + (k === 0 ? weight : 2 * weight), 0);
    weights = half.map((weight) => weight / sum);
    kernels.set(deviation, weights);
  }
  return weights;
}

function everySecond(from: Float32Array, to: Float32Array, side: number): void {
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) to[y * side + x] = from[4 * y * side + 2 * x]!;
  }
}
