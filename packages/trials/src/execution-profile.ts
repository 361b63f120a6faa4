import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import type { TrainingBackend, TrainingSection } from '@chromaray/contracts';
import { createBackend } from '@chromaray/engine';

/**
 * Everything about a trial's computation that can change the last bits of its numbers. Trials of one profile can be compared bit
 * by bit; between profiles, sums are added in other orders.
 */
export interface ExecutionProfile {
  readonly backend: TrainingBackend;
  /** Of the library behind the backend. */
  readonly version: string;
  readonly provider: TrainingSection['provider'];
  readonly precision: TrainingSection['precision'];
  readonly threads: number;
  /** Instruction set and the widest vector instructions of the processor, which choose the kernels: `x64 avx512f`. */
  readonly processor: string;
}

/** The profile with which this process would compute. @throws as `createBackend` does */
export function executionProfile(
  training: Pick<TrainingSection, 'backend' | 'provider' | 'precision'>,
  threads: number,
): ExecutionProfile {
  const backend = createBackend(training.backend, training.provider);
  const { version } = backend.describe();
  return {
    backend: backend.name,
    version,
    provider: training.provider,
    precision: training.precision,
    threads,
    processor: processorFamily(),
  };
}

/** A profile in a line, for tables and messages. */
export function profileText({ backend, version, provider, precision, threads, processor }: ExecutionProfile): string {
  const device = provider === 'cpu' ? '' : ` on ${provider}`;
  return `${backend} ${version}${device}, ${precision}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, ${processor}`;
}

/** From the widest: libraries have kernels of their own for each of these. */
const vectorFlags = ['amx_bf16', 'avx512_bf16', 'avx512_vnni', 'avx512f', 'avx2', 'asimd'] as const;

/** The processor's model where the system does not list its instructions. */
export function processorFamily(): string {
  const flags = platform() === 'linux' ? cpuFlags() : new Set<string>();
  const widest = vectorFlags.find((flag) => flags.has(flag)) ?? cpus()[0]?.model.trim() ?? 'unknown';
  return `${arch()} ${widest}`;
}

function cpuFlags(): ReadonlySet<string> {
  try {
    const line = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
    return new Set(line.split(/\s+/));
  } catch {
    return new Set();
  }
}
