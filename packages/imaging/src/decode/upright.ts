import type { Image } from '../image.js';

/**
 * What each EXIF orientation does to a picture that is to stand upright (CIPA DC-008, tag 0x0112): whether its rows are
 * columns of the stored one, and from which end columns and rows are then read.
 */
const turns: Readonly<
  Record<number, { readonly turned: boolean; readonly fromRight: boolean; readonly fromBottom: boolean }>
> = {
  2: { turned: false, fromRight: true, fromBottom: false },
  3: { turned: false, fromRight: true, fromBottom: true },
  4: { turned: false, fromRight: false, fromBottom: true },
  5: { turned: true, fromRight: false, fromBottom: false },
  6: { turned: true, fromRight: false, fromBottom: true },
  7: { turned: true, fromRight: true, fromBottom: true },
  8: { turned: true, fromRight: true, fromBottom: false },
};

/**
 * A picture as it is meant to be looked at. Photographs of cameras are stored as the sensor lay; radiographs are not
 * turned anywhere, see `decodeImage`.
 *
 * @param orientation EXIF's, 1 to 8; anything else, like 1, means as stored
 */
export function upright(image: Image, orientation: number): Image {
  const turn = turns[orientation];
  if (turn === undefined) return image;
  const { width, height, channels, data } = image;
  const size = turn.turned ? { width: height, height: width } : { width, height };
  const result = new Uint8Array(data.length);
  for (let y = 0, to = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const [across, down] = turn.turned ? [y, x] : [x, y];
      const column = turn.fromRight ? width - 1 - across : across;
      const row = turn.fromBottom ? height - 1 - down : down;
      const from = (row * width + column) * channels;
      for (let c = 0; c < channels; c++) result[to++] = data[from + c]!;
    }
  }
  return { ...size, channels, data: result };
}
