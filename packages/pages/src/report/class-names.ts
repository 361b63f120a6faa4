import type { ReportInput } from './report-input.js';

/** The classes that a study tells apart, its reference first; null where they are two, or no trial is finished. */
export function classNames({ verdict }: Pick<ReportInput, 'verdict'>): readonly string[] | null {
  const classes = verdict.arms.find((arm) => arm.classes !== undefined)?.classes;
  return classes === undefined ? null : classes.perClass.map((one) => one.class);
}

/** Share of the test part that is right where the most frequent class is always said; null without records. */
export function largestShare({ verdict }: Pick<ReportInput, 'verdict'>): { name: string; share: number } | null {
  const perClass = verdict.arms.find((arm) => arm.classes !== undefined)?.classes?.perClass ?? [];
  const records = perClass.reduce((sum, one) => sum + one.records, 0);
  const [largest] = [...perClass].sort((a, b) => b.records - a.records);
  return largest === undefined || records === 0 ? null : { name: largest.class, share: largest.records / records };
}
