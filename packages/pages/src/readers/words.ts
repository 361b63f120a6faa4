import { listed } from '@chromaray/base';
import type { ReaderAnalysis, ReaderEndpoint } from '@chromaray/contracts';
import { capitalised } from '../kit/capitalised.js';

/** The measure in a sentence or a heading. */
export function measureName({ merit, cut, range }: Pick<ReaderEndpoint, 'merit' | 'cut' | 'range'>): string {
  if (merit === 'auc') return 'AUC';
  if (merit === 'partial auc') return `mean sensitivity at false positive rates from ${range![0]} to ${range![1]}`;
  return `${merit} at a rating of ${cut} or more`;
}

/** The same in a word. */
export function shortMeasure({ merit }: Pick<ReaderEndpoint, 'merit'>): string {
  return merit === 'auc' ? 'AUC' : merit === 'partial auc' ? 'Partial AUC' : capitalised(merit);
}

/** For whom a result holds. */
export function holdsFor({ readers, cases }: Pick<ReaderEndpoint, 'readers' | 'cases'>): string {
  if (readers === 'fixed') return 'these readers alone, on new cases';
  return cases === 'fixed' ? 'new readers, on these cases alone' : 'new readers and new cases';
}

/** Arms but the control. */
export function otherArms({ comparisons }: Pick<ReaderAnalysis, 'comparisons'>): readonly string[] {
  return comparisons.map(({ arm }) => arm);
}

/** ` of pneumonia`, or nothing where nobody named it. */
export function ofFinding({ finding }: Pick<ReaderAnalysis, 'finding'>): string {
  return finding === null ? '' : ` of ${finding}`;
}

/** `a, b and c`. */
export function namesOf(names: readonly string[]): string {
  return listed([...names]);
}

/** Whole degrees of freedom without decimals, others with one; infinite where null. */
export function degrees(value: number | null): string {
  if (value === null) return 'infinite';
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
