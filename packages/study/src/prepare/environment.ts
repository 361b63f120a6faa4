import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { programVersion } from '@chromaray/base';
import type { Machine } from '@chromaray/contracts';
import { createBackend } from '@chromaray/engine';
import { imageLibraryVersions } from '@chromaray/imaging';

/** Versions of everything that can change a number of a study. */
export function programVersions(backend: string): Readonly<Record<string, string>> {
  const { name, version } = createBackend(backend).describe();
  return { chromaray: programVersion(), node: process.versions.node, [name]: version, ...imageLibraryVersions() };
}

/** The machine this process runs on, with the accelerator that is used if one is. */
export function describeMachine(accelerator: string | null = null): Machine {
  return {
    system: `${type()} ${release()}`,
    architecture: arch(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    accelerator,
  };
}
