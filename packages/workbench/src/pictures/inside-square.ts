import { type GrayImage, resize } from '@chromaray/imaging';

/** A picture in its own shape, as large as a square of `side` pixels holds it, in the middle of black. @returns gray levels, row by row */
export function insideSquare(image: GrayImage, side: number): Uint8Array {
  const scale = side / Math.max(image.width, image.height);
  const [width, height] = [image.width, image.height].map((length) => Math.max(1, Math.round(scale * length))) as [
    number,
    number,
  ];
  const { data } = resize(image, { width, height });
  const [left, top] = [Math.floor((side - width) / 2), Math.floor((side - height) / 2)];
  const square = new Uint8Array(side * side);
  for (let y = 0; y < height; y++) square.set(data.subarray(y * width, (y + 1) * width), (top + y) * side + left);
  return square;
}
