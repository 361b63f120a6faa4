import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** From the ground up: a package imports only from those before it. `docs/architecture.md` says what each is. */
const packages = [
  'base',
  'evidence',
  'imaging',
  'engine',
  'viewer',
  'contracts',
  'web',
  'installed',
  'data',
  'colour',
  'store',
  'trials',
  'remote',
  'results',
  'pages',
  'study',
  'replicate',
  'workbench',
  'readers',
  'worker',
  'testing',
  'cli',
];
/** Three packages that import `base` alone, and know nothing of each other. */
const apart = ['evidence', 'imaging', 'engine'];
const root = path.resolve(import.meta.dirname, '../..');

interface Import {
  readonly from: string;
  readonly to: string;
  /** False where only types are imported: they are gone when the program runs. */
  readonly value: boolean;
}

describe('packages', () => {
  it('are all in the order from the ground up', () => {
    expect(readdirSync(root).sort()).toEqual([...packages].sort());
  });

  it('import only from those below them', () => {
    const upward = packages.flatMap((name) =>
      imports(name)
        .map(({ from, to }) => ({ from, to: /^@chromaray\/([a-z]+)/.exec(to)?.[1] }))
        .filter(({ to }) => to !== undefined && packages.indexOf(to) >= packages.indexOf(name))
        .map(({ from, to }) => `${from} -> ${to}`),
    );
    expect(upward).toEqual([]);
  });

  it.each(apart)('%s imports base alone', (name) => {
    const others = imports(name).filter(({ to }) => to.startsWith('@chromaray/') && to !== '@chromaray/base');
    expect(others).toEqual([]);
  });

  it('reach into another only through what it exports', () => {
    const deep = packages.flatMap((name) =>
      imports(name).filter(({ from, to }) => to.startsWith('.') && !inside(name, from, to)),
    );
    expect(deep).toEqual([]);
  });

  it.each(packages)('%s: no ring of values between its folders', (name) => {
    expect(ring(folderGraph(name))).toBeUndefined();
  });
});

describe('tests', () => {
  it('do not reach up to the command line', () => {
    const reaching = packages
      .filter((name) => name !== 'cli')
      .flatMap((name) => sources(name, true).filter((file) => /from '(chromaray|[./]+cli\/)/.test(text(name, file))));
    expect(reaching).toEqual([]);
  });
});

function sources(name: string, tests = false): readonly string[] {
  const isTest = (file: string) => /\.test(-support)?\.ts$/.test(file);
  return readdirSync(path.join(root, name, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.ts') && (tests || !isTest(file)));
}

function text(name: string, file: string): string {
  return readFileSync(path.join(root, name, 'src', file), 'utf8');
}

const statement = /^(?:import|export)\s+(type\s+)?([^'";]*?)from\s+'([^']+)'/gm;

function imports(name: string): readonly Import[] {
  return sources(name).flatMap((file) =>
    [...text(name, file).matchAll(statement)].map(([, type, names, to]) => ({
      from: `${name}/${file}`,
      to: to!,
      value: type === undefined && !onlyTypes(names!),
    })),
  );
}

/** `{ type A, type B }` imports nothing that is there when the program runs. */
function onlyTypes(names: string): boolean {
  const listed = /^\{([^}]*)\}/.exec(names.trim())?.[1];
  return listed?.split(',').every((one) => one.trim() === '' || one.trim().startsWith('type ')) ?? false;
}

function target(from: string, to: string): string {
  return path.posix.normalize(path.posix.join(path.posix.dirname(from), to));
}

function inside(name: string, from: string, to: string): boolean {
  return target(from, to).startsWith(`${name}/`);
}

/** Imports of values between the folders of a package, as neighbours below the folder that holds both. */
function folderGraph(name: string): ReadonlyMap<string, ReadonlySet<string>> {
  const graph = new Map<string, Set<string>>();
  for (const { from, to, value } of imports(name)) {
    if (!value || !to.startsWith('.')) continue;
    const [a, b] = neighbours(path.posix.dirname(from), path.posix.dirname(target(from, to)));
    if (a === undefined || b === undefined) continue;
    graph.set(a, (graph.get(a) ?? new Set()).add(b));
  }
  return graph;
}

/** The two folders, side by side, in which two folders lie; a folder and one within it are no neighbours. */
function neighbours(a: string, b: string): readonly [string | undefined, string | undefined] {
  const [left, right] = [a.split('/'), b.split('/')];
  let depth = 0;
  while (depth < left.length && left[depth] === right[depth]) depth++;
  const upTo = (parts: readonly string[]) => (depth < parts.length ? parts.slice(0, depth + 1).join('/') : undefined);
  return [upTo(left), upTo(right)];
}

/** Folders that import one another in a ring, or undefined. */
function ring(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const found = visit(next, [...way, node]);
      if (found !== undefined) return found;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const found = visit(node, []);
    if (found !== undefined) return found;
  }
  return undefined;
}
