import type { GrayImage } from '@chromaray/imaging';

/** What lies outside of a picture that was moved. */
export type Fill = 0 | 128 | 255;

/** Shares of the sides that are cut off; negative shares add a border. */
export interface Margins {
  readonly left?: number;
  readonly right?: number;
  readonly top?: number;
  readonly bottom?: number;
}

/** Cuts or adds margins, given as shares of the sides. */
export function framed(image: GrayImage, margins: Margins, fill: Fill = 0): GrayImage {
  const { left = 0, right = 0, top = 0, bottom = 0 } = margins;
  const { width, height, data } = image;
  const [x0, y0] = [Math.round(left * width), Math.round(top * height)];
  const newWidth = width - x0 - Math.round(right * width);
  const newHeight = height - y0 - Math.round(bottom * height);
  const result = new Uint8Array(newWidth * newHeight).fill(fill);
  for (let y = 0, to = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++, to++) {
      const [fromX, fromY] = [x + x0, y + y0];
      if (fromX >= 0 && fromY >= 0 && fromX < width && fromY < height) result[to] = data[fromY * width + fromX]!;
    }
  }
  return { width: newWidth, height: newHeight, data: result };
}

/** Cuts the same share off each side. */
export function cropped(image: GrayImage, share: number): GrayImage {
  return framed(image, { left: share, right: share, top: share, bottom: share });
}

/** Adds the same share at each side. */
export function padded(image: GrayImage, share: number, fill: Fill): GrayImage {
  return framed(image, { left: -share, right: -share, top: -share, bottom: -share }, fill);
}

/** Moves the content by shares of the sides, in a frame that stays. */
export function shifted(image: GrayImage, right: number, down: number, fill: Fill): GrayImage {
  return framed(image, { left: -right, right, top: -down, bottom: down }, fill);
}

/** Turns the content anticlockwise about the middle, in a frame that stays. */
export function turned(image: GrayImage, degrees: number, fill: Fill = 0): GrayImage {
  const { width, height, data } = image;
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const result = new Uint8Array(data.length).fill(fill);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const fromX = middleX + cos * (x - middleX) - sin * (y - middleY);
      const fromY = middleY + sin * (x - middleX) + cos * (y - middleY);
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) continue;
      const [fx, fy] = [fromX - left, fromY - top];
      const at = top * width + left;
      const upper = data[at]! + fx * (data[at + 1]! - data[at]!);
      const lower = data[at + width]! + fx * (data[at + width + 1]! - data[at + width]!);
      result[to] = Math.round(upper + fy * (lower - upper));
    }
  }
  return { width, height, data: result };
}

/** Rows become columns. */
export function transposed({ width, height, data }: GrayImage): GrayImage {
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) result[x * height + y] = data[y * width + x]!;
  }
  return { width: height, height: width, data: result };
}

/** Left and right exchanged. */
export function flipped({ width, height, data }: GrayImage): GrayImage {
  return { width, height, data: data.map((_, i) => data[i - (i % width) + width - 1 - (i % width)]!) };
}

/** Top and bottom exchanged. */
export function upsideDown(image: GrayImage): GrayImage {
  return transposed(flipped(transposed(image)));
}

/** Turned clockwise by a quarter. */
export function quarterTurned(image: GrayImage): GrayImage {
  return flipped(transposed(image));
}
