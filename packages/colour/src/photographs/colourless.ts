import type { Image } from '@chromaray/imaging';

/** Levels of gray that are looked at apart: a toned picture has one colour for each. */
const shades = 16;
/** Root mean square, in gray levels, that JPEG's rounding and the scatter of a toned scan stay under. */
const leastSpread = 2;

/**
 * Whether a photograph teaches nothing about colour: gray, or toned (sepia, cyanotype), so that its colour is a function of
 * its brightness. What is measured is how far U and V of its pixels lie from the mean of those as bright as they, root mean
 * square; in the photographs of clothes that Chromaray's own colorizer learned from, half have more than 9 levels.
 */
export function isColourless({ channels, data }: Image): boolean {
  if (channels === 1) return true;
  const count = new Float64Array(shades);
  const sums = [new Float64Array(shades), new Float64Array(shades)] as const;
  let squares = 0;
  for (let i = 0; i < data.length; i += 3) {
    const y = 0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!;
    const [u, v] = [0.492 * (data[i + 2]! - y), 0.877 * (data[i]! - y)];
    const shade = Math.min(shades - 1, Math.floor((y * shades) / 256));
    count[shade]!++;
    sums[0][shade]! += u;
    sums[1][shade]! += v;
    squares += u * u + v * v;
  }
  let explained = 0;
  for (let shade = 0; shade < shades; shade++) {
    if (count[shade] === 0) continue;
    explained += (sums[0][shade]! ** 2 + sums[1][shade]! ** 2) / count[shade]!;
  }
  return Math.sqrt(Math.max(0, squares - explained) / (data.length / 3)) < leastSpread;
}
