import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Puts a dependency inside a package (npm's `bundleDependencies`), without its install script.
 *
 * `onnxruntime-node` is such a one: on Linux its script downloads CUDA libraries of hundreds of megabytes from a
 * registry that is not npm's, for everyone, and where that registry cannot be reached the installation fails as a
 * whole. A package cannot switch off the script of another; it can carry the files. They are the dependency's own,
 * unchanged, but for what only the script needs and what only its developers need.
 *
 * @param name as in `node_modules`
 * @param from the package that depends on it
 * @param folder the package that is being made
 * @returns its version and the dependencies it has when it runs, which the package must have too
 */
export function vendor(name: string, from: string, folder: string): Readonly<Record<string, string>> {
  const require = createRequire(path.join(from, 'package.json'));
  const description = require.resolve(`${name}/package.json`);
  const home = path.dirname(description);
  const target = path.join(folder, 'node_modules', name);
  cpSync(home, target, {
    recursive: true,
    filter: (file) => !left.test(`/${path.relative(home, file).replaceAll(path.sep, '/')}`),
  });
  const { scripts, devDependencies, dependencies = {}, ...manifest } = JSON.parse(readFileSync(description, 'utf8'));
  const running = Object.fromEntries(
    Object.entries(dependencies as Record<string, string>).filter(([other]) => !onlyForScripts.includes(other)),
  );
  writeFileSync(
    path.join(target, 'package.json'),
    `${JSON.stringify({ ...manifest, dependencies: running }, null, 2)}\n`,
  );
  return { [name]: manifest.version, ...running };
}

/** The install script, sources, and maps to them. */
const left = /^\/(script|lib)(\/|$)|\.map$/;

/** What onnxruntime-node's install script downloads and unpacks with. */
const onlyForScripts = ['adm-zip', 'global-agent'];
