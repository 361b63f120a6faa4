import { ChromarayError } from '@chromaray/base';

/** Where a layer stands, what it is, and the shape that came in, without the batch. */
export interface LayerPlace {
  /** As in the study file: `layers[3]`, in a residual `layers[3].layers[0]`. */
  readonly place: string;
  readonly kind: string;
  readonly shape: readonly number[];
}

/** Maps or features, as sentences have them. */
export function shapeText(shape: readonly number[]): string {
  const [channels, height, width] = shape;
  if (height === undefined) return `${channels} features`;
  return `${channels} ${channels === 1 ? 'map' : 'maps'} of ${height}x${width}`;
}

/** A layer that does not fit what comes in. */
export function layerError({ place, kind, shape }: LayerPlace, problem: string, remedy: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_LAYERS_SHAPE',
    message: `${place} (${kind}): ${problem}; what came in is ${shapeText(shape)}.`,
    remedy,
    details: { layer: place, kind, input: shape },
  });
}
