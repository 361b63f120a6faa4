import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { nowOf } from './folder/temporaries.js';

/** Milliseconds after which a file that nobody writes to counts as given up, where its process cannot be asked for. */
const givenUp = 600_000;

/** Partial files that this process writes to now. */
const inUse = new Set<string>();

/** A hidden name beside `file` for content that is arriving: `.name.host.pid.random.part`. To be given back. */
export function takePartial(file: string): string {
  const owner = `${machine()}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const name = `.${path.basename(file)}.${owner}.part`;
  inUse.add(name);
  return path.join(path.dirname(file), name);
}

/** Nothing writes to the file any more: another try may go on with it. */
export function givePartialBack(partial: string): void {
  inUse.delete(path.basename(partial));
}

/** Makes one partial file of a process that is gone, if there is one, our own: of several who try, one gets it. */
export function adoptPartial(file: string, own: string): void {
  const folder = path.dirname(file);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`.${path.basename(file)}.`) || !isAbandoned(folder, name)) continue;
    try {
      renameSync(path.join(folder, name), own);
      return;
    } catch {
      // Another has taken it.
    }
  }
}

/** Whether the process of a file `….host.pid.random.part` is gone; of another machine, whether it is long untouched. */
function isAbandoned(folder: string, name: string): boolean {
  const owner = /\.([^.]+)\.(\d+)\.[0-9a-f]{12}\.([a-z]+)$/.exec(name);
  if (owner === null || owner[3] !== 'part') return false;
  if (owner[1] === machine() && Number(owner[2]) === process.pid) return !inUse.has(name);
  if (owner[1] === machine()) return !isAlive(Number(owner[2]));
  try {
    // By the clock of the folder: that of another machine may be wrong by hours.
    return nowOf(folder) - statSync(path.join(folder, name)).mtimeMs > givenUp;
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
