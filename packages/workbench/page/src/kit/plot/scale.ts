/** Maps values to pixels, evenly. */
export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [low, high] = domain;
  const [start, end] = range;
  const factor = high === low ? 0 : (end - start) / (high - low);
  return Object.assign((value: number) => start + (value - low) * factor, { domain, range });
}

/** Round values within a domain: steps of 1, 2 or 5 times a power of ten, about as many as asked for. */
export function ticks([low, high]: readonly [number, number], about: number): readonly number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * The domain that holds all values that are numbers, with a little room; `otherwise` where there are none. A single value
 * stands in the middle.
 */
export function extent(values: Iterable<number | null>, otherwise: readonly [number, number]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [...otherwise];
  const room = high === low ? Math.abs(high) * 0.1 || 0.5 : (high - low) * 0.04;
  return [low - room, high + room];
}
