import type { LibraryHandle } from 'koffi';
import { missingSymbol } from './errors.js';

/** A pointer of the native world: an address, or memory of our own to point at. */
export type Pointer = bigint | ArrayBufferView | null;

/** A native function; koffi converts numbers and pointers. */
export type NativeFunction = (...parameters: readonly (number | Pointer)[]) => number | bigint;

export type Symbols = Readonly<Record<string, NativeFunction>>;

/**
 * Binds functions by their C prototypes.
 *
 * @throws ChromarayError `CHROMARAY_ONEDNN_SYMBOL` naming the first that the library lacks
 */
export function bind(library: LibraryHandle, file: string, version: string, prototypes: readonly string[]): Symbols {
  const bound: Record<string, NativeFunction> = {};
  for (const prototype of prototypes) {
    const name = /(\w+)\(/.exec(prototype)![1]!;
    try {
      bound[name] = library.func(prototype) as unknown as NativeFunction;
    } catch (cause) {
      throw missingSymbol(file, version, name, cause);
    }
  }
  return bound;
}

/** Functions that 2.x and 3.x have in the same form. */
export const commonPrototypes: readonly string[] = [
  'int dnnl_get_effective_cpu_isa()',
  'int dnnl_engine_create(void *engine, int kind, size_t index)',
  'int dnnl_engine_destroy(void *engine)',
  'int dnnl_stream_create(void *stream, void *engine, uint32_t flags)',
  'int dnnl_stream_wait(void *stream)',
  'int dnnl_stream_destroy(void *stream)',
  'size_t dnnl_memory_desc_get_size(void *descriptor)',
  'int dnnl_memory_desc_equal(void *first, void *second)',
  'int dnnl_memory_create(void *memory, void *descriptor, void *engine, void *handle)',
  'int dnnl_memory_destroy(void *memory)',
  'void *dnnl_primitive_desc_query_md(void *description, int what, int index)',
  'int dnnl_primitive_desc_destroy(void *description)',
  'int dnnl_primitive_create(void *primitive, void *description)',
  'int dnnl_primitive_execute(void *primitive, void *stream, int count, void *arguments)',
  'int dnnl_primitive_destroy(void *primitive)',
  'int dnnl_primitive_attr_create(void *attributes)',
  'int dnnl_primitive_attr_set_post_ops(void *attributes, void *post_ops)',
  'int dnnl_primitive_attr_destroy(void *attributes)',
  'int dnnl_post_ops_create(void *post_ops)',
  'int dnnl_post_ops_destroy(void *post_ops)',
  'int dnnl_reorder_primitive_desc_create(void *description, void *source, void *source_engine, void *destination, void *destination_engine, void *attributes)',
];
