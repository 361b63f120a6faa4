import { readArrayRecord } from './array-record.js';
import { type Slurm, slurmCommands } from './slurm-commands.js';

/**
 * Cancels every array of a study by one command; checkpoints and results are kept.
 *
 * @param record file in the study's folder that remembers its arrays
 * @returns Slurm's numbers of the arrays; none where nothing was submitted
 * @throws ChromarayError as `Slurm.cancel` does
 */
export async function cancelArrays(record: string, slurm: Slurm = slurmCommands()): Promise<readonly number[]> {
  const jobs = readArrayRecord(record)?.arrays.flatMap(({ job }) => job ?? []) ?? [];
  await slurm.cancel(jobs.map(String));
  return jobs;
}
