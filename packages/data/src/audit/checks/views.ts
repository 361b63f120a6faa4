import { type Check, count, sortedIds } from '../check.js';

/** View positions of DICOM (PS3.3, C.8.1.4 and C.8.11.5) that are taken from the side. */
const lateral = /^(?:LL|RL|LLO|RLO|LATERAL|ML|LM)$/i;

/** Lateral views among frontal ones, where DICOM files state the view. Evidence: `[{ record, viewPosition }]`. */
export const views: Check = {
  id: 'views',
  findings: ['lateral-views'],
  run({ dataset: { records } }) {
    const known = records.filter(({ viewPosition }) => typeof viewPosition === 'string' && viewPosition !== '');
    const found = known.filter(({ viewPosition }) => lateral.test(viewPosition!));
    if (found.length === 0 || found.length === known.length) return [];
    return [
      {
        id: 'lateral-views',
        severity: 'warns',
        title: `${count(found.length, 'lateral view')} among ${count(known.length - found.length, 'frontal one')}`,
        reason:
          'A lateral view differs greatly from a frontal one; where one class has more of them, the view predicts the label.',
        remedy: 'Leave them out (`dataset.views`).',
        records: sortedIds(found),
        evidence: found.map(({ id, viewPosition }) => ({ record: id, viewPosition })),
      },
    ];
  },
};
