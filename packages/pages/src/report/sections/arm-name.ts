import { counted } from '@chromaray/base';
import { type Html, html } from '../../kit/html.js';
import type { ReportArm, ReportTrial } from '../report-input.js';

/** The name, with what sets the arm apart: that it is the control, or that trials are missing. */
export function armName(arm: ReportArm): Html {
  const done = finishedTrials(arm).length;
  return html`${arm.name}${arm.control ? html` <span class="tag">control</span>` : null}${
    done < arm.trials.length
      ? html` <span class="tag partial">partial: ${done} of ${counted(arm.trials.length, 'seed')}</span>`
      : null
  }`;
}

/** The trials that reached the test part. */
export function finishedTrials(arm: ReportArm): readonly ReportTrial[] {
  return arm.trials.filter((trial) => trial.state === 'finished');
}

/** The same for files. */
export function plainArmName(arm: ReportArm): string {
  const done = finishedTrials(arm).length;
  const said = [
    ...(arm.control ? ['control'] : []),
    ...(done < arm.trials.length ? [`partial: ${done} of ${counted(arm.trials.length, 'seed')}`] : []),
  ];
  return said.length === 0 ? arm.name : `${arm.name} (${said.join(', ')})`;
}
