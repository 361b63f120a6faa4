import { armPixels, openArmColouring } from '@chromaray/colour';
import type { OnStudyEvent, Part } from '@chromaray/contracts';
import { type BuiltPart, buildPartPacks, type PackInputs } from './part-packs.js';

/**
 * The packs every arm reads, by the kind of its pixels. Arms whose colour is a table lookup in the network
 * share the gray ones.
 */
export async function armPacks(
  inputs: PackInputs,
  directory: string,
  onEvent: OnStudyEvent,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Readonly<Record<Part, BuiltPart>>>> {
  const packs = new Map<string, Readonly<Record<Part, BuiltPart>>>();
  for (const { colour } of inputs.study.arms) {
    const kind = armPixels(colour);
    if (packs.has(kind)) continue;
    const colouring = await openArmColouring(colour);
    try {
      packs.set(kind, await buildPartPacks(inputs, directory, onEvent, signal, colouring?.colouring));
    } finally {
      await colouring?.release();
    }
  }
  return packs;
}
