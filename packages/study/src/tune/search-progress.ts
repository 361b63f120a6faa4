import type { OnStudyEvent, Rung } from '@chromaray/contracts';
import type { TrialTask } from '@chromaray/trials';

/**
 * How far a search is, in training steps. Which candidates go on is not known beforehand, so that stages to come are
 * counted with the mean of an arm's candidates.
 */
export class SearchProgress {
  private readonly done = new Map<TrialTask, number>();
  private stages: readonly (readonly TrialTask[])[] = [];

  constructor(
    private readonly tasks: readonly TrialTask[],
    private readonly rungs: readonly Rung[],
    private readonly arms: number,
    private readonly onEvent: OnStudyEvent,
  ) {}

  /** A stage begins with these candidates of all arms. */
  begin(stage: readonly TrialTask[]): void {
    this.stages = [...this.stages, stage];
  }

  /** A candidate has come so far, in epochs; part of an epoch counts. */
  at(task: TrialTask, epochs: number, where: { readonly epoch?: number } = {}): void {
    this.done.set(task, epochs * stepsPerEpoch(task));
    this.onEvent({
      kind: 'progress',
      phase: 'tuning',
      done: Math.round([...this.done.values()].reduce((sum, steps) => sum + steps, 0)),
      total: Math.round(this.total()),
      unit: 'steps',
      arm: task.arm,
      epochs: task.training.epochs,
      ...where,
    });
  }

  private total(): number {
    const mean = this.tasks.reduce((sum, task) => sum + stepsPerEpoch(task), 0) / this.tasks.length;
    return this.rungs.reduce((sum, rung, i) => {
      const epochs = rung.epochs - (this.rungs[i - 1]?.epochs ?? 0);
      const steps =
        this.stages[i]?.reduce((all, task) => all + stepsPerEpoch(task), 0) ?? this.arms * rung.candidates * mean;
      return sum + epochs * steps;
    }, 0);
  }
}

function stepsPerEpoch({ parts, training }: TrialTask): number {
  return Math.ceil(parts.train.labels.length / training.batch);
}
