import type { Size } from '../image.js';
import type { AugmentationParameters } from './draw.js';

/**
 * Where in the source an output pixel is read:
 * `sourceX = xx * x + xy * y + x0`, `sourceY = yx * x + yy * y + y0`.
 */
export interface AffineMap {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

/**
 * The map of Keras's `apply_affine_transform`: `centre * rotation * shift * shear * zoom * centre^-1` in
 * coordinates (x, y), the centre at `side / 2 - 0.5`.
 *
 * Keras 3 takes the height for the centre of x, and lets the height shift move columns; both only show
 * where sides or ranges differ, and are not followed: shifts do what their names say.
 *
 * @returns undefined where nothing moves, so that the pixels can be copied exactly
 */
export function affineMap(parameters: AugmentationParameters, size: Size): AffineMap | undefined {
  const { rotation, shiftX, shiftY, shear, zoomX, zoomY } = parameters;
  if (rotation === 0 && shiftX === 0 && shiftY === 0 && shear === 0 && zoomX === 1 && zoomY === 1) return undefined;

  const [cos, sin] = [Math.cos(radians(rotation)), Math.sin(radians(rotation))];
  const [shearCos, shearSin] = [Math.cos(radians(shear)), Math.sin(radians(shear))];
  // rotation [cos -sin; sin cos] times shear [1 -sin; 0 cos] times zoom [zoomX 0; 0 zoomY]
  const xx = cos * zoomX;
  const xy = (-cos * shearSin - sin * shearCos) * zoomY;
  const yx = sin * zoomX;
  const yy = (-sin * shearSin + cos * shearCos) * zoomY;
  const centreX = size.width / 2 - 0.5;
  const centreY = size.height / 2 - 0.5;
  return {
    xx,
    xy,
    x0: centreX - xx * centreX - xy * centreY + cos * shiftX - sin * shiftY,
    yx,
    yy,
    y0: centreY - yx * centreX - yy * centreY + sin * shiftX + cos * shiftY,
  };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
