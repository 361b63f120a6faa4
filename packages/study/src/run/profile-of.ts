import type { StoredTrial } from '@chromaray/store';
import { type ExecutionProfile, profileText } from '@chromaray/trials';

/** What computed a trial, in a line; null while it is not known, as in folders of earlier versions. */
export function profileOf({ details }: Pick<StoredTrial, 'details'>): string | null {
  const profile = details.profile as Partial<ExecutionProfile> | undefined;
  if (typeof profile?.backend !== 'string' || typeof profile.processor !== 'string') return null;
  return profileText(profile as ExecutionProfile);
}
