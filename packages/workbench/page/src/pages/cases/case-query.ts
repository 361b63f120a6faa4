import type { z } from 'zod';
import type { casePageSchema } from '../../../../src/results/cases.js';
import { useInAddress } from '../../router.js';

export type CasePage = z.infer<typeof casePageSchema>;

export const sorts = {
  error: 'error',
  disagreement: 'disagreement of arms',
  spread: 'disagreement of seeds',
  confidence: 'confidence',
  probability: 'probability',
  record: 'record',
} as const;

const ofClasses = ['right', 'wrong'] as const;
const ofTwo = ['true positive', 'false positive', 'true negative', 'false negative'] as const;

/** Outcomes to choose from: of several classes there are no two sides. */
export function outcomeNames(classes: number): readonly string[] {
  return classes > 2 ? ofClasses : [...ofTwo, ...ofClasses];
}

/** Which cases are shown, in which order; as the server takes it. */
export interface CaseQuery {
  readonly sort: string;
  readonly order: string;
  readonly label?: string;
  readonly outcome?: string;
  readonly arm?: string;
  readonly text?: string;
}

/** What the address says of the list, and a setter for each word. */
export function useCaseQuery() {
  const [sort, setSort] = useInAddress('sort', 'error', { step: true });
  const [order, setOrder] = useInAddress('order', 'down', { step: true });
  const [label, setLabel] = useInAddress('label', '', { step: true });
  const [outcome, setOutcome] = useInAddress('outcome', '', { step: true });
  const [arm, setArm] = useInAddress('arm', '', { step: true });
  const [text, setText] = useInAddress('text');
  const query: CaseQuery = {
    ...{ sort, order },
    ...(label !== '' && { label }),
    ...(text !== '' && { text }),
    ...(arm !== '' && { arm }),
    // An outcome is one of an arm's.
    ...(outcome !== '' && arm !== '' && { outcome }),
  };
  return { query, sort, order, label, outcome, arm, text, setSort, setOrder, setLabel, setOutcome, setArm, setText };
}
