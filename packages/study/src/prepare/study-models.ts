import { inputTransform } from '@chromaray/colour';
import type { OnStudyEvent, StudyFile } from '@chromaray/contracts';
import {
  checkMemory,
  checkPicturesApart,
  createBackend,
  estimateTrainingMemory,
  type UntrainedConstant,
  type WeightsFile,
  type WidenedNumbers,
} from '@chromaray/engine';
import { buildModel, readWeights } from '@chromaray/trials';

/** What is known of a study's networks before anything is trained. */
export interface StudyModels {
  /** The file that weights come from; undefined for networks that begin at random. */
  readonly weights: WeightsFile | undefined;
  /** Constants of an imported network that are used as weights are and stay as they are. */
  readonly untrained: readonly UntrainedConstant[];
  /** Numbers of its file that are stored in half precision. */
  readonly widened: WidenedNumbers | undefined;
  /** What a process that trains the largest of them holds at most, estimated. */
  readonly memoryBytes: number;
}

/**
 * Builds the network of every arm once, so that a network that cannot be built, cannot be trained or does not fit
 * into memory is refused before pictures are read.
 *
 * @throws ChromarayError what `buildModel`, `checkMemory` and `checkPicturesApart` throw
 */
export async function checkModels(study: StudyFile, machineBytes?: number): Promise<StudyModels> {
  const { model, image, training } = study;
  const weights = readWeights(model);
  const backend = createBackend(training.backend, training.provider).name;
  const networks = study.arms.map(({ name, colour }) => {
    const options = { imageSize: image.size, transform: inputTransform(colour), seed: 0, weights };
    const { model: network, untrained, widened } = buildModel(model, options);
    return { name, network, untrained, widened };
  });
  const bytes = networks.map(({ name, network }) => {
    // What an accelerator holds does not lie in the machine's memory; what it has, its provider says itself.
    if (training.provider !== 'cpu') return estimateTrainingMemory(network, training.batch, backend);
    return checkMemory({
      ...{ model: network, batch: training.batch, backend, label: `A trial of the arm ${name}` },
      ...(machineBytes === undefined ? {} : { machineBytes }),
    });
  });
  // Arms differ in their input alone, which takes each picture by itself.
  const [{ network, untrained, widened }] = networks as [(typeof networks)[number]];
  await checkPicturesApart(network.model, network.logits, weights?.file ?? `The preset ${model.preset}`);
  return { weights, untrained, widened, memoryBytes: Math.max(...bytes) };
}

/** Says which constants of the networks' file stay as they are though used as weights, and which numbers change their type. */
export function announceImport({ weights, untrained, widened }: StudyModels, onEvent: OnStudyEvent): void {
  if (weights === undefined) return;
  const { file } = weights;
  if (untrained.length > 0) onEvent({ kind: 'constants-untrained', file, constants: untrained });
  if (widened !== undefined) onEvent({ kind: 'weights-widened', file, types: widened.types, numbers: widened.count });
}
