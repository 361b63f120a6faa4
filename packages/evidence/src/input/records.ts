import { ChromarayError } from '@chromaray/base';

/**
 * Refuses lists that name a record twice: counted twice, it would make every interval too narrow.
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
    message: `The record ${record} is given twice, again at position ${index}.`,
    remedy: 'Give each record once; several X-rays of a patient have record ids of their own and the same patient id.',
    details: { record, index },
  });
}
