import type { ClassProbabilities } from '../rows.js';
import { type Column, json, nullable } from './column.js';
import { severalClassesSince } from './schema.js';

/** The probability of each of several classes; null where there are two, as in every store of an earlier version. */
export function probabilitiesColumn(version: number): Column<ClassProbabilities | null> {
  return nullable(json(version < severalClassesSince ? 'NULL' : 'probabilities', areProbabilities));
}

/** A row without the key where it holds nothing. */
export function withProbabilities<Row extends object>({
  probabilities,
  ...row
}: Row & { readonly probabilities: ClassProbabilities | null }) {
  return probabilities === null ? row : { ...row, probabilities };
}

export function probabilitiesText(probabilities: ClassProbabilities | undefined): string | null {
  return probabilities === undefined ? null : JSON.stringify(probabilities);
}

function areProbabilities(value: unknown): value is ClassProbabilities {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const all: readonly unknown[] = Object.values(value);
  return all.length > 2 && all.every((one) => typeof one === 'number' && one >= 0 && one <= 1);
}
