import { ChromarayError } from '@chromaray/base';
import type { Renewed, StepGraph } from '../../training/step/step-graph.js';
import type { TrainingState } from '../backend.js';
import { type OrtTensor, wrap } from './ort.js';

/** The two memories of a renewed tensor: a step reads one and writes the other, then they change places. */
interface Pair {
  current: OrtTensor;
  next: OrtTensor;
}

/**
 * Weights, running statistics and optimizer slots of a training. Allocated once; steps of every batch size
 * share them, and nothing is copied from step to step.
 */
export class StateBuffers {
  private readonly pairs = new Map<string, Pair>();
  private readonly weightNames: readonly string[];
  private readonly slotNames: readonly string[];

  constructor(step: Pick<StepGraph, 'tensors' | 'slots'>, initial: ReadonlyMap<string, Float32Array>) {
    this.weightNames = step.tensors.map(({ name }) => name);
    this.slotNames = step.slots.map(({ name }) => name);
    for (const { name, dims } of [...step.tensors, ...step.slots]) {
      const size = dims.reduce((a, b) => a * b, 1);
      const first = new Float32Array(size);
      const start = initial.get(name);
      if (start !== undefined) first.set(start);
      this.pairs.set(name, {
        current: wrap('float32', first, dims),
        next: wrap('float32', new Float32Array(size), dims),
      });
    }
  }

  /** The tensor as the next step will read it. */
  current(name: string): OrtTensor {
    return this.pair(name).current;
  }

  next(name: string): OrtTensor {
    return this.pair(name).next;
  }

  /** Makes what the step has written current. */
  swap(renewed: readonly Renewed[]): void {
    for (const { name } of renewed) {
      const pair = this.pair(name);
      [pair.current, pair.next] = [pair.next, pair.current];
    }
  }

  copy(): TrainingState {
    const copies = (names: readonly string[]) =>
      new Map(names.map((name) => [name, (this.current(name).data as Float32Array).slice()] as const));
    return { weights: copies(this.weightNames), slots: copies(this.slotNames) };
  }

  restore(state: TrainingState): void {
    for (const [names, from] of [
      [this.weightNames, state.weights],
      [this.slotNames, state.slots],
    ] as const) {
      for (const name of names) this.write(name, from.get(name));
    }
  }

  private write(name: string, values: Float32Array | undefined): void {
    const memory = this.current(name).data as Float32Array;
    if (values?.length !== memory.length) {
      throw new ChromarayError({
        code: 'CHROMARAY_TRAINING_STATE',
        message: `The state to restore has ${values?.length ?? 'no'} values for "${name}"; the model has ${memory.length}.`,
        remedy: 'Restore a state that was saved from the same model and optimizer.',
        details: { tensor: name },
      });
    }
    memory.set(values);
  }

  private pair(name: string): Pair {
    const pair = this.pairs.get(name);
    if (pair === undefined) throw new RangeError(`The training has no tensor named "${name}".`);
    return pair;
  }
}
