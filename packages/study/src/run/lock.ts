import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, writeError } from '@chromaray/base';

/**
 * Holds a study's folder for this process, so that two runs do not write into one store.
 *
 * @returns a function that gives the folder free
 * @throws ChromarayError `CHROMARAY_STUDY_RUNNING` while a living process holds it
 */
export function holdFolder(file: string): () => void {
  for (;;) {
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      const descriptor = openSync(file, 'wx');
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(file, error);
      const holder = readHolder(file);
      if (holder !== undefined && isAlive(holder)) throw running(file, holder);
      // Left behind by a process that was killed.
      rmSync(file, { force: true });
    }
  }
}

function readHolder(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function running(file: string, pid: number): ChromarayError {
  const folder = path.dirname(file);
  return new ChromarayError({
    code: 'CHROMARAY_STUDY_RUNNING',
    message: `The study in ${folder} is being run by process ${pid}.`,
    remedy: `Wait for it, or give this study another name. If no such run exists, remove ${file}.`,
    details: { folder, pid },
  });
}
