import { reference } from '../../test/reference.test-support.js';
import type { Reading } from './readings.js';

type Row = readonly [reader: string, treatment: string, name: string, truth: 0 | 1, rating: number];

/** Values of one analysis, computed by `test/reference/make_mrmc_fixtures.R`. */
export interface ExpectedAnalysis {
  readonly values: readonly number[];
  readonly means: readonly number[];
  readonly msT: number;
  readonly msR: number;
  readonly msTR: number;
  readonly variance: number;
  readonly cov1: number;
  readonly cov2: number;
  readonly cov3: number;
  readonly f: number;
  readonly df: number;
  readonly p: number;
  readonly fixedReaders: { readonly f: number; readonly p: number };
  readonly fixedCases: { readonly f: number; readonly p: number };
  readonly difference: { readonly estimate: number; readonly lower: number; readonly upper: number };
  readonly arms: Readonly<Record<string, { readonly variance: number; readonly df: number }>>;
}

interface Recorded {
  readonly two: readonly Row[];
  readonly three: readonly Row[];
  readonly expected: {
    readonly two: Readonly<
      Record<'jackknife' | 'delong' | 'unbiased' | 'sensitivity' | 'specificity' | 'partial', ExpectedAnalysis>
    > & {
      readonly dbm: ExpectedTest;
    };
    readonly three: Readonly<Record<'jackknife' | 'delong' | 'unbiased', ExpectedAnalysis>> & {
      readonly dbm: ExpectedTest;
    };
    readonly nested: Readonly<Record<'readers' | 'arms' | 'blocks', ExpectedAnalysis>>;
  };
  readonly power: { readonly of10by200: number; readonly of6by100: number };
  readonly icc: { readonly value: number; readonly lower: number; readonly upper: number };
  readonly f: {
    readonly tail: readonly number[];
    readonly chisq: readonly number[];
    readonly quantile: readonly number[];
  };
}

interface ExpectedTest {
  readonly f: number;
  readonly df: number;
  readonly p: number;
}

export const recorded = reference<Recorded>('mrmc');

/** Two arms, five readers, 40 cases; and three arms, four readers, 35 cases. */
export const simulated = { two: readingsOf(recorded.two), three: readingsOf(recorded.three) };

function readingsOf(rows: readonly Row[]): readonly Reading[] {
  return rows.map(([reader, treatment, name, truth, rating]) => ({ reader, treatment, case: name, truth, rating }));
}

/** The same readings with cases that are another for each reader, arm, or group of readers. */
export function nestedIn(what: 'readers' | 'arms' | 'blocks', readings: readonly Reading[]): readonly Reading[] {
  const prefix = {
    readers: ({ reader }: Reading) => reader,
    arms: ({ treatment }: Reading) => treatment,
    blocks: ({ reader }: Reading) => (reader === 'r1' || reader === 'r2' ? 'x' : 'y'),
  }[what];
  return readings.map((reading) => ({ ...reading, case: `${prefix(reading)} ${reading.case}` }));
}
