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
  /** Who executed the trials last does so again, whatever the study file says: that in a study's folder says nothing of it. */
  readonly resume?: boolean;
}

export type StudyBegun = { readonly started: true } | { readonly error: SerializedError };

/** The error that a process began with, or undefined. */
export function beganWith(begun: StudyBegun): Error | undefined {
  return 'error' in begun ? deserializeError(begun.error) : undefined;
}
