import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const library = faketime();

/** Why no process can be given a wrong clock here; undefined when one can. A test puts it in its name. */
export const wrongClockMissing = library === undefined ? 'needs faketime' : undefined;

/** The environment of a process whose clock is wrong by so many hours, while its timers run as they should. */
export function wrongClock(hours: number): Readonly<Record<string, string>> {
  return {
    LD_PRELOAD: library!,
    FAKETIME: `${hours > 0 ? '+' : ''}${hours * 3600}`,
    // As a clock that was set wrong: time passes for it as for others.
    DONT_FAKE_MONOTONIC: '1',
  };
}

function faketime(): string | undefined {
  const libraries = '/usr/lib';
  if (!existsSync(libraries)) return undefined;
  return readdirSync(libraries)
    .map((machine) => path.join(libraries, machine, 'faketime', 'libfaketimeMT.so.1'))
    .find((file) => existsSync(file));
}
