import type { StudyFolder } from '@chromaray/contracts';
import { openStudyReader } from '@chromaray/store';
import { type Fleet, fleetSchema } from './fleet-schema.js';

/** Where a study's trials were given, and who computes them. What executes trials elsewhere is loaded when somebody asks. */
export async function readFleet(folder: StudyFolder, signal: AbortSignal): Promise<Fleet> {
  const reader = openStudyReader(folder);
  let done: ReadonlySet<string>;
  try {
    done = new Set(reader.trials().flatMap(({ arm, seed, status }) => (status === 'done' ? [`${seed} ${arm}`] : [])));
  } finally {
    reader.close();
  }
  const { studyFleet } = await import('@chromaray/remote');
  const isDone = ({ arm, seed }: { readonly arm: string; readonly seed: number }) => done.has(`${seed} ${arm}`);
  return fleetSchema.parse(await studyFleet(folder.root, { isDone, signal }));
}
