import type { ReportFigures } from '../render-figures.js';
import { absent, panels, type Section } from './section.js';

/** The trade between missed cases and false alarms. */
export function rocSection({ roc }: ReportFigures): Section {
  return {
    id: 'roc',
    title: 'False alarms for each found case',
    short: 'ROC curves',
    reading:
      'The nearer a curve comes to the upper left corner, the fewer false alarms each found case costs. Moving along a curve is choosing a threshold; comparing curves is comparing networks.',
    body: roc.figures.length === 0 ? absent('No trial has finished yet.') : panels(roc),
  };
}

/** Right and wrong decisions by truth. */
export function confusionSection({ confusion }: ReportFigures): Section {
  return {
    id: 'confusion',
    title: 'Right and wrong decisions',
    short: 'Confusion matrices',
    reading: 'Right decisions are on the diagonal from the upper left to the lower right.',
    body: confusion.figures.length === 0 ? absent('No trial has finished yet.') : panels(confusion),
  };
}
