import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { nowOf } from './folder/temporaries.js';

/**
 * What a file that a process owns is for, and the milliseconds after which it counts as given up where its process cannot be
 * asked for, being on another machine: one that arrives grows all the time, one that marks a use stands as long as a trial.
 */
const givenUp = { part: 600_000, use: 7 * 86_400_000 } as const;

export type Purpose = keyof typeof givenUp;

/** Files that this process owns now. */
const owned = new Set<string>();

/** A hidden name beside `file` that tells whose it is: `.name.host.pid.random.purpose`. To be given back. */
export function ownName(file: string, purpose: Purpose): string {
  const owner = `${machine()}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const name = `.${path.basename(file)}.${owner}.${purpose}`;
  owned.add(name);
  return path.join(path.dirname(file), name);
}

/** This process is done with the file. */
export function giveBack(file: string): void {
  owned.delete(path.basename(file));
}

/** Makes one file of a process that is gone, if there is one, our own: of several who try, one gets it. */
export function adopt(file: string, own: string, purpose: Purpose): void {
  const folder = path.dirname(file);
  for (const name of namesOf(file, purpose)) {
    if (!isAbandoned(folder, name)) continue;
    try {
      renameSync(path.join(folder, name), own);
      return;
    } catch {
      // Another has taken it.
    }
  }
}

/** The files beside `file` of this purpose whose processes live. */
export function livingOf(file: string, purpose: Purpose): readonly string[] {
  return namesOf(file, purpose).filter((name) => !isAbandoned(path.dirname(file), name));
}

function namesOf(file: string, purpose: Purpose): readonly string[] {
  const start = `.${path.basename(file)}.`;
  return readdirSync(path.dirname(file)).filter((name) => name.startsWith(start) && name.endsWith(`.${purpose}`));
}

/** Whether the process that owns a file is gone; of another machine, whether the file is long untouched. */
function isAbandoned(folder: string, name: string): boolean {
  const owner = /\.([^.]+)\.(\d+)\.[0-9a-f]{12}\.(part|use)$/.exec(name);
  if (owner === null) return false;
  if (owner[1] === machine() && Number(owner[2]) === process.pid) return !owned.has(name);
  if (owner[1] === machine()) return !isAlive(Number(owner[2]));
  try {
    // By the clock of the folder: that of another machine may be wrong by hours.
    return nowOf(folder) - statSync(path.join(folder, name)).mtimeMs > givenUp[owner[3] as Purpose];
  } catch {
    return false;
  }
}

/** This machine in a file's name, where dots divide. */
function machine(): string {
  return hostname()
    .replaceAll(/[^A-Za-z0-9-]/g, '_')
    .slice(0, 64);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
