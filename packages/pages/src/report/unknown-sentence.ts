import { listed } from '@chromaray/base';
import type { ReportSubjects } from './report-input.js';

/** What the data set does not tell; empty where it tells all. */
export function unknownSentence({ unknown }: Pick<ReportSubjects, 'unknown'>): string {
  return unknown.length === 0 ? '' : `The data set does not say: ${listed(unknown)}.`;
}
