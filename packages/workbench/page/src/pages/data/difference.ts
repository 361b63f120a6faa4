import type { GrayPicture } from '@chromaray/viewer';

/** How far apart two pictures may be in a value of 8 bits, enlarged so that small differences are seen. */
const gain = 2;

/**
 * The absolute difference of two pictures, each scaled to its full range; the second is resampled (nearest pixel) to the size of
 * the first. Black: equal; white: apart by half the range or more.
 */
export function difference(first: GrayPicture, second: GrayPicture, mirrored: boolean): GrayPicture {
  const { width, height } = first;
  const data = new Uint8Array(width * height);
  const [a, b] = [255 / (2 ** first.bits - 1), 255 / (2 ** second.bits - 1)];
  const columns = Array.from({ length: width }, (_, x) => {
    const place = Math.min(second.width - 1, Math.floor(((x + 0.5) * second.width) / width));
    return mirrored ? second.width - 1 - place : place;
  });
  for (let y = 0; y < height; y++) {
    const row = Math.min(second.height - 1, Math.floor(((y + 0.5) * second.height) / height)) * second.width;
    for (let x = 0; x < width; x++) {
      const apart = Math.abs(first.data[y * width + x]! * a - second.data[row + columns[x]!]! * b);
      data[y * width + x] = Math.min(255, Math.round(gain * apart));
    }
  }
  return { width, height, bits: 8, data };
}

/** The picture as a mirror shows it. */
export function mirror(picture: GrayPicture): GrayPicture {
  const { width, height, data } = picture;
  const turned = data.slice();
  for (let y = 0; y < height; y++) turned.subarray(y * width, (y + 1) * width).reverse();
  return { ...picture, data: turned };
}
