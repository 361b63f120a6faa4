import type { DatasetState } from '../../../../src/datasets/open-dataset.js';

/**
 * Changes whenever another answer may come to the same question about records: names are known before files are read, and
 * a finding narrows only once the audit is done.
 */
export function datasetVersion({ facts, audited }: DatasetState, { finding }: { readonly finding?: string }): string {
  return [facts?.hash ?? 'listed', ...(finding !== undefined && audited ? ['audited'] : [])].join(' ');
}
