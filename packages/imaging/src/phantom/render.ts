import { ChromarayError, type Random } from '@chromaray/base';
import type { GrayImage } from '../image.js';
import type { PhantomAnatomy } from './anatomy.js';
import { attenuationMap } from './attenuation.js';
import type { PhantomExposure } from './exposure.js';
import { develop } from './film.js';
import { fluidShare } from './fluid.js';
import { type BodyGrid, gridMargin } from './grid.js';
import { stampMarker } from './marker.js';
import type { PhantomPathology } from './pathology.js';

/** Smallest and largest side of a phantom in pixels. */
export const phantomSizes = { smallest: 16, largest: 2048 } as const;

/**
 * Draws a synthetic chest X-ray: the patient's attenuation, plus that of fluid in the lungs, seen in the
 * pose of the exposure, then photographed.
 *
 * The attenuation of a patient is laid out once and reused for further pictures of the same `anatomy`
 * object at the same size.
 *
 * @param size side of the square picture in pixels, 16 to 2048
 * @param random stream of the field and the noise; the same stream state gives the same bytes
 * @throws ChromarayError `CHROMARAY_IMAGING_PHANTOM_SIZE`
 */
export function renderPhantom(
  anatomy: PhantomAnatomy,
  pathology: PhantomPathology,
  exposure: PhantomExposure,
  size: number,
  random: Random,
): GrayImage {
  if (!Number.isInteger(size) || size < phantomSizes.smallest || size > phantomSizes.largest) {
    throw new ChromarayError({
      code: 'CHROMARAY_IMAGING_PHANTOM_SIZE',
      message: `size is ${size}; expected a whole number of pixels from ${phantomSizes.smallest} to ${phantomSizes.largest}.`,
      remedy: 'Give a size in that range, for example 128.',
    });
  }
  const { grid, healthy, fillable } = attenuationMap(anatomy, size);
  const fluid = fluidShare(pathology, anatomy, grid);
  let body = healthy;
  if (fluid) {
    body = new Float32Array(healthy.length);
    for (let i = 0; i < body.length; i++) body[i] = healthy[i]! + fluid[i]! * fillable[i]!;
  }
  const pixels = develop(takePose(body, grid, exposure, size), size, exposure, random);
  collimate(pixels, size, exposure.collimation);
  if (exposure.marker) stampMarker(pixels, size, 'R', exposure.marker);
  return { width: size, height: size, data: pixels };
}

/** Samples the body, bilinearly, where each pixel's ray passes. */
function takePose(body: Float32Array, grid: BodyGrid, { pose }: PhantomExposure, size: number): Float32Array {
  const { side, scale } = grid;
  const seen = new Float32Array(size * size);
  const c = Math.cos(pose.rotation);
  const s = Math.sin(pose.rotation);
  const step = scale / size;
  const alongX = (c * step) / pose.zoomX;
  const alongY = (-s * step) / pose.zoomY;
  const last = side - 1.001;
  for (let row = 0; row < size; row++) {
    const dx = 0.5 / size - 0.5 - pose.shiftX;
    const dy = (row + 0.5) / size - 0.5 - pose.shiftY;
    let gx = ((c * dx + s * dy) / pose.zoomX + 0.5 + gridMargin) * scale - 0.5;
    let gy = ((c * dy - s * dx) / pose.zoomY + 0.5 + gridMargin) * scale - 0.5;
    for (let column = 0; column < size; column++, gx += alongX, gy += alongY) {
      const px = Math.max(0, Math.min(gx, last));
      const py = Math.max(0, Math.min(gy, last));
      const ix = px | 0;
      const iy = py | 0;
      const u = px - ix;
      const v = py - iy;
      const at = iy * side + ix;
      const top = body[at]! + u * (body[at + 1]! - body[at]!);
      const bottom = body[at + side]! + u * (body[at + side + 1]! - body[at + side]!);
      seen[row * size + column] = top + v * (bottom - top);
    }
  }
  return seen;
}

function collimate(pixels: Uint8Array, size: number, edges: PhantomExposure['collimation']): void {
  const [left, right, top, bottom] = edges.map((edge) => Math.round(edge * size)) as [number, number, number, number];
  for (let row = 0; row < size; row++) {
    const line = pixels.subarray(row * size, (row + 1) * size);
    if (row < top || row >= size - bottom) {
      line.fill(0);
    } else {
      line.fill(0, 0, left);
      line.fill(0, size - right);
    }
  }
}
