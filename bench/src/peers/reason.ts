import type { spawnSync } from 'node:child_process';

/** Why a command failed, in one line. */
export function reasonOf(what: string, { error, stderr }: Pick<ReturnType<typeof spawnSync>, 'error' | 'stderr'>) {
  const said = String(stderr ?? '')
    .trim()
    .split('\n')
    .at(-1);
  return `${what}: ${error?.message ?? said ?? ''}`;
}
