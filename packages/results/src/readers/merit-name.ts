import type { ReaderMerit } from '@chromaray/contracts';

/** A merit in a sentence. */
export function meritName(merit: ReaderMerit): string {
  return merit === 'auc' ? 'AUC' : merit === 'partial auc' ? 'partial AUC' : merit;
}
