import type { ModelMetadata } from './metadata.js';

/** What the entry of a model must be, field by field; each check returns what is expected in place of a wrong value. */
type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' && value.trim() !== '' ? undefined : 'a text');
const side: Check = (value) =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= largestSide
    ? undefined
    : `a whole number from 1 to ${largestSide}`;
const share: Check = (value) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'a number from 0 to 1';

/** Pixels; no network takes larger pictures. */
const largestSide = 65_536;

const fields: Readonly<Record<Exclude<keyof ModelMetadata, 'notice'>, Check>> = {
  classes: (value) =>
    Array.isArray(value) && value.length >= 2 && value.every((name) => text(name) === undefined)
      ? undefined
      : 'a list of two class names or more',
  positive: (value) => (value === undefined ? undefined : text(value)),
  threshold: (value) => (value === undefined ? undefined : share(value)),
  height: side,
  width: side,
  transform: text,
  preset: text,
  operations: (value) =>
    value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))
      ? undefined
      : 'a list of operations by name',
  pretrained: (value) =>
    value === undefined || isPretrained(value) ? undefined : 'a file, its SHA-256 and its licence',
  likeness: (value) => (value === undefined || isLikeness(value) ? undefined : 'what training pictures look like'),
};

/** Areas of which mean and spread are stored. */
const areas = 256;

function isLikeness(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { pattern, fine, limits, described, calibrated } = value as Readonly<Record<string, unknown>>;
  const isNumber = (one: unknown): boolean => typeof one === 'number' && Number.isFinite(one);
  const isSpread = (one: unknown): boolean => isNumber(one) && (one as number) > 0;
  const isList = (list: unknown, check: (one: unknown) => boolean): boolean =>
    Array.isArray(list) && list.length === areas && list.every(check);
  const has = (object: unknown, checks: Readonly<Record<string, (one: unknown) => boolean>>): boolean =>
    typeof object === 'object' &&
    object !== null &&
    Object.entries(checks).every(([key, check]) => check((object as Record<string, unknown>)[key]));
  return (
    has(pattern, { mean: (list) => isList(list, isNumber), spread: (list) => isList(list, isSpread) }) &&
    has(fine, { mean: isNumber, spread: isSpread }) &&
    has(limits, { pattern: isSpread, fine: isSpread }) &&
    Number.isInteger(described) &&
    Number.isInteger(calibrated)
  );
}

function isPretrained(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { file, sha256, licence } = value as Readonly<Record<string, unknown>>;
  const isHash = typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256);
  return text(file) === undefined && isHash && (licence === null || typeof licence === 'string');
}

/**
 * What is wrong with a model's entry: `"threshold" is null, not a number from 0 to 1`; undefined when it is as it must
 * be. Fields that are not known, of a later version, are no mistake.
 */
export function metadataProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no object';
  const entry = value as Readonly<Record<string, unknown>>;
  for (const [name, check] of Object.entries(fields)) {
    const expected = check(entry[name]);
    if (expected !== undefined) return `"${name}" is ${shown(entry[name])}, not ${expected}`;
  }
  const { classes, positive, threshold } = entry as {
    classes: readonly string[];
    positive?: string;
    threshold?: number;
  };
  if (classes.length > 2 && positive === undefined && threshold === undefined) return undefined;
  if (positive === undefined) return '"positive" is missing, not a text';
  if (threshold === undefined) return '"threshold" is missing, not a number from 0 to 1';
  return classes.includes(positive) ? undefined : `"positive" is ${shown(positive)}, which is not among its classes`;
}

const longestShown = 60;

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const json = JSON.stringify(value);
  return json.length > longestShown ? `${json.slice(0, longestShown)}…` : json;
}
