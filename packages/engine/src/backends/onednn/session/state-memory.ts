import { ChromarayError } from '@chromaray/base';
import type { TrainingState } from '../../backend.js';
import { addressOf } from '../native/native-values.js';
import { aligned, allocateAligned } from '../plan/memory-plan.js';

/** A tensor of the state: where it lies and its sizes. */
export interface StateTensor {
  readonly dims: readonly number[];
  readonly memory: Uint8Array;
  readonly floats: Float32Array;
}

/** Names and sizes of float32 tensors in one block of memory, which programs read and optimizers write. */
export class TensorBlock {
  readonly tensors: ReadonlyMap<string, StateTensor>;

  constructor(sizes: ReadonlyMap<string, readonly number[]>) {
    const bytesOf = (dims: readonly number[]) => dims.reduce((a, b) => a * b, Float32Array.BYTES_PER_ELEMENT);
    const total = [...sizes.values()].reduce((sum, dims) => sum + aligned(bytesOf(dims)), 0);
    const block = allocateAligned(Math.max(total, 1), addressOf);
    let offset = 0;
    this.tensors = new Map(
      [...sizes].map(([name, dims]) => {
        const bytes = bytesOf(dims);
        const memory = block.subarray(offset, offset + bytes);
        offset += aligned(bytes);
        const floats = new Float32Array(memory.buffer, memory.byteOffset, bytes / Float32Array.BYTES_PER_ELEMENT);
        return [name, { dims, memory, floats }];
      }),
    );
  }

  get(name: string): StateTensor {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) throw new RangeError(`The training has no tensor named "${name}".`);
    return tensor;
  }

  /** The memory from one tensor to another that lies behind it, with the gaps between them, which are zero. */
  span(first: string, last: string): Float32Array {
    const [{ floats: begin }, { floats: end }] = [this.get(first), this.get(last)];
    const bytes = end.byteOffset + end.byteLength - begin.byteOffset;
    return new Float32Array(begin.buffer, begin.byteOffset, bytes / Float32Array.BYTES_PER_ELEMENT);
  }

  copy(): ReadonlyMap<string, Float32Array> {
    return new Map([...this.tensors].map(([name, { floats }]) => [name, floats.slice()]));
  }

  /** @throws ChromarayError `CHROMARAY_TRAINING_STATE` when a tensor is missing or has another size */
  write(values: TrainingState['weights']): void {
    for (const [name, { floats }] of this.tensors) {
      const found = values.get(name);
      if (found?.length !== floats.length) throw stateError(name, found?.length, floats.length);
    }
    for (const [name, { floats }] of this.tensors) floats.set(values.get(name)!);
  }
}

function stateError(tensor: string, found: number | undefined, expected: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_STATE',
    message: `The state to restore has ${found ?? 'no'} values for "${tensor}"; the model has ${expected}.`,
    remedy: 'Restore a state that was saved from the same model and optimizer.',
    details: { tensor },
  });
}
