import type { TrialEpoch } from './trial-epoch.js';

/** What a running study tells whoever watches. */
export type StudyEvent =
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'progress';
      readonly phase: 'reading' | 'decoding' | 'colorizing' | 'training' | 'reporting';
      readonly done: number;
      readonly total: number;
      readonly unit: 'images' | 'steps';
      readonly detail?: string;
    }
  | {
      readonly kind: 'trial';
      readonly arm: string;
      readonly seed: number;
      readonly state: 'started' | 'resumed' | 'finished' | 'kept' | 'failed';
      /** Trials finished so far, and all of the study. */
      readonly finished: number;
      readonly trials: number;
    }
  | { readonly kind: 'epoch'; readonly arm: string; readonly seed: number; readonly epoch: TrialEpoch };

export type OnStudyEvent = (event: StudyEvent) => void;
