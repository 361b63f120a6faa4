import os from 'node:os';
import { measuredCosts } from '../model/measured.js';
import type { Scenario } from '../model/scenario.js';
import { simulate } from '../model/simulate.js';
import { mimic } from '../tables.js';
import { runReally, type WaitingStudy } from './run-real.js';

const study: WaitingStudy = { trials: 8, epochs: 4, trialSeconds: 4 };

/** Trials of the short study that shows, beside the other, what a study takes once. */
const few = 2;

/**
 * Real runs beside simulated ones, as a table. Two studies with one worker, of few and of more trials, say what a trial takes besides its training, and what
 * a study takes once, to be found by the workers and collected; the simulation then says how long the same takes with each number of workers.
 */
export async function compareWithReality(workers: readonly number[]): Promise<string> {
  const short = await runReally({ ...study, trials: few }, 1);
  const rows: string[] = [];
  let costs: Costs | undefined;
  for (const count of workers) {
    const load = os.loadavg()[0]!;
    const seconds = await runReally(study, count);
    costs ??= costsOf(short, seconds);
    const simulated = costs.once + simulate(scenarioOf(costs.trial, count)).seconds;
    const apart = (100 * (simulated - seconds)) / seconds;
    rows.push(
      `| ${[count, `${seconds.toFixed(1)} s`, `${simulated.toFixed(1)} s`, `${apart.toFixed(0)} %`, load.toFixed(0)].join(' | ')} |`,
    );
  }
  return [
    `${study.trials} trials of ${study.trialSeconds} s, ${os.availableParallelism()} cores. From ${few} and ${study.trials} trials with one worker:` +
      ` ${costs?.trial.toFixed(2)} s a trial besides training, ${costs?.once.toFixed(2)} s a study.`,
    '',
    '| workers | real | simulated | apart | load before |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Seconds besides training. */
interface Costs {
  readonly trial: number;
  readonly once: number;
}

/** @param short and `long` seconds of the two studies with one worker */
function costsOf(short: number, long: number): Costs {
  const each = (long - short) / (study.trials - few);
  return { trial: Math.max(0, each - study.trialSeconds), once: Math.max(0, short - few * each) };
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
