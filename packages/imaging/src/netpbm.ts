/**
 * Netpbm's binary gray and colour pictures (PGM, PPM) of 8 bits a sample: a line of text and the samples as they
 * are. Pictures of an array are handed on in this form, so that their bytes, and with them their SHA-256, can be
 * had from any tool. Sources: pgm(5) and ppm(5) of Netpbm.
 */

import type { HeaderReading } from './decode/header.js';
import type { Image } from './image.js';

const [p, five, six, hash] = [0x50, 0x35, 0x36, 0x23];
/** Longer headers than this are comments without end. */
const longestHeader = 4096;

export function isNetpbm(bytes: Uint8Array): boolean {
  return bytes[0] === p && (bytes[1] === five || bytes[1] === six) && isSpace(bytes[2]);
}

/** Width, height and where the samples start; `unknown` for samples of more than 8 bits or with a range of their own. */
export function readNetpbmHeader(bytes: Uint8Array): HeaderReading {
  const numbers: number[] = [];
  let at = 2;
  while (numbers.length < 3) {
    while (isSpace(bytes[at]) || bytes[at] === hash) at = bytes[at] === hash ? lineEnd(bytes, at) : at + 1;
    const start = at;
    while (isDigit(bytes[at])) at += 1;
    if (at >= bytes.length) return 'incomplete';
    if (at === start || at - start > 9 || at > longestHeader) return 'unknown';
    numbers.push(Number(String.fromCharCode(...bytes.subarray(start, at))));
  }
  const [width, height, largest] = numbers as [number, number, number];
  if (largest !== 255 || !isSpace(bytes[at])) return 'unknown';
  const colourModel = bytes[1] === five ? 'gray' : 'rgb';
  return { format: 'netpbm', width, height, bitDepth: 8, colourModel, hasExif: false, dataStart: at + 1 };
}

/** Length of what {@link encodeNetpbm} gives. */
export function netpbmLength({ width, height, channels }: Omit<Image, 'data'>): number {
  return prefix(width, height, channels).length + width * height * channels;
}

export function encodeNetpbm({ width, height, channels, data }: Image): Uint8Array {
  return Buffer.concat([Buffer.from(prefix(width, height, channels), 'latin1'), data]);
}

function prefix(width: number, height: number, channels: 1 | 3): string {
  return `P${channels === 1 ? 5 : 6}\n${width} ${height}\n255\n`;
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.subarray(0, longestHeader).indexOf(0x0a, from);
  return end < 0 ? bytes.length : end;
}

function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
