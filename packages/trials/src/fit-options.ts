import type { ScheduleSpec, TrainingSection } from '@chromaray/contracts';
import type { FitOptions, Optimizer, Schedule } from '@chromaray/engine';
import { backendOptions } from './backend-options.js';
import { type ExecutionProfile, profileText } from './execution-profile.js';
import type { TrialTask } from './trial-task.js';

/** A study file's training section in the trainer's terms. @param profile what computes */
export function fitOptions(
  task: TrialTask,
  checkpoints: string,
  profile: ExecutionProfile,
  learningRateFactors: ReadonlyMap<string, number> = new Map(),
): FitOptions {
  const { training } = task;
  return {
    loss:
      training.loss === 'mean-squared-error'
        ? { kind: 'mean-squared-error' }
        : { kind: training.loss, labelSmoothing: training.labelSmoothing },
    optimizer: optimizer(training),
    learningRate: training.learningRate,
    schedule: schedule(training.schedule),
    batch: training.batch,
    epochs: training.epochs,
    ...(task.until === undefined ? {} : { until: task.until }),
    seed: task.seed,
    monitor: { metric: 'validationLoss', mode: 'min' },
    select: training.select,
    ...(learningRateFactors.size === 0 ? {} : { learningRateFactors }),
    ...backendOptions(training),
    threads: task.profile.threads,
    checkpoint: { folder: checkpoints, identity: task.fingerprint, profile: profileText(profile) },
    ...(training.clipNorm === undefined ? {} : { clipNorm: training.clipNorm }),
    ...(training.patience === undefined ? {} : { earlyStopping: { patience: training.patience } }),
  };
}

function optimizer(training: TrainingSection): Optimizer {
  switch (training.optimizer) {
    case 'adam':
      return { kind: 'adam' };
    case 'adamw':
      return { kind: 'adamw', weightDecay: training.weightDecay };
    case 'sgd':
      return { kind: 'sgd', momentum: training.momentum };
  }
}

function schedule(spec: ScheduleSpec): Schedule {
  if (typeof spec === 'string') return { kind: spec };
  return { kind: 'step', everyEpochs: spec.step.every, factor: spec.step.factor };
}
