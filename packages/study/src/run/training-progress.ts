import type { EventError, OnStudyEvent, Progressed, TrialEpoch } from '@chromaray/contracts';
import type { TrialTask } from '@chromaray/trials';

/** Adds up what all trials of a study have done into one number with a known end. */
export class TrainingProgress {
  /** Steps done by trial; early stopping makes a trial jump to its end. */
  private readonly done = new Map<TrialTask, number>();
  private finishedTrials: number;

  constructor(
    private readonly tasks: readonly TrialTask[],
    kept: readonly TrialTask[],
    private readonly onEvent: OnStudyEvent,
  ) {
    this.finishedTrials = kept.length;
    for (const task of kept) this.done.set(task, this.steps(task));
    for (const task of kept) this.onEvent({ kind: 'trial-kept', ...this.place(task) });
  }

  started(task: TrialTask, resumedAtEpoch: number, worker?: string): void {
    this.done.set(task, resumedAtEpoch * stepsPerEpoch(task));
    const place = { ...this.place(task), ...by(worker) };
    this.onEvent(
      resumedAtEpoch > 0
        ? { kind: 'trial-resumed', ...place, epochs: resumedAtEpoch }
        : { kind: 'trial-started', ...place },
    );
  }

  step(task: TrialTask, epoch: number, step: number, steps: number): void {
    this.done.set(task, (epoch - 1) * stepsPerEpoch(task) + step);
    this.report(task, { epoch, step, steps });
  }

  epoch(task: TrialTask, epoch: TrialEpoch): void {
    this.done.set(task, epoch.epoch * stepsPerEpoch(task));
    this.onEvent({ kind: 'epoch-done', arm: task.arm, seed: task.seed, epoch });
    this.report(task, { epoch: epoch.epoch });
  }

  finished(task: TrialTask, worker?: string): void {
    this.finishedTrials++;
    this.done.set(task, this.steps(task));
    this.onEvent({ kind: 'trial-finished', ...this.place(task), ...by(worker) });
  }

  failed(task: TrialTask, { code, message, remedy }: EventError): void {
    this.onEvent({ kind: 'trial-failed', ...this.place(task), error: { code, message, remedy } });
  }

  interrupted(task: TrialTask): void {
    this.onEvent({ kind: 'trial-interrupted', ...this.place(task) });
  }

  /** The newest checkpoint of a trial is damaged; it resumes from the one before. */
  fellBack({ arm, seed }: TrialTask, reason: string): void {
    this.onEvent({ kind: 'fell-back', what: 'checkpoint', arm, seed, reason });
  }

  private steps(task: TrialTask): number {
    return stepsPerEpoch(task) * task.training.epochs;
  }

  private place({ arm, seed }: TrialTask) {
    return { arm, seed, finished: this.finishedTrials, trials: this.tasks.length };
  }

  private report(task: TrialTask, at: Pick<Progressed, 'epoch' | 'step' | 'steps'>): void {
    this.onEvent({
      kind: 'progress',
      phase: 'training',
      done: [...this.done.values()].reduce((sum, steps) => sum + steps, 0),
      total: this.tasks.reduce((sum, task) => sum + this.steps(task), 0),
      unit: 'steps',
      arm: task.arm,
      seed: task.seed,
      epochs: task.training.epochs,
      ...at,
    });
  }
}

function by(worker: string | undefined): { readonly worker?: string } {
  return worker === undefined ? {} : { worker };
}

/** Arms may differ in what they train on and in their batches. */
function stepsPerEpoch({ parts, training }: TrialTask): number {
  return Math.ceil(parts.train.labels.length / training.batch);
}
