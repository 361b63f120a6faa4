/** Beyond these a number is the limit, for every purpose. */
const mostDecimals = 12;

/**
 * A number with as many decimals as show on which side of every limit it lies, so that 0.0098, which is below 0.01, is not
 * written as 0.010 beside a sentence that says so.
 *
 * @param write makes the text of a number with so many decimals
 * @param fewest decimals
 */
export function besideLimits(
  value: number,
  limits: readonly number[],
  write: (value: number, digits: number) => string,
  fewest = 3,
): string {
  const shows = (digits: number) =>
    limits.every((limit) => Math.sign(Number(value.toFixed(digits)) - limit) === Math.sign(value - limit));
  let digits = fewest;
  while (digits < mostDecimals && !shows(digits)) digits++;
  return write(value, shows(digits) ? digits : fewest);
}
