import { isChromarayError } from '@chromaray/base';
import { type Contender, runContender } from './contender.js';
import { type Clock, type Mode, type Run, secondsOf, type Task } from './measurement.js';
import type { Network } from './networks.js';

/** One thing to be measured by all contenders alike. */
export interface Setting {
  readonly network: Network;
  readonly mode: Mode;
  readonly batch: number;
}

export interface Effort {
  readonly threads: number;
  /** In each, every contender runs once. */
  readonly rounds: number;
  /** Measured steps a round; twice as many of a prediction, which is shorter. */
  readonly steps: number;
  readonly limitSeconds: number;
  readonly weights?: string;
  readonly clock: Clock;
}

/** What came of a setting: the runs of those that ran, and why the others did not. */
export interface Outcome {
  readonly runs: ReadonlyMap<string, readonly Run[]>;
  readonly failures: ReadonlyMap<string, string>;
}

const warmUp = 3;

/**
 * All contenders by turns, so that whatever else the machine does meets all of them. Who fails or takes longer
 * than allowed is left out of the rounds that follow.
 */
export async function measure(
  { network, mode, batch }: Setting,
  contenders: readonly Contender[],
  { threads, rounds, steps, limitSeconds, weights, clock }: Effort,
  say: (text: string) => void,
): Promise<Outcome> {
  const task: Task = {
    ...{ network, mode, batch, threads, warmUp },
    steps: mode === 'training' ? steps : 2 * steps,
    ...(weights === undefined ? {} : { weights }),
  };
  const runs = new Map<string, Run[]>(contenders.map(({ name }) => [name, []]));
  const failures = new Map<string, string>();
  for (let round = 1; round <= rounds; round++) {
    for (const contender of contenders) {
      const { name } = contender;
      if (failures.has(name)) continue;
      const where = `${network.preset}, ${mode}, batch ${batch}, round ${round}/${rounds}: ${name}`;
      try {
        const run = await runContender(contender, task, limitSeconds);
        runs.get(name)!.push(run);
        say(`${where} ${(batch / secondsOf(run, clock)).toFixed(1)} images/s`);
      } catch (error) {
        if (!isChromarayError(error)) throw error;
        failures.set(name, error.message);
        runs.delete(name);
        say(`${where} left out: ${error.message}`);
      }
    }
  }
  const counts = new Set([...runs.values()].flatMap((own) => own.map(({ parameters }) => parameters)));
  if (counts.size > 1) say(`The contenders built different networks: ${[...counts].join(', ')} parameters.`);
  return { runs, failures };
}
