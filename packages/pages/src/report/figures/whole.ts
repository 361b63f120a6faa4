/**
 * Whole numbers nearest to `parts` that add up to `total` (largest remainder), so that people who are averaged over seeds stay
 * whole and none is lost.
 *
 * @param parts not negative, adding up to `total`
 * @param total whole
 */
export function wholeParts(parts: readonly number[], total: number): number[] {
  const whole = parts.map(Math.floor);
  let left = Math.round(total) - whole.reduce((sum, part) => sum + part, 0);
  const order = parts.map((part, i) => ({ i, rest: part - Math.floor(part) })).sort((a, b) => b.rest - a.rest);
  for (const { i } of order) {
    if (left <= 0) break;
    whole[i]! += 1;
    left -= 1;
  }
  return whole;
}
