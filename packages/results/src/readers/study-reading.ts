import type { Reading } from '@chromaray/evidence';

/** A reading with what else is known of it. */
export interface StudyReading extends Reading {
  /** From the case's appearance to the answer. */
  readonly seconds?: number;
  readonly session?: string;
  /** Place in the session, from 1. */
  readonly position?: number;
  /** The reader's own decision: 1 for positive. */
  readonly call?: 0 | 1;
}
