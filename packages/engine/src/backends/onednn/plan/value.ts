import type { NativeType } from '../native/constants.js';
import type { Descriptor } from '../native/operation.js';

/**
 * Memory of one or several values. `step` storage lives from the first instruction that writes it to the last
 * that reads it, and is shared with others before and after; `kept` storage lasts as long as the program.
 */
export class Storage {
  /** Number of the first and the last instruction that touches it. */
  first = Number.POSITIVE_INFINITY;
  last = -1;
  /** Where it lies, once planned. */
  memory: Uint8Array | undefined;

  constructor(
    readonly bytes: number,
    readonly lifetime: 'step' | 'kept',
    memory?: Uint8Array,
  ) {
    this.memory = memory;
  }

  touch(instruction: number): void {
    this.first = Math.min(this.first, instruction);
    this.last = Math.max(this.last, instruction);
  }
}

/** A tensor in a program: logical sizes, and the layout and memory it is held in. */
export interface Value {
  readonly dims: readonly number[];
  readonly type: NativeType;
  readonly descriptor: Descriptor;
  readonly storage: Storage;
  /** True when no instruction of the body writes it: conversions of it are made in preparation. */
  readonly fixed: boolean;
}
