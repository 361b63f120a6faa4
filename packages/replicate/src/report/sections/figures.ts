import type { ReplicationResult } from '@chromaray/contracts';
import { html, panels, type Section } from '@chromaray/pages';
import { confusionMatrices, trainingCurves } from '@chromaray/pages/report';
import type { ReplicatedArms } from '../../replicated-arms.js';

/** Loss and accuracy per epoch, as the original study plots them. */
export function curvesSection({ original, controlled }: ReplicatedArms): Section {
  return {
    id: 'curves',
    title: 'How did training go?',
    short: 'Curves',
    body: html`<h3>A, as it was done</h3>
${panels(trainingCurves(original))}
<h3>C, the controlled protocol</h3>
${panels(trainingCurves(controlled))}`,
  };
}

/** Right and wrong decisions by truth. */
export function confusionSection({ labels, unseen }: ReplicationResult, arms: ReplicatedArms): Section {
  const { positive, negative } = labels;
  const original = confusionMatrices(arms.original, positive, negative);
  return {
    id: 'confusion',
    title: 'Which errors does each network make?',
    short: 'Confusion matrices',
    body: html`<h3>A and B, at 0.5 as in the original study</h3>
${panels({
  ...original,
  caption:
    'Decisions at a probability of 0.5, as in the original study: rows, the truth; columns, what the network said.',
  marks: `Each cell holds the pictures and their share of the row. A color-final is tested on copies, B color-final on ${unseen.records} X-rays it has not copied. Positive is ${positive}; the original study's matrices have ${negative} in its place.`,
})}
<h3>C, the controlled protocol</h3>
${panels(confusionMatrices(arms.controlled, positive, negative))}`,
  };
}
