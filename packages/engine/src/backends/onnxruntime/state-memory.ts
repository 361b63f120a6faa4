import { ChromarayError } from '@chromaray/base';
import type { Renewed, StepGraph } from '../../training/step/step-graph.js';
import type { TrainingState } from '../backend.js';
import type { OrtTensor } from './ort.js';

/** What a run of a step's session gives, by output. */
export type Results = Readonly<Record<string, OrtTensor>>;

/**
 * Weights, running statistics and optimizer slots of a training. Steps of every batch size share them, and
 * none of them is copied from step to step.
 */
export interface StateMemory {
  /** The tensor as the next step reads it. */
  current(name: string): OrtTensor;
  /** Where a step is to write the tensor anew; null where ONNX Runtime makes a tensor for it. */
  target(name: string): OrtTensor | null;
  /** Makes what a step has written current. */
  renew(results: Results): void;
  /** Leaves everything as it was before a step. */
  discard(results: Results): void;
  copy(): Promise<TrainingState>;
  /** @throws ChromarayError `CHROMARAY_TRAINING_STATE` when sizes differ */
  restore(state: TrainingState): void;
  release(): Promise<void>;
}

/** The tensors of a training, in their two kinds. */
export type StateTensors = Pick<StepGraph, 'tensors' | 'slots'>;

export function allTensors({ tensors, slots }: StateTensors): readonly Renewed[] {
  return [...tensors, ...slots];
}

/** Fresh memory for every tensor: its initial values, zeros where there are none. */
export function initialValues(
  state: StateTensors,
  initial: ReadonlyMap<string, Float32Array>,
): ReadonlyMap<string, Float32Array> {
  return new Map(
    allTensors(state).map(({ name, dims }) => {
      const values = new Float32Array(dims.reduce((a, b) => a * b, 1));
      const start = initial.get(name);
      if (start !== undefined) values.set(start);
      return [name, values];
    }),
  );
}

/** Sorts values by name into weights and slots. */
export function asState({ tensors, slots }: StateTensors, values: ReadonlyMap<string, Float32Array>): TrainingState {
  const only = (list: readonly Renewed[]) => new Map(list.map(({ name }) => [name, values.get(name)!] as const));
  return { weights: only(tensors), slots: only(slots) };
}

/** The values of a state to restore, after a check of their sizes. */
export function restorable(
  { tensors, slots }: StateTensors,
  state: TrainingState,
): readonly (readonly [Renewed, Float32Array])[] {
  const from = (list: readonly Renewed[], values: ReadonlyMap<string, Float32Array>) =>
    list.map((tensor) => [tensor, fitting(tensor, values.get(tensor.name))] as const);
  return [...from(tensors, state.weights), ...from(slots, state.slots)];
}

function fitting({ name, dims }: Renewed, values: Float32Array | undefined): Float32Array {
  const size = dims.reduce((a, b) => a * b, 1);
  if (values?.length === size) return values;
  throw new ChromarayError({
    code: 'CHROMARAY_TRAINING_STATE',
    message: `The state to restore has ${values?.length ?? 'no'} values for "${name}"; the model has ${size}.`,
    remedy: 'Restore a state that was saved from the same model and optimizer.',
    details: { tensor: name },
  });
}
