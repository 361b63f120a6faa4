import { moment } from '@chromaray/base';
import type { ReportInput } from './report-input.js';

type Declared = Pick<ReportInput, 'registration' | 'verdict'>;

/**
 * When the plan in force was written down, in a phrase that follows what is meant: `a margin of 0.01, registered before
 * training`. Every sentence of a report about declaration takes its words from here.
 */
export function whenDeclared({ registration, verdict }: Declared): string {
  if ((verdict.amendedAfterResults ?? []).length > 0) return 'changed when results could be known';
  return registration?.declaredBeforeTraining ? 'registered before training' : 'not registered before training';
}

/** The same as sentences, with time and changes. */
export function declarationText(input: Declared): string {
  const { registration, verdict } = input;
  const amended = verdict.amendedAfterResults ?? [];
  if (amended.length > 0) return `The plan was changed when results could be known: ${amended.join('; ')}.`;
  if (!registration?.declaredBeforeTraining) return 'The plan was not registered before training.';
  const early = registration.amendments.filter(({ known }) => known === 'before any result');
  const changes = early.map(({ what, reason }) => ` Before any result it was amended: ${what} (${reason}).`);
  return `Question, measure, margin and error rate were registered before training, at ${moment(registration.registered)}.${changes.join('')}`;
}
