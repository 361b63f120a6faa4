import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

/**
 * The class that a number stands for.
 *
 * @param label as written: a whole number from 0, also as `1.0`
 * @param classes names by number (`dataset.classes`)
 * @param where for messages
 * @throws ChromarayError `CHROMARAY_DATASET_LABELS`
 */
export function className(label: string, classes: readonly string[], where: string): string {
  const number = label === '' ? Number.NaN : Number(label);
  const name = classes[number];
  if (name !== undefined) return name.normalize('NFC');
  const list = classes.map((known, i) => `${i} ${known}`).join(', ');
  throw labelError(
    where,
    `has the label ${JSON.stringify(label)}, which \`dataset.classes\` has no name for: ${list}`,
    'Name every class, in the order of its number.',
  );
}

export function labelError(where: string, found: string, remedy: string): ChromarayError {
  return codedError('CHROMARAY_DATASET_LABELS', {
    message: `${where} ${found}.`,
    remedy,
    details: { where },
  });
}
