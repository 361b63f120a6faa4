import { sha256 } from '@chromaray/base';
import type { ColourSpec } from '@chromaray/contracts';
import {
  informationChannels,
  type PackColouring,
  smoothRandom,
  smoothRandomColourfulness,
  smoothRandomVersion,
} from '@chromaray/imaging';
import { isColouredBefore } from '../arm/input-transform.js';
import { type FindOptions, openColorizer } from './open.js';

/** How the pictures of an arm's packs are coloured, for as long as it is not released. */
export interface ArmColouring {
  readonly colouring: PackColouring;
  release(): Promise<void>;
}

/** Raise it when the information channels of the same picture would come out otherwise. */
const informationVersion = 1;

/**
 * Opens what an arm needs to colour its pictures before training; undefined for an arm that is fed gray pixels.
 *
 * A colorizer is given the whole picture, as the original study did, and its colours are reduced with it. The
 * information channels and the smooth random colours are made of exactly the pixels that a gray arm sees, so that they
 * can hold nothing that the gray arm was not given.
 *
 * @throws ChromarayError as `openColorizer`
 */
export async function openArmColouring(
  colour: ColourSpec,
  options: Omit<FindOptions, 'renderFactor' | 'seed'> = {},
): Promise<ArmColouring | undefined> {
  if (!isColouredBefore(colour)) return undefined;
  if ('channels' in colour) {
    const key = sha256(JSON.stringify(['information channels', informationVersion]));
    return { colouring: { key, at: 'pack-size', colour: informationChannels }, release: async () => {} };
  }
  if ('map' in colour) {
    const { map, ...options } = colour;
    const { seed = 0, colourfulness = smoothRandomColourfulness } = options;
    const key = sha256(JSON.stringify([map, smoothRandomVersion, seed, colourfulness]));
    return { colouring: { key, at: 'pack-size', colour: smoothRandom(options) }, release: async () => {} };
  }
  const { colorizer: name, ...chosen } = colour;
  const colorizer = await openColorizer(name, { ...options, ...chosen });
  return {
    colouring: {
      key: colorizer.key,
      at: 'full-size',
      colour: async (gray) => (await colorizer.colorize([gray]))[0]!,
    },
    release: () => colorizer.release(),
  };
}
