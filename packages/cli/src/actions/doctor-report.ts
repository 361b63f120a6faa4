import { statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { isChromarayError, programVersion } from '@chromaray/base';
import {
  type BackendAvailability,
  describeBackends,
  type ProviderState,
  probeProviders,
  telemetry,
} from '@chromaray/engine';
import { imageLibraryVersions } from '@chromaray/imaging';
import { findBrowser } from '@chromaray/pages';
import { describeMachine } from '@chromaray/study';
import { type Check, selfChecks } from './doctor-checks.js';

/** What `doctor` finds out. It is asked for with every report of a fault, so nothing in it is about a study or its data. */
export interface DoctorReport {
  readonly machine: ReturnType<typeof describeMachine> & {
    /** Version of the C library under Linux; null elsewhere and with another one than glibc. */
    readonly glibc: string | null;
    /** What a container allows this process, or null where it may use the whole machine. */
    readonly memoryLimitBytes: number | null;
    readonly freeMemoryBytes: number;
    /** Where the command was run; null where the system does not say. */
    readonly freeDiskBytes: number | null;
  };
  readonly versions: Readonly<Record<string, string>>;
  /** In the order in which they are preferred. */
  readonly backends: readonly BackendAvailability[];
  /** ONNX Runtime's execution providers but the CPU. */
  readonly providers: readonly ProviderState[];
  readonly telemetry: ReturnType<typeof telemetry>;
  /** Programs that some commands start. */
  readonly programs: readonly OptionalProgram[];
  readonly checks: readonly Check[];
  readonly advice: readonly string[];
}

export interface OptionalProgram {
  readonly name: string;
  readonly neededBy: string;
  readonly found: boolean;
}

/** Looks at the machine and tries each part; what does not work is part of the report, not an error. */
export async function examine(): Promise<DoctorReport> {
  const machine = {
    ...describeMachine(),
    glibc: glibcVersion(),
    memoryLimitBytes: memoryLimit(),
    freeMemoryBytes: freemem(),
    freeDiskBytes: freeDisk(),
  };
  return {
    machine,
    versions: versions(),
    backends: describeBackends(),
    providers: await providers(),
    telemetry: telemetry(),
    programs: [{ name: 'browser', neededBy: 'chromaray study report --pdf', found: browserFound() }],
    checks: await selfChecks(),
    advice: advice(machine),
  };
}

function versions(): Readonly<Record<string, string>> {
  const own = { chromaray: programVersion(), node: process.versions.node };
  try {
    return { ...own, ...imageLibraryVersions() };
  } catch {
    // A check says why pictures cannot be read.
    return own;
  }
}

/** None where ONNX Runtime itself does not load, which its backend says. */
async function providers(): Promise<readonly ProviderState[]> {
  try {
    return await probeProviders();
  } catch (error) {
    if (isChromarayError(error)) return [];
    throw error;
  }
}

function browserFound(): boolean {
  try {
    return findBrowser() !== undefined;
  } catch {
    // The environment names one that cannot be run.
    return false;
  }
}

function glibcVersion(): string | null {
  if (process.platform !== 'linux') return null;
  const { header } = process.report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime ?? null;
}

function freeDisk(): number | null {
  try {
    const { bavail, bsize } = statfsSync('.');
    return bavail * bsize;
  } catch {
    return null;
  }
}

function memoryLimit(): number | null {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : null;
}

const gibibyte = 1024 ** 3;

/** What makes a study hard on such a machine, and what to do about it. */
export function advice(
  machine: Pick<
    DoctorReport['machine'],
    'cores' | 'memoryBytes' | 'memoryLimitBytes' | 'freeMemoryBytes' | 'freeDiskBytes'
  >,
): readonly string[] {
  const { cores, memoryBytes, memoryLimitBytes, freeMemoryBytes, freeDiskBytes } = machine;
  const memory = memoryLimitBytes ?? memoryBytes;
  const hints: string[] = [];
  if (cores === 1) hints.push('One core only: trials run one after the other. More cores run more at once.');
  if (memory < 4 * gibibyte) hints.push('Less than 4 GiB of memory: use image.size 64 and training.batch 16.');
  if (freeMemoryBytes < gibibyte) hints.push('Less than 1 GiB of memory is free: close other programs before a study.');
  if (freeDiskBytes !== null && freeDiskBytes < 2 * gibibyte)
    hints.push('Less than 2 GiB are free on this disk: packs and checkpoints need room.');
  return hints;
}
