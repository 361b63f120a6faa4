import type { ReaderAgreement } from '@chromaray/contracts';
import { cohenKappa, intraclassCorrelation, type ReaderTable } from '@chromaray/evidence';
import { mean } from '../behaviour/material.js';
import { asPair } from '../comparison/metric-summary.js';
import { callOf } from './calls.js';
import type { StudyReading } from './study-reading.js';

/** Agreement between readers in every arm, on the cases that all of them read there. */
export function agreementOf(
  readings: readonly StudyReading[],
  { treatments, readers }: Pick<ReaderTable, 'treatments' | 'readers'>,
  cut: number | null,
  level: number,
): readonly ReaderAgreement[] {
  return treatments.map((arm) => {
    const rows = commonCases(
      readings.filter(({ treatment }) => treatment === arm),
      readers,
    );
    const { value, interval } =
      rows.length < 2 || readers.length < 2
        ? { value: null, interval: null }
        : intraclassCorrelation(
            rows.map((row) => row.map(({ rating }) => rating)),
            level,
          );
    return {
      arm,
      icc: value,
      iccInterval: interval === null ? null : asPair(interval),
      cases: rows.length,
      kappa: meanKappa(rows.map((row) => row.map((reading) => callOf(reading, cut)))),
    };
  });
}

/** One row a case, in the order of the readers. */
function commonCases(readings: readonly StudyReading[], readers: readonly string[]): readonly StudyReading[][] {
  const byCase = new Map<string, Map<string, StudyReading>>();
  for (const reading of readings) {
    const row = byCase.get(reading.case) ?? new Map<string, StudyReading>();
    byCase.set(reading.case, row.set(reading.reader, reading));
  }
  return [...byCase.values()].flatMap((row) =>
    row.size === readers.length ? [readers.map((reader) => row.get(reader)!)] : [],
  );
}

/** Over all pairs of readers whose kappa is defined; null where a call is missing, or there is no such pair. */
function meanKappa(calls: readonly (readonly (0 | 1 | null)[])[]): number | null {
  const readers = calls[0]?.length ?? 0;
  if (calls.some((row) => row.includes(null))) return null;
  const kappas: number[] = [];
  for (let a = 0; a < readers; a++) {
    for (let b = a + 1; b < readers; b++) {
      const { kappa } = cohenKappa(
        calls.map((row) => row[a] as 0 | 1),
        calls.map((row) => row[b] as 0 | 1),
      );
      if (kappa !== null) kappas.push(kappa);
    }
  }
  return kappas.length === 0 ? null : mean(kappas);
}
