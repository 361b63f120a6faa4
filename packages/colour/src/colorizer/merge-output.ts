import {
  type GrayImage,
  type Image,
  mergeStretchedChroma,
  mergeStretchedLightness,
  mergeStretchedLuma,
} from '@chromaray/imaging';
import { chromaProblem, levelProblem, outputError } from './check-output.js';
import type { ColorizerContract, ContractName } from './contract.js';
import { readLevels } from './read-levels.js';

/**
 * The gray picture at its own size with the network's colours on it. The network's picture is coarse: only its
 * colours are enlarged, brightness and all detail stay those of the gray picture.
 *
 * @param output float32 [channels, side, side]
 * @param named the colorizer, for the message when its output cannot be right
 * @throws ChromarayError `CHROMARAY_COLORIZER_RANGE`
 */
export function mergeOutput(
  gray: GrayImage,
  output: Float32Array,
  contract: ColorizerContract,
  side: number,
  named: { readonly name: string; readonly contract: ContractName },
): Image {
  const square = { width: side, height: side };
  const { values } = contract.output;
  if (values === 'chroma' || values === 'uv') {
    const problem = chromaProblem(output);
    if (problem !== undefined) throw outputError(problem, contract, named);
    const plane = side * side;
    const [first, second] = [output.subarray(0, plane), output.subarray(plane)];
    if (values === 'uv') return mergeStretchedChroma(gray, { ...square, u: first, v: second });
    return mergeStretchedLightness(gray, { ...square, a: first, b: second });
  }
  const levels = readLevels(output, values);
  const problem = levelProblem(levels, gray);
  if (problem !== undefined) throw outputError(problem, contract, named);
  return mergeStretchedLuma(gray, { ...square, pixels: levels.pixels });
}
