import type { ReportInput } from '../report-input.js';
import { type Checklist, type FilledItem, fillChecklist } from './checklist.js';
import { claim } from './claim.js';
import { studyFacts } from './facts.js';
import { metrics } from './metrics.js';
import { tripodAi } from './tripod-ai.js';

/** A checklist with its answers. */
export interface FilledChecklist {
  readonly checklist: Checklist;
  readonly items: readonly FilledItem[];
}

/** In the order of the report. */
export const checklists: readonly Checklist[] = [claim, tripodAi, metrics];

/** Every checklist, answered as far as the study can. */
export function filledChecklists(input: ReportInput): readonly FilledChecklist[] {
  const facts = studyFacts(input);
  return checklists.map((checklist) => ({ checklist, items: fillChecklist(checklist, facts) }));
}
