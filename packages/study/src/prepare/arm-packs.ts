import { openArmColouring } from '@chromaray/colour';
import { type OnStudyEvent, type Part, type StudyFile, studyOfArm } from '@chromaray/contracts';
import { pixelsOf } from './arm-pixels.js';
import type { ArmTraining } from './arm-training.js';
import { type BuiltPart, buildPartPacks } from './part-packs.js';

/** What decides the pixels that a study's arms train and test on. */
export interface ArmPackInputs {
  readonly study: StudyFile;
  /** By arm. */
  readonly training: ReadonlyMap<string, ArmTraining>;
}

/**
 * The packs every arm reads, by the name of its pixels ({@link pixelsOf}). Arms whose colour is a table lookup in the
 * network share the gray ones.
 */
export async function armPacks(
  { study, training }: ArmPackInputs,
  directory: string,
  onEvent: OnStudyEvent,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Readonly<Record<Part, BuiltPart>>>> {
  const packs = new Map<string, Readonly<Record<Part, BuiltPart>>>();
  for (const arm of study.arms) {
    const kind = pixelsOf(study, arm);
    if (packs.has(kind)) continue;
    const colouring = await openArmColouring(arm.colour);
    const inputs = { ...training.get(arm.name)!, study: studyOfArm(study, arm) };
    try {
      packs.set(kind, await buildPartPacks(inputs, directory, onEvent, signal, colouring?.colouring));
    } finally {
      await colouring?.release();
    }
  }
  return packs;
}
