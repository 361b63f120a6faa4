import { count, duration, metric, missing } from '@chromaray/base';
import { html } from '../../kit/html.js';
import { listedElsewhere, ofTheFirst } from '../other-trainings.js';
import type { ReportFigures } from '../render-figures.js';
import type { ReportArm, ReportInput, ReportTrial } from '../report-input.js';
import { absent, dataTable, panels, type Section } from './section.js';

/** Loss and accuracy per epoch, and every trial in a table. */
export function trainingSection(input: ReportInput, { training }: ReportFigures): Section {
  const { arms } = input;
  const trials = arms.flatMap((arm) => arm.trials.map((trial) => ({ arm, trial })));
  const last = (trial: ReportTrial) => trial.epochs.at(-1);
  const chosen = (trial: ReportTrial) => trial.epochs.find((epoch) => epoch.epoch === trial.selectedEpoch);
  const everyTrial = dataTable<{ arm: ReportArm; trial: ReportTrial }>(
    'table-trials',
    `Every trial${ofTheFirst(input)}: one arm trained with one seed. Loss and accuracy are those of the validation part at the epoch whose weights were tested.${listedElsewhere(input)}`,
    [
      { head: 'Arm', cell: ({ arm }) => arm.name },
      { head: 'Seed', cell: ({ trial }) => trial.seed, kind: 'number' },
      {
        head: 'State',
        cell: ({ trial }) =>
          trial.state === 'finished' ? trial.state : html`<span class="tag partial">${trial.state}</span>`,
      },
      { head: 'Epochs', cell: ({ trial }) => count(last(trial)?.epoch ?? null), kind: 'number' },
      { head: 'Tested epoch', cell: ({ trial }) => count(trial.selectedEpoch), kind: 'number' },
      { head: 'Loss', cell: ({ trial }) => metric(chosen(trial)?.validationLoss ?? null), kind: 'number' },
      { head: 'Accuracy', cell: ({ trial }) => metric(chosen(trial)?.validationAccuracy ?? null), kind: 'number' },
      {
        head: 'Threshold',
        cell: ({ trial }) => (trial.threshold === null ? missing : metric(trial.threshold)),
        kind: 'number',
      },
      {
        head: 'Time',
        cell: ({ trial }) => duration(trial.seconds),
        sort: ({ trial }) => trial.seconds,
        kind: 'number',
      },
    ],
    trials,
  );
  return {
    id: 'training',
    title: 'Training, epoch by epoch',
    short: 'Curves and trials',
    reading:
      'Good training ends flat: the solid blue line levels out, and the circle comes before it rises again. A dashed orange line far below it in the loss is overfitting; a flat loss near 0.69 and an accuracy at the share of the larger class is a network that learned nothing.',
    body: html`${training.figures.length === 0 ? absent('No epoch has been completed yet.') : panels(training)}
${everyTrial.html}`,
    tables: [everyTrial.plain],
  };
}
