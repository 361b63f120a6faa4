import { besideLimits } from './beside-limits.js';

/** Stands where a number is missing. */
export const missing = '–';

/** A metric between 0 and 1 with three decimals. */
export function metric(value: number | null): string {
  return decimal(value, 3);
}

/** A difference of metrics, always with its sign. */
export function signed(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return missing;
  const text = decimal(value, digits);
  return value > 0 && Number(value.toFixed(digits)) !== 0 ? `+${text}` : text;
}

/** Both ends of an interval, in the form that cannot be mistaken for a subtraction. */
export function interval(
  ends: readonly [lower: number, upper: number] | null,
  end: (value: number) => string = metric,
): string {
  return ends === null ? missing : `${end(ends[0])} to ${end(ends[1])}`;
}

/** A metric with the decimals, three or more, that show on which side of a limit it lies. */
export function metricBeside(value: number | null, limit: number): string {
  return value === null || !Number.isFinite(value) ? missing : besideLimits(value, [limit], decimal);
}

/**
 * Both ends of a difference's interval. Each has as many decimals, three or more, as show on which side of 0 and of the
 * margin it lies: what a verdict says of them can be read from the numbers beside it.
 *
 * @param margin where one was declared
 */
export function differenceInterval(ends: readonly [lower: number, upper: number] | null, margin = 0): string {
  return interval(ends, (end) => besideLimits(end, [0, margin, -margin], signed));
}

/** A p value for a table: two significant digits, or what tells it from 0.05 and 0.01; nothing below 0.001. */
export function pValue(p: number | null): string {
  if (p === null || !Number.isFinite(p)) return missing;
  if (p < 0.001) return '< 0.001';
  return besideLimits(p, [0.01, 0.05], decimal, p < 0.1 ? 3 : 2);
}

/** A share between 0 and 1 as a percentage. */
export function percent(share: number | null, digits = 1): string {
  return share === null || !Number.isFinite(share) ? missing : `${decimal(share * 100, digits)}\u00a0%`;
}

/** The level of an interval, `95 %` for 0.95; the range of several levels that differ, `95 % to 99 %`. */
export function level(...shares: readonly number[]): string {
  const text = (share: number) => `${Number((100 * share).toFixed(2))}\u00a0%`;
  const [lowest, highest] = [text(Math.min(...shares)), text(Math.max(...shares))];
  return lowest === highest ? lowest : `${lowest} to ${highest}`;
}

/** A whole number with thousands separated; fractions are kept to one decimal. */
export function count(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  return value.toLocaleString('en-GB', { maximumFractionDigits: 1 });
}

/** A number with a noun in the right form, for example `1 seed`, `3 seeds`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** Seconds as a person says them: `48 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return missing;
  if (seconds < 10) return `${decimal(seconds, 1)}\u00a0s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}\u00a0s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}\u00a0min\u00a0${whole % 60}\u00a0s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)}\u00a0h ${minutes % 60}\u00a0min`;
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes in binary units: with one decimal below ten units and from a gibibyte on, where it matters. */
export function bytes(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  let [scaled, unit] = [value, 0];
  for (; scaled >= 1024 && unit < byteUnits.length - 1; unit++) scaled /= 1024;
  const digits = unit > 0 && (unit >= 3 || scaled < 9.95) ? 1 : 0;
  return `${decimal(scaled, digits)}\u00a0${byteUnits[unit]}`;
}

/** An ISO 8601 time as date and minute in UTC; text that is no time is left as it is. */
export function moment(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Names as in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${conjunction} ${names.at(-1)}`;
}

/** A number with so many significant digits, without zeros at its end. */
export function significant(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return missing;
  return String(Number(value.toPrecision(digits))).replace('-', '\u2212');
}

/** A number with so many decimals and a true minus. */
export function decimal(value: number | null, digits: number): string {
  if (value === null || !Number.isFinite(value)) return missing;
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
}
