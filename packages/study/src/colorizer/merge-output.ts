import {
  type GrayImage,
  type Image,
  mergeLightness,
  mergeLuma,
  resizeAsPillow,
  stretchPlane,
} from '@chromaray/imaging';
import type { ColorizerContract } from './contract.js';
import { imagenet } from './imagenet.js';

/**
 * The gray picture at its own size with the network's colours on it. The network's picture is coarse: only its
 * colours are enlarged, brightness and all detail stay those of the gray picture.
 *
 * @param output float32 [channels, side, side]
 */
export function mergeOutput(gray: GrayImage, output: Float32Array, contract: ColorizerContract, side: number): Image {
  const square = { width: side, height: side };
  if (contract.output.values === 'chroma') {
    const { width, height } = gray;
    const plane = (channel: number): Float32Array =>
      stretchPlane(output.subarray(channel * side * side, (channel + 1) * side * side), square, gray);
    return mergeLightness(gray, { width, height, a: plane(0), b: plane(1) });
  }
  const colours: Image = { ...square, channels: 3, data: toBytes(output, contract.output.values) };
  return mergeLuma(gray, resizeAsPillow(colours, gray, 'bilinear'));
}

/** Planes of floats as interleaved bytes: undone, cut off at 0 and 255, and truncated, not rounded. */
function toBytes(output: Float32Array, values: 'levels' | 'imagenet'): Uint8Array {
  const bytes = new Uint8Array(output.length);
  const plane = output.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    const mean = imagenet.mean[channel]!;
    const deviation = imagenet.deviation[channel]!;
    for (let i = 0; i < plane; i++) {
      const value = output[channel * plane + i]!;
      const level = values === 'levels' ? value : Math.fround(255 * Math.fround(Math.fround(value * deviation) + mean));
      bytes[i * 3 + channel] = Math.max(0, Math.min(255, level));
    }
  }
  return bytes;
}
