import { countParameters, researchUseNotice, saveModel } from '@chromaray/engine';
import type { ColorizerNetwork, ColourLoss, Weights } from '../network/colorizer-network.js';
import type { ColourAnswer } from '../network/models.js';

/**
 * Saves a trained network as a file of its contract, with the notice that every saved model carries.
 *
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`
 */
export function saveNetwork(file: string, network: ColorizerNetwork, weights: Weights, answer: ColourAnswer): void {
  saveModel(file, { ...network.file(weights, answer), metadata: new Map([['notice', researchUseNotice]]) });
}

/** Numbers that were trained. */
export function parametersOf(network: ColorizerNetwork, answer: ColourAnswer, loss: ColourLoss): number {
  return countParameters(network.form(2 * network.sideUnit, 0, answer, loss).model);
}
