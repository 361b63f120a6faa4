/** The records' positions in ascending order of value. */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => values[a]! - values[b]!);
}

/** Calls `visit` for each run of equal values in ascending order: `order[start..end)` are tied. */
export function forEachTie(
  values: Float64Array,
  order: Uint32Array,
  visit: (start: number, end: number, value: number) => void,
): void {
  for (let start = 0; start < order.length; ) {
    const value = values[order[start]!]!;
    let end = start + 1;
    while (end < order.length && values[order[end]!]! === value) end++;
    visit(start, end, value);
    start = end;
  }
}
