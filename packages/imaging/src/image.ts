/**
 * A picture of 8-bit samples, row after row from the top left, channels interleaved: the sample of
 * channel `c` at column `x` of row `y` is `data[(y * width + x) * channels + c]`.
 */
export interface Image {
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** 1: gray; 3: red, green, blue. */
  readonly channels: 1 | 3;
  /** `width * height * channels` samples from 0 (black) to 255. */
  readonly data: Uint8Array;
}

/** A picture of one channel: an {@link Image} that may leave `channels` out. */
export interface GrayImage {
  readonly width: number;
  readonly height: number;
  readonly channels?: 1;
  /** `width * height` samples from 0 (black) to 255 (white). */
  readonly data: Uint8Array;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The same picture with its number of channels stated. */
export function asImage(image: GrayImage | Image): Image {
  const { width, height, data } = image;
  return { width, height, channels: image.channels ?? 1, data };
}
