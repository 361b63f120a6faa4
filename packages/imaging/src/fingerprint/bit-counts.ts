/** Set bits of two 32-bit words together (Warren, Hacker's Delight, 5-1; counts of up to 8 fit into a nibble). */
export function bitsOfTwo(a: number, b: number): number {
  const nibbles = nibbleCounts(a) + nibbleCounts(b);
  return bitsOfNibbles(nibbles);
}

/** Set bits of three 32-bit words together. */
export function bitsOfThree(a: number, b: number, c: number): number {
  const nibbles = (nibbleCounts(a) + nibbleCounts(b) + nibbleCounts(c)) | 0;
  return bitsOfNibbles(nibbles);
}

function nibbleCounts(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}

function bitsOfNibbles(nibbles: number): number {
  const bytes = (nibbles & 0x0f0f0f0f) + ((nibbles >>> 4) & 0x0f0f0f0f);
  return Math.imul(bytes, 0x01010101) >>> 24;
}
