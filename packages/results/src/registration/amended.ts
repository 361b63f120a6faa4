import {
  type Amendment,
  amendmentsAfterResults,
  currentPlan,
  type PlanChange,
  planBeforeResults,
  type Registration,
} from '@chromaray/contracts';
import { planChanges } from './plan-changes.js';

/**
 * Why a study has no valid verdict although its trials are finished: what of its plan is not as it was before results
 * could be known. Phrases that follow "No valid verdict:"; empty when the plan in force was declared beforehand.
 *
 * Adding seeds until a difference is significant, or widening the margin until the interval fits into it, makes false
 * findings more frequent than alpha (measured: adding one seed at a time raised 4.2 % to between 8.4 and 15.8 %).
 */
export function amendedAfterResults(registration: Registration): readonly string[] {
  if (registration.origin === 'older version') return amendments(registration);
  if (registration.finishedTrials === 0) return amendments(registration);
  return [`the plan was registered after ${trials(registration.finishedTrials)} had been trained`];
}

function amendments(registration: Registration): readonly string[] {
  const changes = planChanges(planBeforeResults(registration), currentPlan(registration));
  const [first] = amendmentsAfterResults(registration);
  if (changes.length === 0 || first === undefined) return [];
  return [`${changes.map(changeText).join(', ')} ${whenText(first)}`];
}

/** What was known when a plan was amended: `before any result`, `after 3 trials`, `after a verdict`. */
export function whenText({ known }: Amendment): string {
  if (known.verdict !== null) return 'after a verdict';
  return known.finishedTrials === 0 ? 'before any result' : `after ${trials(known.finishedTrials)} had been trained`;
}

/** One change in words: `endpoint changed (margin 0.01, now 0.05)`, `seeds added (1, 2, 3, now 1, 2, 3, 4)`. */
export function changeText({ key, from, to }: PlanChange): string {
  const [section, ...rest] = key.split('.');
  const name = rest.length === 0 ? '' : `${rest.join('.')} `;
  return `${section} ${verb(from, to)} (${name}${valueText(from)}, now ${valueText(to)})`;
}

function verb(from: unknown, to: unknown): string {
  if (!Array.isArray(from) || !Array.isArray(to)) return 'changed';
  const texts = (values: readonly unknown[]) => new Set(values.map((value) => JSON.stringify(value)));
  const [before, after] = [texts(from), texts(to)];
  const kept = [...before].filter((value) => after.has(value)).length;
  if (kept === before.size && after.size > before.size) return 'added';
  if (kept === after.size && before.size > after.size) return 'removed';
  return 'changed';
}

function valueText(value: unknown): string {
  if (value === undefined) return 'unset';
  if (Array.isArray(value)) return value.map((one) => named(one) ?? valueText(one)).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Arms are known by their names; what else they hold would fill a line. */
function named(value: unknown): string | undefined {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  return typeof name === 'string' ? name : undefined;
}

function trials(count: number): string {
  return count === 1 ? '1 trial' : `${count} trials`;
}
