import type { ChromarayError } from '@chromaray/base';
import type { GrayImage } from '@chromaray/imaging';
import { colorizerError } from '../errors/colorizer-error.js';
import type { ColorizerContract, ContractName } from './contract.js';
import type { OutputLevels } from './read-levels.js';

/** More of a picture than this off the scale cannot be overshooting. */
const mostOff = 0.5;
/** The brightest level of a picture that counts as black. */
const black = 8;
/** sRGB's colours lie within 108 of gray on either axis of Lab, and within 157 gray levels on either of YUV. */
const mostChroma = 160;

/**
 * Output that can only come from another contract: numbers that are none, a black or a saturated picture,
 * chroma that no colour has. A network that wants normalised pixels turns black under the raw contract; one
 * with the normalisation inside saturates under the other.
 */
export function outputError(
  problem: string,
  contract: ColorizerContract,
  named: { readonly name: string; readonly contract: ContractName },
): ChromarayError {
  return colorizerError('RANGE', {
    message: `The colorizer "${named.name}" ${problem}; the contract "${named.contract}" expects ${contract.summary}.`,
    remedy: 'Add the file again under the contract it was exported for; see chromaray colorizer add --help.',
    details: { colorizer: named.name, contract: named.contract },
  });
}

/** What is wrong with a and b of Lab or U and V of YUV, if anything. */
export function chromaProblem(output: Float32Array): string | undefined {
  let most = 0;
  for (let i = 0; i < output.length; i++) {
    const chroma = Math.abs(output[i]!);
    if (!(chroma <= most)) {
      if (!Number.isFinite(chroma)) return noNumbers;
      most = chroma;
    }
  }
  return most > mostChroma ? `gives a chroma of ${Math.round(most)}, which no colour has` : undefined;
}

/** What is wrong with red, green and blue for this gray picture, if anything. */
export function levelProblem({ pixels, brightest, off, invalid }: OutputLevels, gray: GrayImage): string | undefined {
  if (invalid > 0) return noNumbers;
  if (brightest < black && mean(gray.data) > 2 * black) return 'gives a black picture for one that is not';
  if (off > mostOff * 3 * pixels.length) return 'gives a saturated picture';
  return undefined;
}

const noNumbers = 'gives values that are no numbers';

function mean(levels: Uint8Array): number {
  let sum = 0;
  for (const level of levels) sum += level;
  return sum / levels.length;
}
