import type { Model } from '../graph/types.js';
import { withWeights } from '../training/with-weights.js';

/** Whole numbers below 2^32 that test/reference/torch_networks.py computes as well. */
export function hashed(name: string, count: number): Float64Array {
  const offset = [...name].reduce((sum, letter, i) => sum + (i + 1) * letter.charCodeAt(0), 0);
  return Float64Array.from({ length: count }, (_, i) => {
    let h = Math.imul(i + offset, 2654435761) >>> 0;
    h = (h ^ (h >>> 15)) >>> 0;
    h = Math.imul(h, 2246822519) >>> 0;
    return (h ^ (h >>> 13)) >>> 0;
  });
}

export function hashedPixels(count: number): Uint8Array {
  return Uint8Array.from(hashed('pixels', count), (h) => h >>> 24);
}

/** The model with weights and running statistics by hash of their names: kernels, scales, biases as the scripts have them. */
export function withHashedWeights(model: Model): Model {
  const weights = [...model.graph.initializers].flatMap(([name, { dims, data }]) => {
    const part = /(kernel|scale|bias|mean|variance)$/.exec(name)?.[1];
    if (part === undefined) return [];
    const inputs = dims.length === 4 ? dims[1]! * dims[2]! * dims[3]! : dims[0]!;
    const spread = part === 'kernel' ? Math.sqrt(6 / inputs) : 0.25;
    const centre = part === 'scale' || part === 'variance' ? 1 : 0;
    const values = Float32Array.from(hashed(name, data.length), (h) => centre + spread * (h / 2 ** 31 - 1));
    return [[name, values] as const];
  });
  return withWeights(model, new Map(weights));
}
