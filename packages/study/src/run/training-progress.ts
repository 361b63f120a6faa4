import type { OnStudyEvent, TrialEpoch } from '@chromaray/contracts';
import type { TrialTask } from '@chromaray/trials';

/** Adds up what all trials of a study have done into one number with a known end. */
export class TrainingProgress {
  /** Steps done by trial; early stopping makes a trial jump to its end. */
  private readonly done = new Map<TrialTask, number>();
  private readonly stepsPerEpoch: number;
  private finishedTrials: number;

  constructor(
    private readonly tasks: readonly TrialTask[],
    kept: readonly TrialTask[],
    private readonly onEvent: OnStudyEvent,
  ) {
    const first = tasks[0];
    this.stepsPerEpoch = first === undefined ? 0 : Math.ceil(first.parts.train.labels.length / first.training.batch);
    this.finishedTrials = kept.length;
    for (const task of kept) this.done.set(task, this.steps(task));
    for (const task of kept) this.trial(task, 'kept');
  }

  started(task: TrialTask, resumedAtEpoch: number): void {
    this.done.set(task, resumedAtEpoch * this.stepsPerEpoch);
    this.trial(task, resumedAtEpoch > 0 ? 'resumed' : 'started');
  }

  step(task: TrialTask, epoch: number, step: number, steps: number): void {
    this.done.set(task, (epoch - 1) * this.stepsPerEpoch + step);
    this.report(`${task.arm}, seed ${task.seed}: epoch ${epoch}/${task.training.epochs}, step ${step}/${steps}`);
  }

  epoch(task: TrialTask, epoch: TrialEpoch): void {
    this.done.set(task, epoch.epoch * this.stepsPerEpoch);
    this.onEvent({ kind: 'epoch', arm: task.arm, seed: task.seed, epoch });
    this.report(`${task.arm}, seed ${task.seed}: epoch ${epoch.epoch}/${task.training.epochs}`);
  }

  finished(task: TrialTask): void {
    this.finishedTrials++;
    this.done.set(task, this.steps(task));
    this.trial(task, 'finished');
  }

  failed(task: TrialTask): void {
    this.trial(task, 'failed');
  }

  private steps(task: TrialTask): number {
    return this.stepsPerEpoch * task.training.epochs;
  }

  private trial(task: TrialTask, state: 'started' | 'resumed' | 'finished' | 'kept' | 'failed'): void {
    const { arm, seed } = task;
    this.onEvent({ kind: 'trial', arm, seed, state, finished: this.finishedTrials, trials: this.tasks.length });
  }

  private report(detail: string): void {
    this.onEvent({
      kind: 'progress',
      phase: 'training',
      done: [...this.done.values()].reduce((sum, steps) => sum + steps, 0),
      total: this.tasks.reduce((sum, task) => sum + this.steps(task), 0),
      unit: 'steps',
      detail,
    });
  }
}
