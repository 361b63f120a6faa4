import { decimal, interval, level, metric, missing, percent } from '@chromaray/base';
import type { Estimate, StudyBehaviour, TrialCalibration } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { ReportFigures } from '../render-figures.js';
import type { ReportInput } from '../report-input.js';
import { type DataTable, dataTable, Measured, panels, type Section } from './section.js';

interface Row {
  readonly arm: string;
  readonly trial: TrialCalibration;
}

/** Calibration and what follows from probabilities; nothing where behaviour was not worked out. */
export function honestySection(
  { behaviour }: ReportInput,
  { reliability, decision }: ReportFigures,
): readonly Section[] {
  if (behaviour === undefined || behaviour.arms.length === 0) return [];
  const rows = behaviour.arms.flatMap(({ arm, calibration }) => calibration.map((trial): Row => ({ arm, trial })));
  const calibration = dataTable<Row>(
    'table-calibration',
    `Calibration of each network on the test part, with ${level(behaviour.level)} intervals. Ideal: Brier score, log loss and calibration error 0, slope 1, intercept 0. A temperature above 1 says that the network was too sure; it is fitted on the validation part and changes no ranking; below it the calibration error on the test part with it.${ofFolds(behaviour, 'temperature')}`,
    [
      { head: 'Arm', cell: ({ arm, trial }) => `${arm}, seed\u00a0${trial.seed}` },
      { head: 'Brier', cell: ({ trial }) => metric(trial.brier), kind: 'number' },
      { head: 'Log loss', cell: ({ trial }) => metric(trial.logLoss), kind: 'number' },
      { head: 'Calibration error', cell: ({ trial }) => metric(trial.calibrationError), kind: 'number' },
      { head: 'Slope', cell: ({ trial }) => estimate(trial.slope), kind: 'number' },
      { head: 'Intercept', cell: ({ trial }) => estimate(trial.intercept), kind: 'number' },
      {
        head: 'Temperature',
        cell: ({ trial }) =>
          new Measured(decimal(trial.temperature, 2), {
            note: `error ${metric(trial.atTemperature.calibrationError)}`,
          }),
        kind: 'number',
      },
    ],
    rows,
  );
  const thresholds = thresholdTable(behaviour);
  return [
    {
      id: 'honesty',
      title: 'Calibration of the probabilities',
      short: 'Calibration',
      reading:
        'When a network says 0.8, about 8 of 10 such X-rays should show the disease. A model can rank X-rays well and still give probabilities that mean nothing. All of this is exploratory.',
      body: html`${panels(reliability)}
${calibration.html}
${panels(decision)}
${thresholds.html}`,
      tables: [calibration.plain, thresholds.plain],
    },
  ];
}

function thresholdTable(behaviour: StudyBehaviour): DataTable {
  const { arms, level: shown } = behaviour;
  const rows = arms.flatMap(({ arm, thresholds }) => thresholds.map((result) => ({ arm, result })));
  return dataTable(
    'table-thresholds',
    `Operating thresholds chosen on the validation part in three ways, and what they give on the test part; mean over seeds with ${level(shown)} intervals.${ofFolds(behaviour, 'threshold')}`,
    [
      { head: 'Arm', cell: ({ arm }) => arm },
      { head: 'Threshold for', cell: ({ result }) => result.description, kind: 'words' },
      { head: 'Sensitivity', cell: ({ result }) => share(result.sensitivity), kind: 'number' },
      { head: 'Specificity', cell: ({ result }) => share(result.specificity), kind: 'number' },
    ],
    rows,
  );
}

/** How a choice is made where each fold makes its own. */
function ofFolds({ folds }: StudyBehaviour, choice: 'temperature' | 'threshold'): string {
  if (folds === undefined) return '';
  const shown = choice === 'temperature' ? ' The mean over the folds is shown.' : '';
  return ` Each fold chooses its ${choice} on its own validation part, for the X-rays that it tests; all folds are pooled.${shown}`;
}

function estimate(value: Estimate | null): string | Measured {
  if (value === null) return missing;
  const two = (end: number): string => decimal(end, 2);
  return new Measured(two(value.value), { interval: interval(value.interval, two) });
}

function share({ value, interval: ends }: Estimate): Measured {
  return new Measured(percent(value), { interval: interval(ends, (end) => percent(end)) });
}
