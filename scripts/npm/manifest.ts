import path from 'node:path';
import type { Manifest, Workspace } from './workspaces.js';

/** Keys of a workspace's manifest that a published one has as they are. */
const kept = [
  'name',
  'version',
  'description',
  'keywords',
  'license',
  'author',
  'homepage',
  'bugs',
  'repository',
  'type',
  'engines',
  'bin',
  'publishConfig',
] as const;

/**
 * The `package.json` of a published package: entry points of the bundle and no sources, and the dependencies of
 * everything that is bundled.
 *
 * @param parts the package first, then the private ones below it
 * @param types the declaration of each entry point by export path, relative to `dist/types`
 * @param imported packages that the bundle imports
 * @throws Error when one of these is declared by none of the parts
 */
export function publishedManifest(
  parts: readonly Workspace[],
  types: ReadonlyMap<string, string>,
  imported: readonly string[],
): Readonly<Record<string, unknown>> {
  const [{ manifest }] = parts as [Workspace];
  const inside = new Set(parts.map(({ name }) => name));
  const collect = (key: 'dependencies' | 'optionalDependencies'): Record<string, string> =>
    Object.fromEntries(
      parts
        .flatMap((part) => Object.entries(part.manifest[key] ?? {}))
        .filter(([name]) => !inside.has(name))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  const dependencies = collect('dependencies');
  const optionalDependencies = collect('optionalDependencies');
  const declared = { ...dependencies, ...optionalDependencies };
  const missing = imported.find((name) => !(name in declared));
  if (missing !== undefined) throw new Error(`${manifest.name} imports ${missing}, which no part of it declares.`);
  const vendored = parts.flatMap((part) => part.manifest.vendoredDependencies ?? []);
  return {
    ...Object.fromEntries(kept.filter((key) => key in manifest).map((key) => [key, manifest[key as keyof Manifest]])),
    exports: {
      ...Object.fromEntries(
        [...types].map(([key, file]) => [
          key,
          {
            types: `./dist/types/${file}`,
            default: `./dist/${path.basename(manifest.exports![key]!['chromaray-source'], '.ts')}.js`,
          },
        ]),
      ),
      './package.json': './package.json',
    },
    files: ['dist', ...parts.flatMap(({ manifest: { files = [] } }) => files.filter((name) => name !== 'dist'))],
    dependencies,
    ...(Object.keys(optionalDependencies).length > 0 && { optionalDependencies }),
    ...(vendored.length > 0 && { bundleDependencies: vendored }),
  };
}
