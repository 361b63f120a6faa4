import { descriptionBits, descriptionWords, type Landmarks, mirroredBit } from '@chromaray/imaging';

/** A picture's landmarks as they would be if left and right were exchanged. */
export function mirroredLandmarks({ count, places, descriptions }: Landmarks): Landmarks {
  const moved = new Float32Array(places);
  for (let i = 0; i < count; i++) {
    moved[4 * i] = -places[4 * i]!;
    moved[4 * i + 3] = Math.PI - places[4 * i + 3]!;
  }
  const result = new Int32Array(descriptions.length);
  for (let at = 0; at < descriptions.length; at += descriptionWords) {
    for (let byte = 0; byte < descriptionBits / 8; byte++) {
      const value = (descriptions[at + (byte >> 2)]! >>> (8 * (byte & 3))) & 255;
      const from = (256 * byte + value) * descriptionWords;
      for (let w = 0; w < descriptionWords; w++) result[at + w]! |= mirroredBytes[from + w]!;
    }
  }
  return { count, places: moved, descriptions: result };
}

/** What the bits of each byte of a description become in the mirror: a description for each value of each byte. */
const mirroredBytes = (() => {
  const words = new Int32Array((descriptionBits / 8) * 256 * descriptionWords);
  for (let byte = 0; byte < descriptionBits / 8; byte++) {
    for (let value = 0; value < 256; value++) {
      for (let bit = 0; bit < 8; bit++) {
        if (((value >> bit) & 1) === 0) continue;
        const to = mirroredBit(8 * byte + bit);
        words[(256 * byte + value) * descriptionWords + (to >>> 5)]! |= 1 << (to & 31);
      }
    }
  }
  return words;
})();
