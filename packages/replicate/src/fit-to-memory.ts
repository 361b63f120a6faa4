import { totalmem } from 'node:os';
import type { NetworkPlan, ReplicationPlan } from '@chromaray/contracts';
import { buildPreset, estimateTrainingMemory } from '@chromaray/engine';

/**
 * Share of the machine's memory that a training may take. Of all its memory, not of what is free just now: a
 * resumed replication must come to the same batch.
 */
const usableShare = 0.6;

/**
 * Halves the batches that the machine has no memory for; the report lists them among the cuts. The original
 * study's batch of 1,500 pictures takes about 32 GiB.
 *
 * @param memoryBytes of the machine
 */
export function fitToMemory(plan: ReplicationPlan, memoryBytes: number = totalmem()): ReplicationPlan {
  const usable = usableShare * memoryBytes;
  return {
    ...plan,
    colour: { ...plan.colour, batch: fittingBatch('color-final', plan.colour, usable) },
    gray: { ...plan.gray, batch: fittingBatch('gray-final', plan.gray, usable) },
  };
}

function fittingBatch(preset: string, { size, batch }: NetworkPlan, usable: number): number {
  const network = buildPreset(preset, { height: size, width: size, transform: { kind: 'repeat' }, seed: 0 });
  let fitting = batch;
  while (fitting > 1 && estimateTrainingMemory(network, fitting) > usable) fitting = Math.ceil(fitting / 2);
  return fitting;
}
