import { canonicalJson } from '@chromaray/base';
import type { PlanChange, ReaderPlan, RegisteredPlan } from '@chromaray/contracts';

/** The plan of a study of networks, or of readers, or a part of it. */
type Plan = Partial<RegisteredPlan> | Partial<ReaderPlan>;

/** What differs between two plans, key by key. The question follows from the rest and is not a change of its own. */
export function planChanges(from: Plan, to: Plan): readonly PlanChange[] {
  const { question: _, ...before } = from;
  const { question: __, ...after } = to;
  return changes('', before, after);
}

function changes(path: string, from: unknown, to: unknown): readonly PlanChange[] {
  if (canonicalJson(from) === canonicalJson(to)) return [];
  if (!isSection(from) || !isSection(to)) return [change(path, from, to)];
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return keys.flatMap((key) => changes(path === '' ? key : `${path}.${key}`, from[key], to[key]));
}

/** Lists are compared as a whole: a seed more is one change. */
function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function change(key: string, from: unknown, to: unknown): PlanChange {
  return { key, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
