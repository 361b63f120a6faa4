import { ChromarayError } from '@chromaray/base';
import { heldTensors } from '../../training/loss/terms.js';
import type { Loss } from '../../training/loss/types.js';
import { type OrtTensor, wrap } from './ort.js';

/** The tensors of a critic that a generator's steps read, by their names in the critic's own network. */
export class HeldMemory {
  private readonly tensors = new Map<string, OrtTensor>();

  constructor(loss: Loss) {
    for (const { name, tensor } of heldTensors(loss).values())
      this.tensors.set(name, wrap('float32', (tensor.data as Float32Array).slice(), tensor.dims));
  }

  get(name: string): OrtTensor {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) throw new RangeError(`The loss has no tensor named "${name}".`);
    return tensor;
  }

  /** @throws ChromarayError `CHROMARAY_TRAINING_STATE` when one is missing or has another size */
  replace(values: ReadonlyMap<string, Float32Array>): void {
    for (const [name, { data }] of this.tensors) checkHeld(name, values.get(name), data.length);
    for (const [name, { data }] of this.tensors) (data as Float32Array).set(values.get(name)!);
  }
}

/** Refuses values for a critic's tensor that do not fit. */
export function checkHeld(tensor: string, found: Float32Array | undefined, expected: number): void {
  if (found?.length === expected) return;
  throw new ChromarayError({
    code: 'CHROMARAY_TRAINING_STATE',
    message: `The critic's tensor "${tensor}" has ${expected} values in the loss; given are ${found?.length ?? 'none'}.`,
    remedy: 'Give the state of a training of the same critic.',
    details: { tensor },
  });
}
