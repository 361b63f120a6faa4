/**
 * The rule by which gray, colour and overlay make a pixel, in whole numbers: the shader computes the same, so what is
 * drawn by it and by a canvas is equal.
 */

/** The nearest whole number to `(a * (255 - share) + b * share) / 255`. @param share 0: a alone; 255: b alone */
export function mix(a: number, b: number, share: number): number {
  return Math.floor((a * (255 - share) + b * share + 127) / 255);
}

/** A share from 0 to 1 in steps of 1/255, as {@link mix} takes it. */
export function stepsOf(share: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}

/** How dense an overlay is at a place: as its value there, and at most `opacity`. Both 0 to 255. */
export function density(value: number, opacity: number): number {
  return mix(0, value, opacity);
}

/** From dark red over orange to yellow: brightness grows with the value, also for readers who see no colours. */
export const heatTable = Uint8Array.from({ length: 256 * 3 }, (_, i) => {
  const [level, channel] = [Math.floor(i / 3) / 255, i % 3];
  return Math.round(255 * [Math.min(1, 0.5 + level), Math.max(0, 1.4 * level - 0.4), 0.1 * level][channel]!);
});
