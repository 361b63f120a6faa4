import type { GrayImage } from '../image.js';
import { resize } from '../resize/resize.js';
import { bitsOfTwo } from './bit-counts.js';
import { describe, Gradients, orientations } from './describe-spot.js';
import { detail } from './detail.js';
import { ScaleSpace } from './scale-space.js';
import { findSpots } from './spots.js';

/**
 * Places by which a picture is known again when it is cut, framed, moved, turned, mirrored or inverted, each with a
 * description of what is around it (Lowe 2004, reduced to what copies need).
 */
export interface Landmarks {
  readonly count: number;
  /** {@link descriptionWords} for each. */
  readonly descriptions: Int32Array;
  /** x and y (-1 to 1 over the picture), size (of a half side), direction (radians) of each. */
  readonly places: Float32Array;
}

/** 32-bit words of a description. */
export const descriptionWords = 4;
export const descriptionBits = 32 * descriptionWords;
/** Most landmarks of a picture. */
export const mostLandmarks = 64;
/** Side to which pictures are reduced first. */
const side = 96;
/** Broad shading that is taken away first, in samples: it differs with exposure and gray curve. */
const shadingRadius = 16;

const scaleSpace = new ScaleSpace(side);

export function findLandmarks(image: GrayImage): Landmarks {
  const picture = detail(resize(image, side).data, side, shadingRadius);
  const octaves = scaleSpace.of(picture);
  const gradients = new Gradients(octaves);
  const descriptions: number[] = [];
  const places: number[] = [];
  for (const spot of findSpots(octaves)) {
    const gradient = gradients.of(spot);
    const scale = 2 ** spot.octave;
    const toUnits = (at: number): number => (at * scale + 0.5) / (side / 2) - 1;
    for (const direction of orientations(gradient, spot)) {
      descriptions.push(...describe(gradient, spot, direction));
      places.push(toUnits(spot.x), toUnits(spot.y), (spot.size * scale) / (side / 2), direction);
    }
    if (descriptions.length >= mostLandmarks * descriptionWords) break;
  }
  const count = Math.min(mostLandmarks, places.length / 4);
  return {
    count,
    descriptions: Int32Array.from(descriptions.slice(0, count * descriptionWords)),
    places: Float32Array.from(places.slice(0, count * 4)),
  };
}

const bytesOfOne = 4 * descriptionWords + 4;
/** Sizes are kept as logarithms between these. */
const [smallest, largest] = [0.02, 1];
const sizeSteps = 255 / Math.log(largest / smallest);

/** Landmarks in 20 bytes each: places to a 255th of the picture, directions to 1.4 degrees. */
export function packLandmarks({ count, descriptions, places }: Landmarks): Uint8Array {
  const bytes = new Uint8Array(count * bytesOfOne);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) {
    const at = i * bytesOfOne;
    for (let w = 0; w < descriptionWords; w++) view.setInt32(at + 4 * w, descriptions[i * descriptionWords + w]!, true);
    const [x, y, size, direction] = places.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    const level = Math.log(size / smallest) * sizeSteps;
    const turn = (direction / (2 * Math.PI)) * 256;
    [(x + 1) * 127.5, (y + 1) * 127.5, level].forEach((value, k) => {
      bytes[at + 16 + k] = Math.max(0, Math.min(255, Math.round(value)));
    });
    bytes[at + 19] = ((Math.round(turn) % 256) + 256) % 256;
  }
  return bytes;
}

export function unpackLandmarks(bytes: Uint8Array): Landmarks {
  const count = Math.floor(bytes.length / bytesOfOne);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const descriptions = new Int32Array(count * descriptionWords);
  const places = new Float32Array(count * 4);
  for (let i = 0; i < count; i++) {
    const at = i * bytesOfOne;
    for (let w = 0; w < descriptionWords; w++) descriptions[i * descriptionWords + w] = view.getInt32(at + 4 * w, true);
    places.set(
      [
        bytes[at + 16]! / 127.5 - 1,
        bytes[at + 17]! / 127.5 - 1,
        smallest * Math.exp(bytes[at + 18]! / sizeSteps),
        (bytes[at + 19]! / 256) * 2 * Math.PI,
      ],
      4 * i,
    );
  }
  return { count, descriptions, places };
}

/** Bits in which two descriptions differ, 0 to 128. */
export function differingBits(a: Int32Array, atA: number, b: Int32Array, atB: number): number {
  return (
    bitsOfTwo(a[atA]! ^ b[atB]!, a[atA + 1]! ^ b[atB + 1]!) +
    bitsOfTwo(a[atA + 2]! ^ b[atB + 2]!, a[atA + 3]! ^ b[atB + 3]!)
  );
}
