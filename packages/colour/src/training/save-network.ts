import { countParameters, researchUseNotice, saveModel } from '@chromaray/engine';
import { sideUnit } from '../network/colour-unet.js';
import { type ColourAnswer, colourUNetFile, trainableColourUNet } from '../network/models.js';
import type { Weights } from './stage.js';

/**
 * Saves a trained network as a file of the contract `uv`, with the notice that every saved model carries.
 *
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`
 */
export function saveNetwork(file: string, weights: Weights, answer: ColourAnswer): void {
  const { initializers } = trainableColourUNet(sideUnit, 0, answer).model.graph;
  const tensors = [...weights].map(([name, data]) => [name, { ...initializers.get(name)!, data }] as const);
  const model = colourUNetFile(new Map(tensors), answer);
  saveModel(file, { ...model, metadata: new Map([['notice', researchUseNotice]]) });
}

/** Numbers that were trained. */
export function parametersOf(answer: ColourAnswer): number {
  return countParameters(trainableColourUNet(sideUnit, 0, answer));
}
