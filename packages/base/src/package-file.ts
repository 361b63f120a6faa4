import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A file at the root of the package that a module belongs to. Found by walking up to the nearest `package.json`
 * with a name, so that it holds in the sources, in the build and in a bundle alike.
 *
 * @param importMetaUrl the caller's `import.meta.url`
 * @param name relative to the package's folder, for example `colorizers.json`
 * @throws Error when no folder above the module is a package
 */
export function packageFile(importMetaUrl: string, name: string): string {
  for (let folder = path.dirname(fileURLToPath(importMetaUrl)); ; folder = path.dirname(folder)) {
    if (readDescription(folder)?.name !== undefined) return path.join(folder, name);
    if (folder === path.dirname(folder)) throw new Error(`${importMetaUrl} belongs to no package`);
  }
}

/** The version of this program: that of the package which holds this module. All packages share one version. */
export function programVersion(): string {
  return readDescription(path.dirname(packageFile(import.meta.url, 'package.json')))!.version!;
}

function readDescription(folder: string): { readonly name?: string; readonly version?: string } | undefined {
  const file = path.join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
