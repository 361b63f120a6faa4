import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { megabytes } from './pack.js';

/** How much lies in a project's `node_modules`. */
export function installed(folder: string): string {
  const modules = path.join(folder, 'node_modules');
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.map((entry) => statSync(path.join(entry.parentPath, entry.name)).size).reduce((a, b) => a + b, 0);
  return `${packagesOf(folder).length} packages, ${files.length} files, ${megabytes(bytes)} MB`;
}

/** Installed packages that run a script when they are installed. */
export function withInstallScripts(folder: string): readonly string[] {
  return packagesOf(folder)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([location]) => location.replace(/^.*node_modules\//, ''));
}

interface LockedPackage {
  readonly hasInstallScript?: boolean;
}

function packagesOf(folder: string): readonly (readonly [string, LockedPackage])[] {
  const lock = JSON.parse(readFileSync(path.join(folder, 'node_modules', '.package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  return Object.entries(lock.packages);
}
