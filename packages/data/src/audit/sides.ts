import type { Dataset, DatasetRecord } from '@chromaray/contracts';

/** A class that is told from all others together. */
export interface Side {
  readonly name: string;
  readonly has: (record: DatasetRecord) => boolean;
}

/**
 * The classes that something may be associated with: of two the positive one, which says all of the other; of several
 * each against the rest, since what tells two of them apart need not tell the reference from the others.
 */
export function sidesOf({ positive, several }: Pick<Dataset, 'positive' | 'several'>): readonly Side[] {
  if (several === undefined) return [{ name: positive, has: (record) => record.positive }];
  return several.map((name) => ({ name, has: ({ label }) => label === name }));
}
