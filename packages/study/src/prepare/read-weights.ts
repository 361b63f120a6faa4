import type { ModelSection } from '@chromaray/contracts';
import { loadWeights, type WeightsFile } from '@chromaray/engine';
import { readWeightsAt } from '@chromaray/installed';

/**
 * The weights that a model section names, by path or by the name of installed ones; undefined when it names none.
 *
 * @throws ChromarayError as `loadWeights` and `readWeightsAt` do
 */
export function readWeights({ onnx, weights }: ModelSection): WeightsFile | undefined {
  if (onnx !== undefined) return loadWeights(onnx);
  return weights === undefined ? undefined : readWeightsAt(weights);
}
