import type { ComponentType } from 'react';
import { decodedPart } from './router.js';

export interface PageProps {
  /** Parameters of the address, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

export interface PageEntry {
  /** `:name` is a parameter. */
  readonly path: string;
  readonly title: string;
  /** Shown in the bar above; absent for a page that others lead to. */
  readonly inBar?: true;
  readonly load: () => Promise<{ readonly default: ComponentType<PageProps> }>;
}

/** Every page of the workbench: to add one, add its line here. */
export const pages: readonly PageEntry[] = [
  { path: '/', title: 'Home', inBar: true, load: () => import('./pages/home.js') },
  { path: '/data', title: 'Data', inBar: true, load: () => import('./pages/data/data.js') },
  { path: '/study-file', title: 'Study file', load: () => import('./pages/study-file/study-file.js') },
  { path: '/compare', title: 'Compare', inBar: true, load: () => import('./pages/compare/compare.js') },
  { path: '/studies/:study', title: 'Study', load: () => import('./pages/study/study.js') },
  { path: '/studies/:study/cases', title: 'Cases', load: () => import('./pages/cases/cases.js') },
  { path: '/lab', title: 'Colour lab', inBar: true, load: () => import('./pages/lab.js') },
  { path: '/try', title: 'Try a model', inBar: true, load: () => import('./pages/model.js') },
];

/** The page of an address, and its parameters. */
export function findPage(
  path: string,
  known: readonly PageEntry[] = pages,
): { readonly page: PageEntry; readonly params: Readonly<Record<string, string>> } | undefined {
  const given = path.split('/');
  for (const page of known) {
    const pattern = page.path.split('/');
    if (pattern.length !== given.length) continue;
    const params: Record<string, string> = {};
    const fits = pattern.every((word, i) => {
      if (!word.startsWith(':')) return word === given[i];
      params[word.slice(1)] = decodedPart(given[i]!);
      return given[i] !== '';
    });
    if (fits) return { page, params };
  }
  return undefined;
}
