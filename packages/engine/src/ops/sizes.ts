import type { Dim, Shape } from '../graph/types.js';

/** The factors of a size: a number, and names that are no products themselves. */
function factorsOf(dim: Dim): { readonly number: number; readonly names: readonly string[] } {
  if (typeof dim === 'number') return { number: dim, names: [] };
  // Sums and quotients are taken as one name.
  if (!/^[^+/()[\]]+$/.test(dim)) return { number: 1, names: [dim] };
  const parts = dim.split('*');
  const isNumber = (part: string) => /^\d+$/.test(part);
  return {
    number: parts.filter(isNumber).reduce((product, part) => product * Number(part), 1),
    names: parts.filter((part) => !isNumber(part)),
  };
}

/** The product of sizes; named ones are kept by name, so that `['batch', 4, 4]` gives `16*batch`. */
export function productOf(dims: Shape): Dim {
  const factors = dims.map(factorsOf);
  const known = factors.reduce((product, { number }) => product * number, 1);
  const names = factors.flatMap((factor) => factor.names);
  if (names.length === 0 || known === 0) return known;
  return known === 1 ? names.join('*') : `${known}*${names.join('*')}`;
}

/** `a / b` without a remainder; undefined when names do not cancel. */
export function quotientOf(a: Dim, b: Dim): Dim | undefined {
  const [over, under] = [factorsOf(a), factorsOf(b)];
  const names = [...over.names];
  for (const name of under.names) {
    const at = names.indexOf(name);
    if (at < 0) return undefined;
    names.splice(at, 1);
  }
  if (under.number === 0 || over.number % under.number !== 0) return undefined;
  return productOf([over.number / under.number, ...names]);
}

/** `a + b`, with names. */
export function sumOf(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (a === 0) return b;
  return b === 0 ? a : `${a}+${b}`;
}
