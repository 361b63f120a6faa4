import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How the names of files end that are being written. They begin with a dot, as no object's name does. */
export const temporaryEnding = '.writing';

/** Milliseconds after which a file or folder that nobody writes to belongs to a process that was killed. */
const abandoned = 3_600_000;

/**
 * The time by the clock that stamps the files of a folder: of a shared one, its server's. A folder that cannot be written
 * is judged by this machine's.
 */
export function nowOf(folder: string): number {
  const probe = path.join(folder, `.${randomBytes(6).toString('hex')}${temporaryEnding}`);
  try {
    writeFileSync(probe, '', { mode: 0o600 });
    return statSync(probe).mtimeMs;
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Removes what killed processes have left behind anywhere in an exchange's folder. */
export function sweep(root: string): void {
  const now = nowOf(root);
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    if (!entry.name.endsWith(temporaryEnding) || !entry.name.startsWith('.')) continue;
    const file = path.join(entry.parentPath, entry.name);
    if (now - lastWritten(file, entry.isDirectory()) > abandoned) rmSync(file, { recursive: true, force: true });
  }
}

/** A folder's own time stands still while the file in it grows. */
function lastWritten(file: string, isFolder: boolean): number {
  const inside = isFolder ? readdirSync(file).map((name) => path.join(file, name)) : [];
  return Math.max(...[file, ...inside].map((one) => statSync(one, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()));
}
