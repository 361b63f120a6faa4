import type { ColourSpec } from '@chromaray/contracts';

/** A colour in a few words, such as `shuffled of jet, seed 3` or `photo-small at render factor 20`. */
export function colourName(colour: ColourSpec): string {
  if (colour === 'none') return 'gray';
  if (colour === 'repeat') return 'gray on three channels';
  if ('learned' in colour) return colour.learned === 'gray' ? 'learned gray' : 'learned';
  if ('channels' in colour) return 'information channels';
  const seed = 'seed' in colour && colour.seed !== undefined ? `, seed ${colour.seed}` : '';
  if ('map' in colour) {
    const of = 'of' in colour && colour.of !== undefined ? ` of ${colour.of}` : '';
    const strong =
      'colourfulness' in colour && colour.colourfulness !== undefined
        ? ` of colourfulness ${colour.colourfulness}`
        : '';
    return `${colour.map}${of}${strong}${seed}`;
  }
  const factor = colour.renderFactor === undefined ? '' : ` at render factor ${colour.renderFactor}`;
  return `${colour.colorizer}${factor}${seed}`;
}
