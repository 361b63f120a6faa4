import { rmSync } from 'node:fs';
import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { profileText, type TrialResult, type TrialTask } from '@chromaray/trials';
import type { Exchange } from '../exchange/exchange.js';
import { messageError } from '../task/message-error.js';
import { decodeResult } from '../task/result-message.js';
import { trialId } from '../task/trial-id.js';

/**
 * The result of a trial, once it was published: its model goes to `model`.
 *
 * @returns null when there is none so far
 * @throws ChromarayError `CHROMARAY_REMOTE_DIFFERS` when the trial was run more than once and gave different numbers;
 *   `CHROMARAY_REMOTE_MESSAGE` for what is no result of this trial; what the exchange throws
 */
export async function collectResult(
  exchange: Exchange,
  task: TrialTask,
  model: string,
  signal: AbortSignal,
): Promise<TrialResult | null> {
  const trial = trialId(task);
  const published = await exchange.result(trial, signal);
  if (published === null) return null;
  const { result, worker } = decodeResult(published, task);
  const others = await exchange.conflicts(trial, signal);
  if (others.length > 0) {
    const workers = [worker, ...others.map((other) => decodeResult(other, task).worker)];
    throw differs(task, workers, exchange.address);
  }
  if (result.modelHash !== published.model.sha256) throw messageError('result', 'has the model of another');
  rmSync(model, { force: true });
  await exchange.fetch(published.model, model, signal);
  return { ...result, worker };
}

/** One trial, one profile, and not the same bits. */
export function differs(
  { arm, seed, profile }: Pick<TrialTask, 'arm' | 'seed' | 'profile'>,
  workers: readonly string[],
  address: string,
): ChromarayError {
  return codedError('CHROMARAY_REMOTE_DIFFERS', {
    message:
      `The trial ${arm}, seed ${seed}, was run more than once, by ${workers.join(' and ')}, and did not give the same bits, ` +
      `though all computed as ${profileText(profile)}. Both results are kept in ${address}.`,
    details: { arm, seed, workers, profile },
  });
}
