import { type NativeType, queries, unimplemented } from './constants.js';
import { callFailed } from './errors.js';
import type { OwnedDescriptor } from './interface.js';
import { check, type Library } from './library.js';
import type { Description, Descriptor, Operation, PostOperation } from './operation.js';

/** An operation that this oneDNN does not have for these sizes and types; another way must be found. */
export class Unimplemented extends Error {}

/** Owns the native objects of one session; `release` destroys them all. */
export class Scope {
  private readonly owned: (() => void)[] = [];
  private readonly descriptors = new Map<string, Descriptor>();
  /** Memory of ours that native objects point at. */
  private readonly kept: unknown[] = [];
  private readonly handle = new BigUint64Array(1);

  constructor(readonly library: Library) {}

  /** Row-major layout. */
  plain(dims: readonly number[], type: NativeType = 'float32'): Descriptor {
    return this.strided(dims, type, rowMajor(dims));
  }

  strided(dims: readonly number[], type: NativeType, strides: readonly number[]): Descriptor {
    return this.descriptor(dims, type, strides);
  }

  /** A layout the primitive chooses. */
  any(dims: readonly number[], type: NativeType): Descriptor {
    return this.descriptor(dims, type, 'any');
  }

  /** A region of a tensor. */
  part(whole: Descriptor, dims: readonly number[], offsets: readonly number[]): Descriptor {
    const { interface: versioned, symbols } = this.library;
    return this.own('memory descriptor of a part', versioned.describePart(symbols, whole, dims, offsets));
  }

  bytes(descriptor: Descriptor): number {
    return Number(this.library.symbols.dnnl_memory_desc_get_size!(descriptor));
  }

  same(first: Descriptor, second: Descriptor): boolean {
    return first === second || this.library.symbols.dnnl_memory_desc_equal!(first, second) !== 0;
  }

  /**
   * Chooses an implementation of an operation.
   *
   * @throws Unimplemented
   */
  describe(operation: Operation, post: readonly PostOperation[] = []): Description {
    const { symbols, engine, interface: versioned } = this.library;
    const attributes = post.length === 0 ? null : this.attributes(post);
    try {
      const status =
        operation.kind === 'reorder'
          ? symbols.dnnl_reorder_primitive_desc_create!(
              ...([this.handle, operation.source, engine, operation.destination, engine, attributes] as const),
            )
          : versioned.createDescription(symbols, this.handle, operation, engine, attributes);
      if (Number(status) === unimplemented) throw new Unimplemented(operation.kind);
      check(operation.kind, status);
    } finally {
      if (attributes !== null) symbols.dnnl_primitive_attr_destroy!(attributes);
    }
    const description = this.handle[0]!;
    this.owned.push(() => symbols.dnnl_primitive_desc_destroy!(description));
    return description;
  }

  /** The layout an implementation has chosen for one of its tensors. */
  layout(description: Description, tensor: keyof typeof queries): Descriptor {
    return this.library.symbols.dnnl_primitive_desc_query_md!(description, queries[tensor], 0) as bigint;
  }

  primitive(description: Description): bigint {
    const { symbols } = this.library;
    check('dnnl_primitive_create', symbols.dnnl_primitive_create!(this.handle, description));
    const primitive = this.handle[0]!;
    this.owned.push(() => symbols.dnnl_primitive_destroy!(primitive));
    return primitive;
  }

  /** A tensor at an address. */
  memory(descriptor: Descriptor, address: bigint): bigint {
    const { symbols, engine } = this.library;
    check('dnnl_memory_create', symbols.dnnl_memory_create!(this.handle, descriptor, engine, address));
    const memory = this.handle[0]!;
    this.owned.push(() => symbols.dnnl_memory_destroy!(memory));
    return memory;
  }

  /** Keeps memory alive until release. */
  keep(memory: unknown): void {
    this.kept.push(memory);
  }

  release(): void {
    for (const destroy of this.owned.splice(0).reverse()) destroy();
    this.kept.length = 0;
    this.descriptors.clear();
  }

  /** oneDNN has no tensors without axes: it sees a scalar as a vector of one. */
  private descriptor(sizes: readonly number[], type: NativeType, layout: readonly number[] | 'any'): Descriptor {
    const isScalar = sizes.length === 0;
    const [dims, strides] = isScalar ? ([[1], layout === 'any' ? layout : [1]] as const) : ([sizes, layout] as const);
    const key = `${type}[${dims.join()}]:${typeof strides === 'string' ? strides : strides.join()}`;
    const known = this.descriptors.get(key);
    if (known !== undefined) return known;
    const { interface: versioned, symbols } = this.library;
    const descriptor = this.own(`memory descriptor ${key}`, versioned.describe(symbols, dims, type, strides));
    this.descriptors.set(key, descriptor);
    return descriptor;
  }

  private own(what: string, { status, descriptor, memory, destroy }: OwnedDescriptor): Descriptor {
    if (status === unimplemented) throw new Unimplemented(what);
    if (status !== 0) throw callFailed(what, status);
    this.owned.push(destroy);
    if (memory !== undefined) this.kept.push(memory);
    return descriptor;
  }

  /** Attributes with post-operations, which the caller destroys. */
  private attributes(post: readonly PostOperation[]): bigint {
    const { symbols, interface: versioned } = this.library;
    check('dnnl_post_ops_create', symbols.dnnl_post_ops_create!(this.handle));
    const list = this.handle[0]!;
    for (const one of post) {
      if (one.algorithm === 'sum') {
        check('dnnl_post_ops_append_sum', versioned.appendSum(symbols, list, one.scale));
      } else {
        const number = versioned.numbers.eltwise[one.algorithm];
        check('dnnl_post_ops_append_eltwise', versioned.appendEltwise(symbols, list, number, one.alpha, one.beta));
      }
    }
    check('dnnl_primitive_attr_create', symbols.dnnl_primitive_attr_create!(this.handle));
    const attributes = this.handle[0]!;
    check('dnnl_primitive_attr_set_post_ops', symbols.dnnl_primitive_attr_set_post_ops!(attributes, list));
    symbols.dnnl_post_ops_destroy!(list);
    return attributes;
  }
}

/** Strides of the row-major layout. */
export function rowMajor(dims: readonly number[]): readonly number[] {
  const strides = new Array<number>(dims.length);
  let stride = 1;
  for (let axis = dims.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= dims[axis]!;
  }
  return strides;
}
