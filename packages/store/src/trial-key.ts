import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { TrialKey } from './rows.js';

/** A trial's key as text that no other trial has. */
export function keyText({ arm, seed }: TrialKey): string {
  return JSON.stringify([arm, seed]);
}

/** @param store where the trial was looked for */
export function unknownTrial(store: string, { arm, seed }: TrialKey): ChromarayError {
  return codedError('CHROMARAY_STORE_TRIAL_UNKNOWN', {
    message: `${store} holds no trial of arm "${arm}" with seed ${seed}.`,
    details: { arm, seed },
  });
}
