/**
 * Runs jobs, a few at a time, in order. After the first failure or an abort no new job starts; the jobs that
 * run are awaited, so that nothing goes on behind the caller's back, and the first error is thrown.
 */
export async function runAll<T>(
  jobs: readonly T[],
  concurrency: number,
  run: (job: T) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < jobs.length && failures.length === 0 && !signal.aborted) {
      const job = jobs[next++]!;
      try {
        await run(job);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, jobs.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
