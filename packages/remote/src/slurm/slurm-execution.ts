import path from 'node:path';
import type { TrialExecution } from '@chromaray/trials';
import { placeWithSeed } from '../fleet/place-trials.js';
import { PlacementRecord } from '../fleet/placement-record.js';
import { sharedFolder } from './array-folder.js';
import { slurmRunner } from './slurm-runner.js';
import type { SlurmSetup } from './slurm-setup.js';

/** Slurm as what executes a study's trials: all that are open at once. */
export function slurmExecution(
  setup: Omit<SlurmSetup, 'memoryBytes'>,
  { mix = false }: { readonly mix?: boolean } = {},
): TrialExecution {
  return {
    runner: (locate, memoryBytes) => slurmRunner({ ...setup, memoryBytes })(locate),
    mix,
    place: async (request) => placeWithSeed(recordOf(setup), request),
    concurrency: Number.POSITIVE_INFINITY,
  };
}

function recordOf({ record, shared }: Pick<SlurmSetup, 'record' | 'shared'>): PlacementRecord {
  return new PlacementRecord(path.dirname(record), { on: 'slurm', exchange: sharedFolder(shared).exchange });
}
