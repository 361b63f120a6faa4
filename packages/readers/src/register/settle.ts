import { programVersion } from '@chromaray/base';
import { currentReaderPlan, type PlanChange, type ReaderPlan, type ReaderRegistration } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { changeText, planChanges } from '@chromaray/results';
import { planHash } from '@chromaray/store';

export interface SettleReaders {
  readonly study: string;
  readonly plan: ReaderPlan;
  /** The registration that exists. */
  readonly kept: ReaderRegistration | undefined;
  /** Readings that exist, training not counted. */
  readonly readings: number;
  /** When the pictures were stated to be checked. */
  readonly checked: string;
  /** Why the plan is changed; undefined: it is not to be changed. */
  readonly amend: string | undefined;
}

/**
 * The registration of a reader study that is to run by `plan`: the one it has, that with an amendment, or a new one.
 *
 * @throws ChromarayError `CHROMARAY_READERS_DIFFERS` when the plan is not the registered one and no reason was given;
 *   `CHROMARAY_READERS_FIXED` for a change that would give readers other lists than those they have begun
 */
export function settleReaders({ study, plan, kept, readings, checked, amend }: SettleReaders): ReaderRegistration {
  const now = new Date().toISOString();
  const program = programVersion();
  if (kept === undefined)
    return { study, registered: now, program, checked, plan, hash: planHash(plan), amendments: [] };
  const changes = planChanges(currentReaderPlan(kept), plan);
  if (changes.length === 0) return kept;
  if (amend === undefined || amend.trim() === '') throw differs(kept, changes, readings);
  if (readings > 0) refuseFixed(kept, plan, changes);
  const amendment = { at: now, program, reason: amend.trim(), changes, readings, plan, hash: planHash(plan) };
  return { ...kept, amendments: [...kept.amendments, amendment] };
}

/** What decides who reads what: fixed from the first reading on. */
const ordering = ['arms', 'design.kind', 'design.sessions', 'design.blocks', 'image', 'seed'];

function refuseFixed(kept: ReaderRegistration, plan: ReaderPlan, changes: readonly PlanChange[]): void {
  const before = currentReaderPlan(kept);
  const added = before.readers.every((name, i) => plan.readers[i] === name);
  const isAllowed = ({ key }: PlanChange): boolean => {
    // New readers at the end change nobody's list, but in blocks, which are drawn anew.
    if (key === 'readers') return added && plan.design.kind !== 'split-plot';
    // Cases are withdrawn by leaving them out; their list stays.
    if (key.startsWith('cases.')) return key === 'cases.withdrawn' || key === 'cases.selection.leaveOut';
    return !ordering.some((fixed) => key === fixed || key.startsWith(`${fixed}.`));
  };
  const refused = changes.filter((change) => !isAllowed(change));
  if (refused.length === 0) return;
  throw codedError('CHROMARAY_READERS_FIXED', {
    message: `Readings of "${kept.study}" exist, and this change would give readers other lists: ${refused.map(changeText).join('; ')}.`,
    remedy:
      'Register the changed study under another name. Cases may be withdrawn (`cases.leaveOut`), readers added at the end, and endpoint and washout changed.',
    details: { study: kept.study, changes: refused },
  });
}

function differs(kept: ReaderRegistration, changes: readonly PlanChange[], readings: number) {
  const consequence =
    readings === 0
      ? 'Nobody has read yet, so the verdict stays valid.'
      : `${readings === 1 ? 'A reading exists' : `${readings} readings exist`} already: the report says so.`;
  return codedError('CHROMARAY_READERS_DIFFERS', {
    message: `The reader study "${kept.study}" was registered on ${kept.registered.slice(0, 10)} with another plan: ${changes.map(changeText).join('; ')}.`,
    remedy: `Restore what was registered, or pass \`--amend "<reason>"\` to \`chromaray readers register\`, which is recorded. ${consequence}`,
    details: { study: kept.study, registered: kept.registered, changes },
  });
}
