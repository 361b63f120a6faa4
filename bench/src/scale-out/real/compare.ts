import os from 'node:os';
import { measuredCosts } from '../model/measured.js';
import type { Scenario } from '../model/scenario.js';
import { simulate } from '../model/simulate.js';
import { mimic } from '../tables.js';
import { runReally, type WaitingStudy } from './run-real.js';

const study: WaitingStudy = { trials: 8, epochs: 4, trialSeconds: 4 };

/**
 * Real runs beside simulated ones. What a trial takes besides its training comes from the run with one worker; the simulation then says how
 * long the same takes with more.
 */
export async function compareWithReality(workers: readonly number[]): Promise<string> {
  const rows: string[] = [];
  let between: number | undefined;
  for (const count of workers) {
    const load = os.loadavg()[0]!;
    const seconds = await runReally(study, count);
    between ??= Math.max(0, seconds / study.trials - study.trialSeconds) * count;
    const simulated = simulate(scenarioOf(between, count)).seconds;
    const apart = (100 * (simulated - seconds)) / seconds;
    rows.push(
      `| ${[count, seconds.toFixed(1), simulated.toFixed(1), `${apart.toFixed(0)} %`, load.toFixed(0)].join(' | ')} |`,
    );
  }
  return [
    `${study.trials} trials of ${study.trialSeconds} s; ${between?.toFixed(2)} s a trial besides training, from the run with one worker`,
    '',
    '| workers | real, s | simulated, s | apart | load before |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function scenarioOf(start: number, workers: number): Scenario {
  return {
    ...mimic,
    ...{ arms: 1, seeds: study.trials, epochs: study.epochs, workers, threads: 1, cores: 1, packBytes: 1e5 },
    ...{
      epochWork: study.trialSeconds / study.epochs,
      predictWork: 0,
      spread: 0,
      checkpointBytes: 1e5,
      resultBytes: 1e4,
      rows: 30,
    },
    costs: { ...measuredCosts, start },
  };
}
