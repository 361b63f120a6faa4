import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** An entry of `exports`: what the sources, the types and the program are for importers. */
export interface EntryPoint {
  readonly 'chromaray-source': string;
  readonly types: string;
  readonly default: string;
}

/** The parts of a `package.json` that packing reads. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, EntryPoint>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** Dependencies that are packed inside, without their install scripts: see `vendor.ts`. */
  readonly vendoredDependencies?: readonly string[];
}

export interface Workspace {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** All workspaces of the repository by name; those whose manifest says `private` are never published. */
export function readWorkspaces(): ReadonlyMap<string, Workspace> {
  const found = JSON.parse(
    execFileSync('npm', ['query', '.workspace', '--json'], { cwd: root, encoding: 'utf8', shell: isWindows }),
  ) as readonly { readonly location: string }[];
  return new Map(
    found.map(({ location }) => {
      const folder = path.join(root, location);
      const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
      return [manifest.name, { name: manifest.name, folder, manifest }];
    }),
  );
}

const isWindows = process.platform === 'win32';

/** The workspaces that are published. */
export function publishedOf(workspaces: ReadonlyMap<string, Workspace>): readonly Workspace[] {
  return [...workspaces.values()].filter(({ manifest }) => manifest.private !== true);
}

/** A workspace and the private ones that it stands on, which are bundled into it. */
export function bundledInto(top: Workspace, workspaces: ReadonlyMap<string, Workspace>): readonly Workspace[] {
  const reached = new Set([top]);
  for (const { manifest } of reached) {
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      const below = workspaces.get(name);
      if (below?.manifest.private) reached.add(below);
    }
  }
  return [...reached];
}
