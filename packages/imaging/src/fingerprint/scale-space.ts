/**
 * Pictures smoothed more and more (Lowe 2004, IJCV 60:91): what stands out at one degree of smoothing is a structure
 * of that size, and is found again at its size when the picture is enlarged, cut or turned.
 */
export interface Octave {
  readonly side: number;
  /** Pictures of `side * side`, each smoothed more than the one before by {@link scaleStep}. */
  readonly smoothed: readonly Float32Array[];
  /** Differences of neighbouring pictures. */
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

/** @param picture `side * side` samples; `side` divisible by 4 */
export function scaleSpace(picture: Float32Array, side: number): readonly Octave[] {
  const octaves: Octave[] = [];
  let first = smooth(picture, side, Math.sqrt(firstSmoothing ** 2 - inherent ** 2));
  for (let size = side; size >= smallestSide; size /= 2) {
    const smoothed = [first];
    for (let k = 1; k < scalesPerOctave + 3; k++) {
      const before = firstSmoothing * scaleStep ** (k - 1);
      smoothed.push(smooth(smoothed[k - 1]!, size, before * Math.sqrt(scaleStep ** 2 - 1)));
    }
    const differences = smoothed.slice(1).map((more, k) => difference(more, smoothed[k]!));
    octaves.push({ side: size, smoothed, differences });
    first = everySecond(smoothed[scalesPerOctave]!, size);
  }
  return octaves;
}

function difference(more: Float32Array, less: Float32Array): Float32Array {
  const result = new Float32Array(more.length);
  for (let i = 0; i < result.length; i++) result[i] = more[i]! - less[i]!;
  return result;
}

/** Smooths by a Gaussian, whose border repeats the outermost samples. */
function smooth(picture: Float32Array, side: number, deviation: number): Float32Array {
  const weights = gaussian(deviation);
  const across = new Float32Array(picture.length);
  alongRows(picture, across, side, weights);
  const result = new Float32Array(picture.length);
  alongRows(across, result, side, weights);
  return result;
}

/** Smooths along the rows, and writes the result transposed, so that the second pass reads along rows as well. */
function alongRows(from: Float32Array, to: Float32Array, side: number, weights: Float64Array): void {
  const radius = weights.length - 1;
  const line = new Float64Array(side + 2 * radius);
  for (let row = 0; row < side; row++) {
    const start = row * side;
    for (let x = 0; x < side; x++) line[x + radius] = from[start + x]!;
    line.fill(from[start]!, 0, radius);
    line.fill(from[start + side - 1]!, side + radius);
    for (let x = 0; x < side; x++) {
      const middle = x + radius;
      let sum = weights[0]! * line[middle]!;
      for (let k = 1; k <= radius; k++) sum += weights[k]! * (line[middle - k]! + line[middle + k]!);
      to[x * side + row] = sum;
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

function everySecond(picture: Float32Array, side: number): Float32Array {
  const small = side / 2;
  const result = new Float32Array(small * small);
  for (let y = 0; y < small; y++) {
    for (let x = 0; x < small; x++) result[y * small + x] = picture[2 * y * side + 2 * x]!;
  }
  return result;
}
