import type { PictureContent } from '@chromaray/imaging';
import type { NearDuplicate } from './picture-search.js';

/** How two pictures relate, in words: their colours and borders, then how one lies on the other. */
export function describePair(
  pair: Pick<NearDuplicate, 'map' | 'mirrored' | 'inverted'>,
  first: PictureContent | null,
  second: PictureContent | null,
): string {
  const maps = [first, second].flatMap((content) => content?.colourMap ?? []);
  const colours = [...new Set(maps)].map((map) => `coloured with ${map}`);
  // The map then tells how the contents lie on one another.
  const framed = first?.framed === true || second?.framed === true;
  const how = describeTransform(pair);
  const words = [...colours, ...(framed ? ['even borders left out'] : [])];
  return words.length > 0 && how === 'in the same place' ? words.join(', ') : [...words, how].join(', ');
}

/** A map in words: `mirrored, 0.95 times as large, turned by 3.0°, moved by 4 %`; small changes are left out. */
export function describeTransform({
  map,
  mirrored,
  inverted,
}: Pick<NearDuplicate, 'map' | 'mirrored' | 'inverted'>): string {
  const [a, b, c, d, e, f] = map;
  const scale = Math.sqrt(Math.abs(a * e - b * d));
  const turn = (Math.atan2(d - b, a + e) * 180) / Math.PI;
  // Coordinates run from -1 to 1, so that a shift of 2 is a whole picture.
  const shift = Math.hypot(c, f) / 2;
  const isUpsideDown = mirrored && Math.abs(turn) > 179.5;
  const words = [
    inverted ? 'inverted' : null,
    isUpsideDown ? 'flipped top to bottom' : mirrored ? 'mirrored' : null,
    Math.abs(scale - 1) > 0.01 ? `${scale.toFixed(2)} times as large` : null,
    Math.abs(turn) > 0.5 && !isUpsideDown ? `turned by ${degrees(turn)}°` : null,
    shift > 0.005 ? `moved by ${(100 * shift).toFixed(1)} %` : null,
  ].filter((word) => word !== null);
  return words.length === 0 ? 'in the same place' : words.join(', ');
}

/** Quarter turns as whole numbers. */
function degrees(turn: number): string {
  const quarters = Math.round(turn / 90);
  return quarters !== 0 && Math.abs(turn - 90 * quarters) < 0.5 ? String(90 * quarters) : turn.toFixed(1);
}
