import { type ColourSpec, trainedNameOf } from '@chromaray/contracts';
import { smoothRandomName } from '@chromaray/imaging';

/** A few words on what an arm does to the pixels. */
export function armDescription(colour: ColourSpec): string {
  if (colour === 'none') return 'gray pixels on one channel';
  if (colour === 'repeat') return 'gray pixels on three equal channels';
  if ('map' in colour) {
    if (colour.map === smoothRandomName)
      return 'smooth random colours, the same function of gray level and place for all';
    if (colour.map === 'shuffled') return `the colours of ${colour.of ?? 'turbo'} in shuffled order`;
    return `colour map ${colour.map}`;
  }
  if ('learned' in colour) {
    return colour.learned === 'gray'
      ? 'one gray channel learned from gray, with as many weights as three'
      : 'three channels learned from gray';
  }
  if ('channels' in colour) return 'the picture, its equalised contrast and its fine detail as three channels';
  const { colorizer, renderFactor } = colour;
  const trained = trainedNameOf(colorizer);
  if (trained !== undefined) return `colorized by the network of ${trained} with random weights`;
  return `colorized by ${colorizer}${renderFactor === undefined ? '' : ` at render factor ${renderFactor}`}`;
}
