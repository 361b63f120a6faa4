import { ChromarayError } from '@chromaray/base';
import type { InputTransform } from '@chromaray/engine';
import { colourTable } from '@chromaray/imaging';
import type { ColourSpec } from '../file/study-file.js';

/** Which pixels an arm's network is fed: arms with equal ones share their packs. */
export function armPixels(_colour: ColourSpec): string {
  return 'gray';
}

/** How an arm's colour becomes the first nodes of its network, which always takes gray pixels. */
export function inputTransform(colour: ColourSpec): InputTransform {
  if (colour === 'none') return { kind: 'gray' };
  if (colour === 'repeat') return { kind: 'repeat' };
  if ('map' in colour) {
    const { map, ...options } = colour;
    return { kind: 'table', table: colourTable(map, options) };
  }
  if ('learned' in colour) return { kind: 'learned' };
  throw new ChromarayError({
    code: 'CHROMARAY_ARM_COLORIZER_UNKNOWN',
    message: `The colorizer "${colour.colorizer}" is not one this version has.`,
    remedy: 'Use a colour map: colour: { map: turbo }.',
    details: { colorizer: colour.colorizer },
  });
}
