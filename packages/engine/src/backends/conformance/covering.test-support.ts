/** One value of every axis. */
export type Combination<Axes extends Readonly<Record<string, readonly unknown[]>>> = {
  readonly [Name in keyof Axes]: Axes[Name][number];
};

/**
 * The fewest combinations (by greedy choice) among which every pair of values of two axes occurs: an error in how a
 * backend computes hardly ever takes three settings at once, and all combinations would take minutes.
 *
 * @returns combinations in the order in which they were chosen: those first cover the most
 */
export function everyPair<const Axes extends Readonly<Record<string, readonly unknown[]>>>(
  axes: Axes,
): readonly Combination<Axes>[] {
  const names = Object.keys(axes);
  const product = names.reduce<readonly (readonly number[])[]>(
    (rows, name) => rows.flatMap((row) => axes[name]!.map((_, value) => [...row, value])),
    [[]],
  );
  const open = new Set(product.flatMap(pairsOf));
  const chosen: (readonly number[])[] = [];
  while (open.size > 0) {
    let [best, most] = [product[0]!, -1];
    for (const row of product) {
      const fresh = pairsOf(row).filter((pair) => open.has(pair)).length;
      if (fresh > most) [best, most] = [row, fresh];
    }
    chosen.push(best);
    for (const pair of pairsOf(best)) open.delete(pair);
  }
  return chosen.map(
    (row) => Object.fromEntries(names.map((name, axis) => [name, axes[name]![row[axis]!]])) as Combination<Axes>,
  );
}

function pairsOf(row: readonly number[]): readonly string[] {
  return row.flatMap((a, i) => row.slice(i + 1).map((b, j) => `${i}=${a},${i + 1 + j}=${b}`));
}
