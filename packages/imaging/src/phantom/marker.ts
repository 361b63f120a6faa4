/** The letters R and L as 5 by 7 dots, one number per row, most significant bit at the left. */
const glyphs = {
  R: [0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001],
  L: [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111],
} as const;

export type MarkerLetter = keyof typeof glyphs;

/**
 * Stamps a lead letter, white, onto square gray pixels in place.
 *
 * @param x centre of the letter, share of the frame from the left
 * @param y centre of the letter, share of the frame from the top
 * @param height height of the letter, share of the frame; at least seven pixels are used
 */
export function stampMarker(
  pixels: Uint8Array,
  size: number,
  letter: MarkerLetter,
  { x, y, height }: { readonly x: number; readonly y: number; readonly height: number },
): void {
  const dot = Math.max(1, (height * size) / 7);
  const left = Math.round(x * size - 2.5 * dot);
  const top = Math.round(y * size - 3.5 * dot);
  const rows = glyphs[letter];
  for (let row = Math.max(0, top); row < Math.min(size, top + 7 * dot); row++) {
    const bits = rows[Math.floor((row - top) / dot)]!;
    for (let column = Math.max(0, left); column < Math.min(size, left + 5 * dot); column++) {
      const bit = 4 - Math.floor((column - left) / dot);
      if ((bits >> bit) & 1) pixels[row * size + column] = 250;
    }
  }
}
