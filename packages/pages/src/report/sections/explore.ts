import { type Html, html } from '../../kit/html.js';
import type { ReportArm, ReportInput, ReportTrial } from '../report-input.js';
import { table } from './section.js';

/**
 * A slider over thresholds that the page's script brings to life; hidden without it. It holds for every network how many test
 * records of each class have which probability.
 */
export function thresholdSlider({ arms, dataset }: ReportInput): Html | null {
  const drawable = arms.flatMap((arm) => {
    const trials = arm.trials.flatMap(counted);
    return trials.length === 0 ? [] : [{ arm, trials }];
  });
  const steps = drawable[0]?.trials[0]?.steps;
  if (steps === undefined) return null;
  const data = {
    steps,
    arms: drawable.map(({ trials }) => trials.map(({ own, positives, negatives }) => ({ own, positives, negatives }))),
  };
  const empty = () => '';
  return html`<div class="explore" data-thresholds="${JSON.stringify(data)}" hidden>
<h4>Try another threshold</h4>
<p>A threshold that is chosen here was chosen on the test part: what it gives is too good to be promised for other X-rays.</p>
<label>Calls ${dataset.positive} from a probability of <output></output><input type="range" min="0" max="${steps}" step="1" value="${steps / 2}"></label>
<p><button type="button">Back to each network\u2019s own threshold</button></p>
${table<ReportArm>(
  'table-explore',
  'Mean over the seeds of an arm, X-rays rounded.',
  [
    { head: 'Arm', cell: ({ name }) => name },
    { head: 'Sensitivity', cell: empty, kind: 'number' },
    { head: 'Specificity', cell: empty, kind: 'number' },
    { head: 'Found', cell: empty, kind: 'number' },
    { head: 'Missed', cell: empty, kind: 'number' },
    { head: 'False positives', cell: empty, kind: 'number' },
    { head: 'True negatives', cell: empty, kind: 'number' },
  ],
  drawable.map(({ arm }) => arm),
)}
</div>`;
}

function counted({ steps, confusion }: ReportTrial) {
  if (steps === undefined || steps === null || confusion === null) return [];
  return [{ ...steps, own: [confusion.truePositives, confusion.falsePositives] }];
}
