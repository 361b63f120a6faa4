import type { StoredTrial } from '@chromaray/store';

/** Share of a trial's training time in which the trainer waited for images; null while it is not known. */
export function idleShareOf({ details }: Pick<StoredTrial, 'details'>): number | null {
  const { idleShare } = details;
  return typeof idleShare === 'number' ? idleShare : null;
}
