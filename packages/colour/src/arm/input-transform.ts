import type { ColourSpec, NamedColour } from '@chromaray/contracts';
import type { InputTransform } from '@chromaray/engine';
import { colourTable, smoothRandomName } from '@chromaray/imaging';

/** Which pixels an arm's network is fed: arms with equal ones share their packs. */
export function armPixels(colour: ColourSpec): string {
  return isColouredBefore(colour) ? JSON.stringify(colour) : 'gray';
}

/** True for colours that are worked out once, before training, rather than by the first nodes of the network. */
export function isColouredBefore(colour: ColourSpec): colour is ColouredBefore {
  return typeof colour === 'object' && ('colorizer' in colour || 'channels' in colour || isSmoothRandom(colour));
}

export type ColouredBefore = Extract<ColourSpec, { colorizer: string } | { channels: 'information' }> | SmoothRandom;

type SmoothRandom = NamedColour & { readonly map: typeof smoothRandomName };

function isSmoothRandom(colour: object): colour is SmoothRandom {
  return 'map' in colour && colour.map === smoothRandomName;
}

/** How an arm's colour becomes the first nodes of its network, which takes gray pixels or finished colours. */
export function inputTransform(colour: ColourSpec): InputTransform {
  if (colour === 'none') return { kind: 'gray' };
  if (colour === 'repeat') return { kind: 'repeat' };
  if (isColouredBefore(colour)) return { kind: 'rgb' };
  if ('map' in colour) {
    const { map, ...options } = colour;
    return { kind: 'table', table: colourTable(map, options) };
  }
  return { kind: colour.learned === 'gray' ? 'learned-gray' : 'learned' };
}
