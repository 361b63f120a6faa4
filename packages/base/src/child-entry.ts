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
    execArgv: [...(isBuilt() ? [] : ['--conditions=chromaray-source']), '--import', tsxLoader()],
  };
}

/** How to start a module of this program in a thread: pass both to the constructor of a `Worker`. */
export interface ThreadEntry {
  readonly url: URL;
  readonly execArgv: readonly string[];
}

/** As {@link childEntry}, for a module that is to run in a thread. */
export function threadEntry(importMetaUrl: string, name: string): ThreadEntry {
  const { file, execArgv } = childEntry(importMetaUrl, name);
  const url = pathToFileURL(file);
  if (execArgv.length === 0) return { url, execArgv };
  // Loaders given on the command line do not reach threads: this one is registered by the thread itself.
  const api = JSON.stringify(new URL('esm/api/index.mjs', tsxLoader()).href);
  const code = `import { register } from ${api}; register(); await import(${JSON.stringify(url.href)});`;
  return {
    url: new URL(`data:text/javascript,${encodeURIComponent(code)}`),
    execArgv: execArgv.filter((option) => option.startsWith('--conditions')),
  };
}

/**
 * Tests run the sources, and after a build their children the build, which starts in a third of the time. Only when
 * asked for: while somebody works on the sources, the build is older than they are.
 */
function builtCounterpart(importMetaUrl: string): string {
  return isBuilt() ? importMetaUrl.replace(/\/src\/(?!.*\/src\/)/, '/dist/') : importMetaUrl;
}

/** A module of the tests, which is not built, then takes the other packages as they were built. */
function isBuilt(): boolean {
  return process.env.CHROMARAY_CHILDREN === 'built';
}

function tsxLoader(): string {
  const description = createRequire(import.meta.url).resolve('tsx/package.json');
  return new URL('dist/loader.mjs', pathToFileURL(description)).href;
}
