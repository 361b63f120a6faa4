import type { GrayImage, Image } from '../image.js';
import { toGray } from '../luma.js';
import { resize } from '../resize/resize.js';
import { type Brightness, measureBrightness } from './brightness.js';
import { findLandmarks, packLandmarks } from './landmarks.js';
import { withinBorders } from './trim.js';
import { undoColour } from './undo-colour.js';

/** Side of {@link Fingerprint.thumbnail} in pixels: ribs and vessels still show, which tell one chest from another. */
export const thumbnailSide = 48;

/** What is kept of a picture to compare it with others, a fiftieth of its size. */
export interface Fingerprint {
  /** The gray picture stretched to {@link thumbnailSide} squared, 0 to 255. */
  readonly thumbnail: Uint8Array;
  readonly brightness: Brightness;
  /** What the picture shows, when a colour map and even borders are taken away; null where there are none. */
  readonly content: PictureContent | null;
  /** Landmarks of the content, or of the picture where that is null; see `unpackLandmarks`. */
  readonly landmarks: Uint8Array;
}

/** A picture as it was before it was coloured or framed. */
export interface PictureContent {
  /** As {@link Fingerprint.thumbnail}, of the content. */
  readonly thumbnail: Uint8Array;
  /** The colour map that was undone; null for a picture whose luma was taken. */
  readonly colourMap: string | null;
  /** True when even borders were cut off. */
  readonly framed: boolean;
}

/** Takes the fingerprint of a decoded picture. */
export function fingerprint(image: GrayImage | Image): Fingerprint {
  const gray = toGray(image);
  const uncoloured = image.channels === 3 ? undoColour(image) : undefined;
  const inside = withinBorders(uncoloured?.gray ?? gray);
  const restored = inside?.image ?? uncoloured?.gray;
  return {
    thumbnail: resize(gray, thumbnailSide).data,
    brightness: measureBrightness(gray.data),
    content:
      restored === undefined
        ? null
        : {
            thumbnail: resize(restored, thumbnailSide).data,
            colourMap: uncoloured?.map ?? null,
            framed: inside !== undefined,
          },
    landmarks: packLandmarks(findLandmarks(restored ?? gray)),
  };
}
