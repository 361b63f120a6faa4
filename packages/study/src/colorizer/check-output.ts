import type { GrayImage } from '@chromaray/imaging';
import { colorizerError } from './colorizer-error.js';
import type { ColorizerContract, ContractName } from './contract.js';
import { imagenet } from './imagenet.js';

/** A network may overshoot; this far beyond the scale, in gray levels, it is on another scale. */
const overshoot = 24;
/** More of a picture than this off the scale cannot be overshooting. */
const mostOff = 0.5;
/** The brightest level of a picture that counts as black. */
const black = 8;
/** sRGB's colours lie within 108 of gray on either axis of Lab. */
const mostChroma = 160;

/**
 * Refuses output that can only come from another contract: numbers that are none, a black or a saturated
 * picture, chroma that no colour has. A network that wants normalised pixels turns black under the raw
 * contract; one with the normalisation inside saturates under the other.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_RANGE`
 */
export function checkOutput(
  output: Float32Array,
  gray: GrayImage,
  contract: ColorizerContract,
  named: { readonly name: string; readonly contract: ContractName },
): void {
  const problem = contract.output.values === 'chroma' ? chromaProblem(output) : levelProblem(output, gray, contract);
  if (problem === undefined) return;
  throw colorizerError('RANGE', {
    message: `The colorizer "${named.name}" ${problem}; the contract "${named.contract}" expects ${contract.summary}.`,
    remedy: 'Add the file again under the contract it was exported for; see chromaray colorizer add --help.',
    details: { colorizer: named.name, contract: named.contract },
  });
}

function chromaProblem(output: Float32Array): string | undefined {
  let most = 0;
  for (const value of output) {
    if (!Number.isFinite(value)) return 'gives values that are no numbers';
    most = Math.max(most, Math.abs(value));
  }
  return most > mostChroma ? `gives a chroma of ${Math.round(most)}, which no colour has` : undefined;
}

function levelProblem(output: Float32Array, gray: GrayImage, contract: ColorizerContract): string | undefined {
  const plane = output.length / 3;
  const normalised = contract.output.values === 'imagenet';
  let brightest = Number.NEGATIVE_INFINITY;
  let below = 0;
  let above = 0;
  for (let i = 0; i < output.length; i++) {
    const value = output[i]!;
    if (!Number.isFinite(value)) return 'gives values that are no numbers';
    const channel = (i / plane) | 0;
    const level = normalised ? 255 * (value * imagenet.deviation[channel]! + imagenet.mean[channel]!) : value;
    if (level > brightest) brightest = level;
    if (level < -overshoot) below++;
    else if (level > 255 + overshoot) above++;
  }
  if (brightest < black && mean(gray.data) > 2 * black) return 'gives a black picture for one that is not';
  if (below + above > mostOff * output.length) return 'gives a saturated picture';
  return undefined;
}

function mean(levels: Uint8Array): number {
  let sum = 0;
  for (const level of levels) sum += level;
  return sum / levels.length;
}
