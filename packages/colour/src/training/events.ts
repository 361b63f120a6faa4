import type { StretchRecord } from '@chromaray/engine';
import type { Photographs } from '../photographs/gather.js';
import type { TrainingStage } from './plan.js';

/** What a training of a colorizer tells as it goes. */
export type ColorizerTrainingEvent =
  | {
      readonly kind: 'photographs';
      readonly step: 'reading' | 'comparing';
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'gathered'; readonly photographs: Photographs }
  | { readonly kind: 'warning'; readonly message: string }
  | {
      readonly kind: 'stage';
      readonly stage: number;
      readonly stages: readonly TrainingStage[];
      readonly resumedFrom: number;
    }
  | {
      readonly kind: 'step';
      readonly stage: number;
      readonly stages: readonly TrainingStage[];
      readonly epoch: number;
      readonly loss: number;
      /** Work done and in all, in photographs of 64 pixels, of which a larger one is as many as its area. */
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly kind: 'epoch';
      readonly stage: number;
      readonly epoch: number;
      readonly loss: number;
      readonly sheet: string;
    }
  /** Generator and critic resume after so many of their steps. */
  | { readonly kind: 'turns'; readonly stage: 'critic' | 'nogan'; readonly round: number; readonly resumedFrom: number }
  | {
      /** A step of one of them. */
      readonly kind: 'turn';
      readonly stage: 'critic' | 'nogan';
      /** From 0. */
      readonly round: number;
      readonly side: number;
      readonly step: number;
      readonly steps: number;
      readonly trained: 'generator' | 'critic';
      readonly loss: number;
    }
  | {
      readonly kind: 'stretch';
      readonly stage: 'critic' | 'nogan';
      readonly round: number;
      /** Of the stage. */
      readonly step: number;
      readonly record: StretchRecord;
      readonly sheet: string;
    };
