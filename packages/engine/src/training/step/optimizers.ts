import type { GraphWriter } from '../../graph/graph-writer.js';
import type { Optimizer } from '../types.js';

/** Numbers that an optimizer takes anew at every step, each a float32 scalar input of the step graph. */
export type StepScalars = Readonly<Record<string, number>>;

/** One tensor being updated: names of values in the step graph. */
export interface Update {
  readonly weight: string;
  readonly gradient: string;
  readonly slots: Readonly<Record<string, string>>;
  /** Factor on the learning rate of this tensor. */
  readonly factor: number;
}

export interface Updated {
  readonly weight: string;
  readonly slots: Readonly<Record<string, string>>;
}

/** An optimizer as graph nodes; see `Optimizer` for the definitions. */
export interface OptimizerRule {
  /** State kept by tensor, each of the tensor's shape and zero at the start. */
  readonly slots: readonly string[];
  /** Names of the scalars. */
  readonly scalars: readonly string[];
  /** The scalars' values at step `step`, counted from 1. */
  scalarsAt(learningRate: number, step: number): StepScalars;
  add(builder: GraphWriter, update: Update): Updated;
}

export function optimizerRule(optimizer: Optimizer): OptimizerRule {
  switch (optimizer.kind) {
    case 'sgd':
      return sgd(optimizer.momentum ?? 0, optimizer.nesterov ?? false);
    case 'adam':
      return adam(optimizer);
    case 'adamw':
      return adamW(optimizer, optimizer.weightDecay ?? 0.004);
  }
}

function sgd(momentum: number, nesterov: boolean): OptimizerRule {
  const scalars = ['step/learningRate'];
  const scalarsAt = (learningRate: number) => ({ 'step/learningRate': learningRate });
  const change = (builder: GraphWriter, { gradient, factor }: Update) =>
    builder.node('Mul', [gradient, scaled(builder, 'step/learningRate', factor)]);
  if (momentum === 0) {
    return {
      slots: [],
      scalars,
      scalarsAt,
      add: (builder, update) => ({ weight: builder.node('Sub', [update.weight, change(builder, update)]), slots: {} }),
    };
  }
  return {
    slots: ['velocity'],
    scalars,
    scalarsAt,
    add: (builder, update) => {
      const step = change(builder, update);
      const m = builder.floats(momentum);
      const velocity = builder.node('Sub', [builder.node('Mul', [update.slots.velocity!, m]), step]);
      const move = nesterov ? builder.node('Sub', [builder.node('Mul', [velocity, m]), step]) : velocity;
      return { weight: builder.node('Add', [update.weight, move]), slots: { velocity } };
    },
  };
}

type AdamNumbers = Omit<Extract<Optimizer, { kind: 'adam' }>, 'kind'>;

function adam({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamNumbers): OptimizerRule {
  return {
    slots: ['mean', 'square'],
    scalars: ['step/correctedRate'],
    scalarsAt: (learningRate, step) => ({
      'step/correctedRate': (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step),
    }),
    add: (builder, { weight, gradient, slots, factor }) => {
      const mean = decayed(builder, slots.mean!, gradient, beta1);
      const square = decayed(builder, slots.square!, builder.node('Mul', [gradient, gradient]), beta2);
      const divisor = builder.node('Add', [builder.node('Sqrt', [square]), builder.floats(epsilon)]);
      const move = builder.node('Div', [
        builder.node('Mul', [mean, scaled(builder, 'step/correctedRate', factor)]),
        divisor,
      ]);
      return { weight: builder.node('Sub', [weight, move]), slots: { mean, square } };
    },
  };
}

function adamW(numbers: AdamNumbers, weightDecay: number): OptimizerRule {
  const rule = adam(numbers);
  return {
    slots: rule.slots,
    scalars: [...rule.scalars, 'step/decay'],
    scalarsAt: (learningRate, step) => ({
      ...rule.scalarsAt(learningRate, step),
      'step/decay': learningRate * weightDecay,
    }),
    add: (builder, update) => {
      const loss = builder.node('Mul', [update.weight, scaled(builder, 'step/decay', update.factor)]);
      return rule.add(builder, { ...update, weight: builder.node('Sub', [update.weight, loss]) });
    },
  };
}

/** `old + (target - old) * (1 - beta)`, the form Keras computes. */
function decayed(builder: GraphWriter, old: string, target: string, beta: number): string {
  const change = builder.node('Mul', [builder.node('Sub', [target, old]), builder.floats(1 - beta)]);
  return builder.node('Add', [old, change]);
}

function scaled(builder: GraphWriter, scalar: string, factor: number): string {
  return factor === 1 ? scalar : builder.node('Mul', [scalar, builder.floats(factor)]);
}
