import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';

const pattern = /^\.unfinished-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.pack$/;
const dayInMilliseconds = 86_400_000;

/** A name beside `file` that names its writer, so that a later run knows whether the writer still runs. */
export function unfinishedName(file: string): string {
  const nonce = randomBytes(6).toString('hex');
  return path.join(path.dirname(file), `.unfinished-${thisMachine()}-${process.pid}-${nonce}.pack`);
}

/**
 * Removes what killed builds left in a folder: files of processes of this machine that are no more, and of
 * other machines (a shared disk) after a day without a change.
 */
export function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, machine, processId] = pattern.exec(name) ?? [];
    if (machine === undefined) continue;
    const file = path.join(folder, name);
    if (machine === thisMachine() ? isAlive(Number(processId)) : changedWithinADay(file)) continue;
    rmSync(file, { force: true });
  }
}

function thisMachine(): string {
  return sha256(hostname()).slice(0, 8);
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function changedWithinADay(file: string): boolean {
  const status = statSync(file, { throwIfNoEntry: false });
  return status !== undefined && Date.now() - status.mtimeMs < dayInMilliseconds;
}
