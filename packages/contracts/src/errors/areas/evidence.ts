import type { ErrorArea } from '../entry.js';

/** Statistics: numbers that cannot be computed from. */
export const evidenceErrors = {
  CHROMARAY_EVIDENCE_ARGUMENT: {
    meaning: 'A parameter is out of its range.',
    advice: 'Give a value in the range named.',
  },
  CHROMARAY_EVIDENCE_EMPTY: { meaning: 'A list is empty.', advice: 'Pass at least one record.' },
  CHROMARAY_EVIDENCE_LENGTH: { meaning: 'Lists differ in length.', advice: 'Pass one entry a record in each.' },
  CHROMARAY_EVIDENCE_LABEL: { meaning: 'A label is neither 1 nor 0.', advice: 'Translate class names to 1 and 0.' },
  CHROMARAY_EVIDENCE_SCORE: { meaning: 'A score is not finite.', advice: 'Leave the diverged trial out.' },
  CHROMARAY_EVIDENCE_PROBABILITY: { meaning: 'A probability is not from 0 to 1.', advice: 'Pass no logits.' },
  CHROMARAY_EVIDENCE_DUPLICATE: { meaning: 'A record is given twice.', advice: 'Give each record once.' },
  CHROMARAY_EVIDENCE_ONE_CLASS: { meaning: 'All records are of one class.', advice: 'Choose a part with both.' },
  CHROMARAY_EVIDENCE_TOO_FEW: { meaning: 'There are too few records for a variance.', advice: 'Use a larger part.' },
  CHROMARAY_EVIDENCE_SEEDS: {
    meaning: 'Arm and control have different numbers of seeds.',
    advice: 'Finish the missing ones, or leave them out.',
  },
  CHROMARAY_EVIDENCE_STATISTIC: {
    meaning: 'A statistic is undefined on a bootstrap resample.',
    advice: 'Bootstrap one that is defined wherever both classes are.',
  },
} as const satisfies ErrorArea;
