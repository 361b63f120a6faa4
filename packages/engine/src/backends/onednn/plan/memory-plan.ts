import type { Storage } from './value.js';

/** Cache lines, and the widest vectors. */
export const alignment = 64;

export function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** Where storages lie in one block of memory. */
export interface MemoryPlan {
  readonly offsets: ReadonlyMap<Storage, number>;
  readonly bytes: number;
}

/**
 * Lays storages out so that those which live at the same time do not overlap: the largest first, each at the
 * lowest offset that is free during its whole life.
 */
export function planMemory(storages: readonly Storage[]): MemoryPlan {
  const placed: { readonly storage: Storage; readonly begin: number; readonly end: number }[] = [];
  const offsets = new Map<Storage, number>();
  let total = 0;
  for (const storage of [...storages].sort((a, b) => b.bytes - a.bytes || a.first - b.first)) {
    const size = aligned(storage.bytes);
    const contemporaries = placed
      .filter((other) => other.storage.first <= storage.last && storage.first <= other.storage.last)
      .sort((a, b) => a.begin - b.begin);
    let begin = 0;
    for (const other of contemporaries) {
      if (other.begin - begin >= size) break;
      begin = Math.max(begin, other.end);
    }
    offsets.set(storage, begin);
    placed.push({ storage, begin, end: begin + size });
    total = Math.max(total, begin + size);
  }
  return { offsets, bytes: total };
}

/** Memory that begins at a multiple of the alignment; zero. */
export function allocateAligned(bytes: number, addressOf: (memory: Uint8Array) => bigint): Uint8Array {
  const whole = new Uint8Array(bytes + alignment);
  const excess = Number(addressOf(whole) % BigInt(alignment));
  return whole.subarray(excess === 0 ? 0 : alignment - excess).subarray(0, bytes);
}
