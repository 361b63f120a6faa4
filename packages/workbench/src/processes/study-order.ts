import { deserializeError, type SerializedError } from '@chromaray/base';

/** What a process is to run. */
export interface StudyOrder {
  /** Absolute path of the study file. */
  readonly file: string;
  /** Folder that holds studies. */
  readonly studies: string;
  readonly acceptRisks: readonly string[];
  readonly retrain: boolean;
  readonly amend: string | null;
}

export type StudyBegun = { readonly started: true } | { readonly error: SerializedError };

/** The error that a process began with, or undefined. */
export function beganWith(begun: StudyBegun): Error | undefined {
  return 'error' in begun ? deserializeError(begun.error) : undefined;
}
