import type { ReportInput } from './report-input.js';

/**
 * What the intervals of a study's arms account for, in words: X-rays where patients are unknown, seeds where there is more than
 * one.
 */
export function intervalsOver({ dataset, verdict }: Pick<ReportInput, 'dataset' | 'verdict'>): string {
  const units = testedUnits(dataset);
  return verdict.arms.some(({ seeds }) => seeds.length > 1) ? `${units} and seeds` : units;
}

/** What is drawn from when X-rays are: patients, or X-rays as if each were of a patient of its own. */
export function testedUnits({ patients }: Pick<ReportInput['dataset'], 'patients'>): 'patients' | 'X-rays' {
  return patients === null ? 'X-rays' : 'patients';
}
