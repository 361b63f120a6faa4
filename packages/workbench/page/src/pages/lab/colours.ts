import type { ColourSpec } from '@chromaray/contracts';

/** The colours that an address names; what it says wrongly is passed over, and the server refuses the rest. */
export function readColours(text: string): readonly ColourSpec[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isColour) : [];
  } catch {
    return [];
  }
}

function isColour(value: unknown): value is ColourSpec {
  if (typeof value === 'string') return value === 'none' || value === 'repeat';
  return typeof value === 'object' && value !== null && ['map', 'channels', 'colorizer'].some((key) => key in value);
}

/** A name that an arm of this colour could have, such as `shuffled-jet-3`. */
export function armName(colour: ColourSpec): string {
  if (typeof colour === 'string') return colour === 'none' ? 'gray' : 'gray-repeated';
  const words = Object.entries(colour).map(([key, value]) => (key === 'renderFactor' ? `rf${value}` : String(value)));
  return words
    .join('-')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .slice(0, 64);
}
