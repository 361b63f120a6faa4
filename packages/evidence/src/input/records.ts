import { ChromarayError } from '@chromaray/base';

/**
 * Refuses lists in which a record stands twice: counted twice, it would make every interval too narrow.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_DUPLICATE`, naming the first that does
 */
export function requireDistinctRecords(records: readonly string[]): void {
  const seen = new Set<string>();
  for (const [index, record] of records.entries()) {
    if (seen.has(record)) throw duplicateError(record, index);
    seen.add(record);
  }
}

function duplicateError(record: string, index: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EVIDENCE_DUPLICATE',
    message: `The record ${record} stands twice, again at position ${index}.`,
    remedy:
      'Give each record once; several pictures of a patient are told apart by record and held together by patient.',
    details: { record, index },
  });
}
