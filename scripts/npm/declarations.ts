import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Workspace } from './workspaces.js';

/** A module named in a declaration: `from '…'`, `import('…')`, `import '…'`. */
const specifiers = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"]+)\2/g;

/**
 * Copies the type declarations that the entry points of a package reach, those of private packages too, and turns
 * the imports of private packages into relative ones.
 *
 * @param parts the package first, then the private ones below it; all built by `tsc`
 * @returns the declaration of each entry point, relative to `folder`, by export path
 */
export function copyDeclarations(parts: readonly Workspace[], folder: string): ReadonlyMap<string, string> {
  const [{ manifest, folder: home }] = parts as [Workspace];
  const copied = new Set<string>();
  const place = (file: string): string => {
    const part = parts.find((one) => file.startsWith(`${one.folder}${path.sep}`))!;
    return path.join(folder, path.basename(part.folder), path.relative(path.join(part.folder, 'dist'), file));
  };
  const copy = (file: string): void => {
    if (copied.has(file)) return;
    copied.add(file);
    const text = readFileSync(file, 'utf8').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
    const rewritten = text.replaceAll(specifiers, (whole, before: string, quote: string, specifier: string) => {
      const target = resolve(specifier, file, parts);
      if (target === undefined) return whole;
      copy(target);
      return `${before}${quote}${relative(place(file), place(target))}${quote}`;
    });
    mkdirSync(path.dirname(place(file)), { recursive: true });
    writeFileSync(place(file), rewritten);
  };
  return new Map(
    Object.entries(manifest.exports ?? {}).map(([key, { types }]) => {
      const file = path.join(home, types);
      copy(file);
      return [key, path.relative(folder, place(file)).replaceAll(path.sep, '/')];
    }),
  );
}

/** The declaration behind a specifier, or undefined for a package that stays an import. */
function resolve(specifier: string, from: string, parts: readonly Workspace[]): string | undefined {
  if (specifier.startsWith('.')) {
    const file = path.resolve(path.dirname(from), specifier.replace(/\.js$/, '.d.ts'));
    if (!existsSync(file)) throw new Error(`${from} refers to ${specifier}, which is not built. Run: npm run build`);
    return file;
  }
  const part = parts.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
  if (part === undefined) return undefined;
  const entry = part.manifest.exports?.[`.${specifier.slice(part.name.length)}`];
  if (entry === undefined) throw new Error(`${from} refers to ${specifier}, which ${part.name} does not export.`);
  return path.join(part.folder, entry.types);
}

function relative(from: string, to: string): string {
  const way = path
    .relative(path.dirname(from), to)
    .replaceAll(path.sep, '/')
    .replace(/\.d\.ts$/, '.js');
  return way.startsWith('.') ? way : `./${way}`;
}
