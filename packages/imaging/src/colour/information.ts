import type { GrayImage, Image } from '../image.js';
import { clahe } from '../operations/clahe.js';
import { edgePreservingDetail } from './detail.js';

/**
 * Three views of one gray picture as its red, green and blue: the picture itself, its contrast equalised tile
 * by tile ({@link clahe}), and its fine structure ({@link edgePreservingDetail}), each with its defaults. A
 * function of the same pixels, as every colouring is: it adds no information, but spares the network
 * normalising brightness and contrast.
 */
export function informationChannels(gray: GrayImage): Image {
  const { width, height, data } = gray;
  const equalised = clahe(gray).data;
  const detail = edgePreservingDetail(gray).data;
  const rgb = new Uint8Array(data.length * 3);
  for (let i = 0, to = 0; i < data.length; i++, to += 3) {
    rgb[to] = data[i]!;
    rgb[to + 1] = equalised[i]!;
    rgb[to + 2] = detail[i]!;
  }
  return { width, height, channels: 3, data: rgb };
}
