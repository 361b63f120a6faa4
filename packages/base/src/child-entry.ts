import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** How to start a module of this program in a child process: pass both to `child_process.fork`. */
export interface ChildEntry {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/**
 * Finds a sibling module that is to run in a child process, in the built program (`.js`) and in the
 * sources (`.ts`, started through tsx, as under Vitest).
 *
 * @param importMetaUrl the caller's `import.meta.url`
 * @param name the module in the caller's folder, without extension, for example `./trial-process`
 */
export function childEntry(importMetaUrl: string, name: string): ChildEntry {
  const built = fileURLToPath(new URL(`${name}.js`, builtCounterpart(importMetaUrl)));
  if (existsSync(built)) return { file: built, execArgv: [] };
  return {
    file: fileURLToPath(new URL(`${name}.ts`, importMetaUrl)),
    // Found from here: a bare name would be looked up from the folder the user works in.
    execArgv: ['--conditions=chromaray-source', '--import', tsxLoader()],
  };
}

/**
 * Tests run the sources, and after a build their children the build, which starts in a third of the time. Only when
 * asked for: while somebody works on the sources, the build is older than they are.
 */
function builtCounterpart(importMetaUrl: string): string {
  return process.env.CHROMARAY_CHILDREN === 'built'
    ? importMetaUrl.replace(/\/src\/(?!.*\/src\/)/, '/dist/')
    : importMetaUrl;
}

function tsxLoader(): string {
  const description = createRequire(import.meta.url).resolve('tsx/package.json');
  return new URL('dist/loader.mjs', pathToFileURL(description)).href;
}
