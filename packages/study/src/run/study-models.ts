import { totalmem } from 'node:os';
import { ChromarayError } from '@chromaray/base';
import { estimateTrainingMemory, type TrainableModel, type WeightsFile } from '@chromaray/engine';
import { inputTransform } from '../arm/input-transform.js';
import type { StudyFile } from '../file/study-file.js';
import { buildModel, readWeights } from '../model/build-model.js';

/** What is known of a study's networks before anything is trained. */
export interface StudyModels {
  /** The file that weights come from; undefined for networks that begin at random. */
  readonly weights: WeightsFile | undefined;
  /** What a process that trains the largest of them holds at most, estimated. */
  readonly memoryBytes: number;
}

/**
 * Builds the network of every arm once, so that a network that cannot be built, cannot be trained or does not fit
 * into memory is refused before pictures are read.
 *
 * @param machineBytes memory of the machine; a container's limit counts
 * @throws ChromarayError what `buildModel` throws; `CHROMARAY_STUDY_MEMORY` for a network and batch that need more
 *   memory than there is
 */
export function checkModels(study: StudyFile, machineBytes: number = machineMemory()): StudyModels {
  const { model, image, training } = study;
  const weights = readWeights(model);
  let largest: SizedNetwork | undefined;
  for (const { name, colour } of study.arms) {
    const options = { imageSize: image.size, transform: inputTransform(colour), seed: 0, weights };
    const network = buildModel(model, options).model;
    const bytes = estimateTrainingMemory(network, training.batch);
    if (bytes > (largest?.bytes ?? 0)) largest = { arm: name, network, bytes };
  }
  if (largest!.bytes > machineBytes) throw tooLarge(largest!, training.batch, machineBytes);
  return { weights, memoryBytes: largest!.bytes };
}

interface SizedNetwork {
  readonly arm: string;
  readonly network: TrainableModel;
  readonly bytes: number;
}

function machineMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

function tooLarge({ arm, network, bytes }: SizedNetwork, batch: number, machineBytes: number) {
  const fits = largestBatch(network, batch, machineBytes);
  const gib = (value: number): string => `${(value / 2 ** 30).toFixed(1)} GiB`;
  return new ChromarayError({
    code: 'CHROMARAY_STUDY_MEMORY',
    message: `Training the arm ${arm} with batches of ${batch} needs about ${gib(bytes)} of memory; this machine has ${gib(machineBytes)}.`,
    remedy:
      fits === 0
        ? 'Use smaller images or a smaller network: even one picture a batch does not fit.'
        : `Use \`batch: ${fits}\` or less, smaller images, or a smaller network.`,
    details: { arm, batch, bytes, machineBytes, largestBatch: fits },
  });
}

/** The largest batch that fits, by halving; 0 when not even one picture does. */
function largestBatch(network: TrainableModel, batch: number, bytes: number): number {
  let fits = 0;
  for (let above = batch; above - fits > 1; ) {
    const middle = Math.floor((fits + above) / 2);
    if (estimateTrainingMemory(network, middle) <= bytes) fits = middle;
    else above = middle;
  }
  return fits;
}
