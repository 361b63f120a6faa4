import type { BackendOptions } from '../../backend.js';
import { argument, type NativeType } from '../native/constants.js';
import { addressOf, nativeArguments } from '../native/native-values.js';
import type { Description, Descriptor } from '../native/operation.js';
import type { Scope } from '../native/scope.js';
import { aligned, allocateAligned, planMemory } from './memory-plan.js';
import { type Instruction, Program } from './program.js';
import { Storage, type Value } from './value.js';

type Parameters = Partial<Readonly<Record<keyof typeof argument, Value>>>;

type Draft =
  | {
      readonly kind: 'primitive';
      readonly label: string;
      readonly description: Description;
      readonly parameters: Parameters;
    }
  | Extract<Instruction, { kind: 'host' }>;

/** Collects instructions and values, then lays out memory and makes a program. */
export class ProgramBuilder {
  private readonly preparation: Draft[] = [];
  private readonly body: Draft[] = [];
  private readonly storages = new Set<Storage>();
  private readonly conversions = new Map<Storage, { readonly from: Value; readonly to: Value }[]>();

  constructor(readonly scope: Scope) {}

  /** A new value with memory of its own, in a layout that oneDNN knows the size of. */
  value(
    dims: readonly number[],
    type: NativeType,
    descriptor: Descriptor,
    options: { readonly kept?: boolean; readonly fixed?: boolean; readonly memory?: Uint8Array } = {},
  ): Value {
    const { kept = false, fixed = false, memory } = options;
    const lifetime = kept || fixed || memory !== undefined ? 'kept' : 'step';
    const storage = new Storage(this.scope.bytes(descriptor), lifetime, memory);
    if (memory === undefined) this.storages.add(storage);
    return { dims, type, descriptor, storage, fixed };
  }

  /** Memory whose contents only oneDNN understands. */
  bytes(descriptor: Descriptor): Value {
    return this.value([], 'uint8', descriptor);
  }

  /** A float32 tensor that never changes, in memory of its own. */
  constant(dims: readonly number[], data: Float32Array): Value {
    const memory = this.allocate(data.byteLength);
    new Float32Array(memory.buffer, memory.byteOffset, data.length).set(data);
    return this.value(dims, 'float32', this.scope.plain(dims), { fixed: true, memory });
  }

  /** Runs an operation. Its results must be among the parameters. */
  run(label: string, description: Description, parameters: Parameters): void {
    const values = Object.values(parameters);
    if (values.every((value) => value.fixed)) {
      this.preparation.push({ kind: 'primitive', label, description, parameters });
      return;
    }
    for (const { storage } of values) storage.touch(this.body.length);
    this.body.push({ kind: 'primitive', label, description, parameters });
  }

  /** Calls a function of ours, which reads and writes these values. */
  host(label: string, touched: readonly Value[], run: () => void | Promise<void>): void {
    if (touched.length > 0 && touched.every((value) => value.fixed)) {
      this.preparation.push({ kind: 'host', label, run });
      return;
    }
    for (const { storage } of touched) storage.touch(this.body.length);
    this.body.push({ kind: 'host', label, run });
  }

  /** The same numbers in another layout or type; the value itself when it is in it already. */
  convert(value: Value, descriptor: Descriptor, type: NativeType): Value {
    if (this.scope.same(value.descriptor, descriptor)) return value;
    const known = this.conversions.get(value.storage) ?? [];
    this.conversions.set(value.storage, known);
    const found = known.find(
      ({ from, to }) =>
        this.scope.same(from.descriptor, value.descriptor) && this.scope.same(to.descriptor, descriptor),
    );
    if (found !== undefined) return found.to;
    const to = this.value(value.dims, type, descriptor, { fixed: value.fixed });
    this.copy(value, to);
    known.push({ from: value, to });
    return to;
  }

  /** Row-major float32, as everything outside oneDNN has it. */
  plain(value: Value, type: NativeType = 'float32'): Value {
    return this.convert(value, this.scope.plain(value.dims, type), type);
  }

  /** Copies a value into another one of the same sizes, whatever the layouts. */
  copy(from: Value, to: Value): void {
    const description = this.scope.describe({
      kind: 'reorder',
      source: from.descriptor,
      destination: to.descriptor,
    });
    this.run('reorder', description, { source: from, destination: to });
  }

  build(onKernel?: BackendOptions['onKernel']): Program {
    const { scope } = this;
    const used = [...this.storages];
    const passing = used.filter(({ lifetime, last }) => lifetime === 'step' && last >= 0);
    const plan = planMemory(passing);
    const arena = this.allocate(plan.bytes);
    for (const [storage, offset] of plan.offsets)
      storage.memory = arena.subarray(offset, offset + Math.max(1, storage.bytes));
    const kept = used.filter(({ lifetime }) => lifetime === 'kept');
    const keptMemory = this.allocate(kept.reduce((sum, { bytes }) => sum + aligned(bytes), 0));
    let offset = 0;
    for (const storage of kept) {
      storage.memory = keptMemory.subarray(offset, offset + Math.max(1, storage.bytes));
      offset += aligned(storage.bytes);
    }
    const memories = new Map<Storage, Map<Descriptor, bigint>>();
    const memoryOf = ({ storage, descriptor }: Value): bigint => {
      const known = memories.get(storage) ?? new Map<Descriptor, bigint>();
      memories.set(storage, known);
      const memory = known.get(descriptor) ?? scope.memory(descriptor, addressOf(storage.memory!));
      known.set(descriptor, memory);
      return memory;
    };
    const finished = (drafts: readonly Draft[]) =>
      drafts.map((draft): Instruction => (draft.kind === 'host' ? draft : this.finish(draft, memoryOf)));
    const bytes = plan.bytes + keptMemory.length;
    return new Program(scope.library, finished(this.preparation), finished(this.body), bytes, onKernel);
  }

  private allocate(bytes: number): Uint8Array {
    const memory = allocateAligned(Math.max(bytes, 1), addressOf);
    this.scope.keep(memory);
    return memory;
  }

  private finish(
    { label, description, parameters }: Extract<Draft, { kind: 'primitive' }>,
    memoryOf: (value: Value) => bigint,
  ): Instruction {
    const given = Object.entries(parameters) as [keyof typeof argument, Value][];
    const list = nativeArguments(given.map(([role, value]) => [argument[role], memoryOf(value)]));
    this.scope.keep(list);
    return {
      kind: 'primitive',
      label,
      primitive: this.scope.primitive(description),
      count: given.length,
      parameters: addressOf(list),
    };
  }
}

/** A value's memory as floats; available once its program is built. */
export function floatsOf({ storage, type }: Value): Float32Array {
  const memory = storage.memory!;
  if (type !== 'float32') throw new TypeError(`A value of type ${type} has no floats.`);
  return new Float32Array(memory.buffer, memory.byteOffset, storage.bytes / Float32Array.BYTES_PER_ELEMENT);
}
