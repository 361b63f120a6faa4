import type { DatasetRecord, Finding } from '@chromaray/contracts';
import { type Check, count, sortedIds } from '../check.js';

/** Below this a lung field is a dozen pixels wide. */
const smallestSide = 32;
/** No chest view is three times as long as wide; strips are crops or artefacts. */
const longestAspect = 3;

/** Pictures of a size that no chest X-ray has. Evidence: `[{ record, width, height }]`. */
export const dimensions: Check = {
  id: 'dimensions',
  findings: ['tiny-images', 'extreme-aspect'],
  run({ dataset: { records } }) {
    const tiny = records.filter(({ width, height }) => Math.min(width, height) < smallestSide);
    const strips = records.filter(({ width, height }) => Math.max(width / height, height / width) > longestAspect);
    return [
      ...finding(tiny, {
        id: 'tiny-images',
        severity: 'warns',
        title: `${count(tiny.length, 'image')} with a side under ${smallestSide} pixels`,
        reason: 'They show too little detail to be read.',
        remedy: 'Remove them, or get the originals.',
      }),
      ...finding(strips, {
        id: 'extreme-aspect',
        severity: 'notes',
        title: `${count(strips.length, 'image')} more than ${longestAspect} times as long as wide`,
        reason: 'Stretched to a square, as a network sees them, they no longer look like a chest.',
        remedy: 'Look at them, and remove those that do not show a chest.',
      }),
    ];
  },
};

function finding(found: readonly DatasetRecord[], said: Omit<Finding, 'records' | 'evidence'>): readonly Finding[] {
  if (found.length === 0) return [];
  const evidence = found.map(({ id, width, height }) => ({ record: id, width, height }));
  return [{ ...said, records: sortedIds(found), evidence }];
}
