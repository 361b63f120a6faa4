import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a program loaded until it ended. */
export interface Loaded {
  /** Files of modules, Node's own left out. */
  readonly modules: readonly string[];
  /** Packages from the registry, by name, in alphabetical order. */
  readonly packages: readonly string[];
}

/** Runs a program with Node and lists the modules that were loaded, by what V8 reports as covered. */
export function loadedModules(program: string, args: readonly string[]): Loaded {
  const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-modules-'));
  try {
    spawnSync(process.execPath, [program, ...args], { env: { ...process.env, NODE_V8_COVERAGE: folder } });
    const modules = readdirSync(folder)
      .flatMap((file) => scripts(readFileSync(path.join(folder, file), 'utf8')))
      .filter((url) => url.startsWith('file:'));
    const names = modules.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
    return { modules, packages: [...new Set(names)].sort() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scripts(coverage: string): readonly string[] {
  return (JSON.parse(coverage) as { readonly result: readonly { readonly url: string }[] }).result.map(
    ({ url }) => url,
  );
}
