import type { Problem } from './problem.js';
import type { StudyFile } from './study-file.js';

/** What the section on execution gets wrong that is well-shaped. What a command line may still add is not missed here. */
export function executionProblems({ execution }: StudyFile): readonly Problem[] {
  if (execution === undefined) return [];
  const { on, queue, exchange, slurm, profiles } = execution;
  const misplaced: readonly (readonly [key: string, given: boolean, allowed: boolean, remedy: string])[] = [
    ['queue', queue !== undefined, on === 'queue', 'Remove it, or write `on: queue`.'],
    ['exchange', exchange !== undefined, on !== 'local', 'Remove it, or write `on: queue` or `on: slurm`.'],
    ['profiles', profiles !== undefined, on === 'queue', 'Remove it, or write `on: queue`.'],
    ['slurm', slurm !== undefined, on === 'slurm', 'Remove it, or write `on: slurm`.'],
  ];
  const problems: Problem[] = misplaced
    .filter(([, given, allowed]) => given && !allowed)
    .map(([key, , , remedy]) => ({
      code: 'EXECUTION',
      path: ['execution', key],
      message: `"execution.${key}" has no meaning for "on: ${on}"`,
      remedy,
    }));
  if (queue !== undefined && holdsPassword(queue)) {
    problems.push({
      code: 'EXECUTION',
      path: ['execution', 'queue'],
      message: 'the address in "execution.queue" holds a password, and a study file is copied and shared',
      remedy: 'Remove it there, and put the whole address into the environment variable CHROMARAY_QUEUE.',
    });
  }
  return problems;
}

function holdsPassword(address: string): boolean {
  return URL.canParse(address) && new URL(address).password !== '';
}
