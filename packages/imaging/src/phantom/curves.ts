/** Zero below `low`, one above `high`, smooth between (cubic Hermite). */
export function smoothstep(low: number, high: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/** A bell of height one around `centre`. */
export function bell(centre: number, width: number, value: number): number {
  const d = (value - centre) / width;
  return Math.exp(-0.5 * d * d);
}
