import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '../npm/workspaces.js';

/** The folders of the packages that `npm run stage` has made. */
export function stagedFolders(): readonly string[] {
  const staged = path.join(root, 'build', 'npm');
  return readdirSync(staged).map((name) => path.join(staged, name));
}

/** An empty folder for what they are packed into. */
export function emptyTarballFolder(): string {
  const folder = path.join(root, 'build', 'tarballs');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
