import type { StudyFolder } from '@chromaray/contracts';
import { unfinishedTrials } from '@chromaray/store';
import { type Fleet, fleetSchema } from './fleet-schema.js';

/** Where a study's trials were given, and who computes them. What executes trials elsewhere is loaded when somebody asks. */
export async function readFleet(folder: StudyFolder, signal: AbortSignal): Promise<Fleet> {
  const { studyFleet } = await import('@chromaray/remote');
  return fleetSchema.parse(await studyFleet(folder.root, { unfinished: unfinishedTrials(folder), signal }));
}
