import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './bundle.js';
import { copyDeclarations } from './declarations.js';
import { publishedManifest } from './manifest.js';
import { vendor } from './vendor.js';
import { bundledInto, type Manifest, publishedOf, readWorkspaces, root, type Workspace } from './workspaces.js';

/** A package as it is published, in a folder of its own. */
export interface StagedPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** Makes every published package of the workspace under `build/npm`, ready for `npm pack` or `npm publish` there. */
export async function stageAll(): Promise<readonly StagedPackage[]> {
  const workspaces = readWorkspaces();
  const staged: StagedPackage[] = [];
  for (const top of publishedOf(workspaces)) staged.push(await stage(bundledInto(top, workspaces)));
  return staged;
}

async function stage(parts: readonly Workspace[]): Promise<StagedPackage> {
  const [{ folder: home, manifest }] = parts as [Workspace];
  const folder = path.join(root, 'build', 'npm', path.basename(home));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const imported = await bundle(parts, path.join(folder, 'dist'));
  const types = copyDeclarations(parts, path.join(folder, 'dist', 'types'));
  for (const part of parts) copyFiles(part, folder);
  cpSync(path.join(home, 'README.md'), path.join(folder, 'README.md'));
  cpSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
  const complete = withVendored(manifest, home, folder);
  const published = publishedManifest([{ ...parts[0]!, manifest: complete }, ...parts.slice(1)], types, imported);
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  return { name: manifest.name, version: manifest.version, folder };
}

/** What a package lists in `files` besides its build: data that it reads, its start script, notices. */
function copyFiles({ folder: home, manifest: { files = [] } }: Workspace, folder: string): void {
  for (const name of files.filter((file) => file !== 'dist')) {
    const target = path.join(folder, name);
    if (existsSync(target)) throw new Error(`Two packages that are bundled together have a file ${name}.`);
    cpSync(path.join(home, name), target, { recursive: true });
  }
}

function withVendored(manifest: Manifest, home: string, folder: string): Manifest {
  const versions = (manifest.vendoredDependencies ?? []).map((name) => vendor(name, home, folder));
  return { ...manifest, dependencies: Object.assign({}, manifest.dependencies, ...versions) };
}
