import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Workspace } from './workspaces.js';

/**
 * Bundles a package with the private ones it stands on into one folder of ES modules: an entry for each of its
 * exports, for its program, and for each module that runs in a child process or a thread, with what they share in chunks.
 * Packages from the registry, and published ones of this repository, stay imports.
 *
 * All files lie in one folder, because a chunk finds a child's entry beside itself (`childEntry`).
 *
 * @param parts the package first, then the private ones below it
 * @returns names of packages that are still imported
 */
export async function bundle(parts: readonly Workspace[], folder: string): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: parts[0]!.folder,
    entryPoints: entries(parts),
    outdir: folder,
    entryNames: '[name]',
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    charset: 'utf8',
    conditions: ['chromaray-source'],
    legalComments: 'inline',
    plugins: [onlyFrom(parts)],
    metafile: true,
    logLevel: 'warning',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = imports.filter(({ external, path: name }) => external && !name.startsWith('node:')).map(packageOf);
  return [...new Set(names)].sort();
}

function packageOf({ path: specifier }: { readonly path: string }): string {
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)![0];
}

/** Everything bare is an import of the bundle, but the packages that are bundled. */
function onlyFrom(parts: readonly Workspace[]): Plugin {
  const bundled = new Set(parts.map(({ name }) => name));
  return {
    name: 'only these packages',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path: specifier, kind }) =>
        kind === 'entry-point' || path.isAbsolute(specifier) || bundled.has(packageOf({ path: specifier }))
          ? undefined
          : { external: true },
      );
    },
  };
}

function entries(parts: readonly Workspace[]): Record<string, string> {
  const [{ folder, manifest }] = parts as [Workspace];
  const sources = [
    ...Object.values(manifest.exports ?? {}).map((entry) => path.join(folder, entry['chromaray-source'])),
    ...(manifest.bin === undefined ? [] : [path.join(folder, 'src', 'main.ts')]),
    ...parts.flatMap(childEntries),
  ];
  const named = sources.map((file) => [path.basename(file, '.ts'), file] as const);
  const twice = named.find(([name], i) => named.findIndex(([other]) => other === name) !== i);
  if (twice !== undefined) throw new Error(`Two entries of ${manifest.name} are named ${twice[0]}.`);
  return Object.fromEntries(named);
}

/** The modules that `childEntry` and `threadEntry` start. */
function childEntries({ folder }: Workspace): readonly string[] {
  const sources = path.join(folder, 'src');
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test(-support)?\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(sources, file), 'utf8');
      return [...text.matchAll(/(?:child|thread)Entry\(import\.meta\.url, '\.\/([^']+)'\)/g)].map(([, name]) =>
        path.join(sources, path.dirname(file), `${name}.ts`),
      );
    });
}
