import type { TrainingState } from '../backend.js';
import { type OrtTensor, wrap } from './ort.js';
import { allTensors, asState, initialValues, restorable, type StateMemory, type StateTensors } from './state-memory.js';

/** The two memories of a renewed tensor: a step reads one and writes the other, then they change places. */
interface Pair {
  current: OrtTensor;
  next: OrtTensor;
}

/** State in main memory, allocated once. */
export class HostMemory implements StateMemory {
  private readonly pairs = new Map<string, Pair>();

  constructor(
    private readonly state: StateTensors,
    initial: ReadonlyMap<string, Float32Array>,
  ) {
    const values = initialValues(state, initial);
    for (const { name, dims } of allTensors(state)) {
      const first = values.get(name)!;
      this.pairs.set(name, {
        current: wrap('float32', first, dims),
        next: wrap('float32', new Float32Array(first.length), dims),
      });
    }
  }

  current(name: string): OrtTensor {
    return this.pair(name).current;
  }

  target(name: string): OrtTensor {
    return this.pair(name).next;
  }

  renew(): void {
    for (const pair of this.pairs.values()) [pair.current, pair.next] = [pair.next, pair.current];
  }

  discard(): void {}

  async copy(): Promise<TrainingState> {
    const values = new Map([...this.pairs].map(([name, { current }]) => [name, floats(current).slice()]));
    return asState(this.state, values);
  }

  restore(state: TrainingState): void {
    for (const [{ name }, values] of restorable(this.state, state)) floats(this.current(name)).set(values);
  }

  async release(): Promise<void> {}

  private pair(name: string): Pair {
    const pair = this.pairs.get(name);
    if (pair === undefined) throw new RangeError(`The training has no tensor named "${name}".`);
    return pair;
  }
}

function floats(tensor: OrtTensor): Float32Array {
  return tensor.data as Float32Array;
}
