/** One epoch of a trial, as stored. Losses include regularisation; accuracies are at 0.5. */
export interface TrialEpoch {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  readonly validationAuroc: number;
  readonly learningRate: number;
  readonly seconds: number;
}
