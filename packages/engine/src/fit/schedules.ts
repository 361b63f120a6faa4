import type { Schedule } from '../training/types.js';

/** How long a training is planned to be. */
export interface Plan {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
}

/**
 * The learning rate of a step.
 *
 * @param base the rate the schedule's factors apply to
 * @param step steps done before this one: 0 for the first
 */
export function learningRateAt(schedule: Schedule, base: number, step: number, plan: Plan): number {
  switch (schedule.kind) {
    case 'constant':
      return base;
    case 'step':
      return base * schedule.factor ** Math.floor(step / plan.stepsPerEpoch / schedule.everyEpochs);
    case 'cosine':
      return cosine(schedule, base, step, plan);
    case 'one-cycle':
      return oneCycle(schedule, base, step, plan);
  }
}

/** True when the rate of a step depends on how many epochs are planned. */
export function dependsOnEpochs(schedule: Schedule): boolean {
  return schedule.kind === 'cosine' || schedule.kind === 'one-cycle';
}

function cosine(
  { warmupEpochs = 0, final = 0 }: Extract<Schedule, { kind: 'cosine' }>,
  base: number,
  step: number,
  { epochs, stepsPerEpoch }: Plan,
): number {
  const warmup = Math.round(warmupEpochs * stepsPerEpoch);
  if (step < warmup) return (base * (step + 1)) / warmup;
  return anneal(base, base * final, (step - warmup) / Math.max(1, epochs * stepsPerEpoch - warmup));
}

function oneCycle(
  { warmupShare = 0.3, startDivisor = 25, endDivisor = 1e4 }: Extract<Schedule, { kind: 'one-cycle' }>,
  peak: number,
  step: number,
  { epochs, stepsPerEpoch }: Plan,
): number {
  const last = epochs * stepsPerEpoch - 1;
  const top = warmupShare * (last + 1) - 1;
  const start = peak / startDivisor;
  if (step < top) return anneal(start, peak, step / top);
  return anneal(peak, start / endDivisor, (step - top) / Math.max(1, last - top));
}

/** Half a cosine from one value to another, `share` from 0 to 1. */
function anneal(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, share)))) / 2;
}
