import { html } from '../../kit/html.js';
import type { ReportFigures } from '../render-figures.js';
import type { ReportInput } from '../report-input.js';
import { thresholdSlider } from './explore.js';
import { absent, folded, panels, type Section } from './section.js';

/** The trade between missed cases and false alarms. */
export function rocSection({ rocAll, roc }: ReportFigures): Section {
  return {
    id: 'roc',
    title: 'False alarms for each found case',
    short: 'ROC curves',
    reading:
      'Moving along a curve is choosing a threshold; comparing curves is comparing networks. Curves that cross have no order that holds for every threshold.',
    body:
      roc.figures.length === 0
        ? absent('No trial has finished yet.')
        : html`${panels(rocAll)}
${folded('Every arm by itself, with its seeds and thresholds', panels(roc))}`,
  };
}

/** Right and wrong decisions by truth. */
export function confusionSection(input: ReportInput, { confusion }: ReportFigures): Section {
  return {
    id: 'confusion',
    title: 'Right and wrong decisions',
    short: 'Confusion matrices',
    reading: 'Right decisions are on the diagonal from the upper left to the lower right.',
    body:
      confusion.figures.length === 0
        ? absent('No trial has finished yet.')
        : html`${panels(confusion)}
${thresholdSlider(input)}`,
  };
}
