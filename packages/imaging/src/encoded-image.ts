/** An encoded picture in memory, and what to call it in messages. */
export interface EncodedImage {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Above this many pixels a picture is refused, unless the caller says otherwise: 64 megapixels. */
export const defaultMaxPixels = 64_000_000;
