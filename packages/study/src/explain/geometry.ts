import type { ImageOperations } from '@chromaray/imaging';

/**
 * The operations that move pixels: what lies over a picture (a map, a mask of the lungs) must be moved as the picture
 * was, or it would point at other places.
 */
export function geometryOf({ crop, fit }: ImageOperations): ImageOperations {
  return { ...(crop && { crop }), ...(fit && { fit }) };
}
