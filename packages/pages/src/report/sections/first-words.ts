import { count, counted, interval, level, listed, metric } from '@chromaray/base';
import { endpointName, endpointOf, type StudyVerdict, testedOn, withArticle } from '@chromaray/contracts';
import { capitalised } from '../../kit/capitalised.js';
import { type Html, type HtmlContent, html, joined } from '../../kit/html.js';
import { onlyPictures } from '../only-pictures.js';
import type { ReportInput } from '../report-input.js';

/** What was asked, in one sentence. */
export function question({ arms, dataset, verdict }: ReportInput): Html {
  const control = arms.find((arm) => arm.control)?.name ?? 'the control';
  const others = arms.filter((arm) => !arm.control).map((arm) => html`<b>${arm.name}</b>`);
  const task = foundWords(verdict.arms, dataset);
  return html`The question: does a network ${task} better ${onlyPictures(arms) ? 'when its X-rays come as' : 'in the arm'} ${anyOf(others)} than ${onlyPictures(arms) ? 'as' : 'in'} <b>${control}</b>, measured by ${endpointName(verdict.endpoint)} on the test part, with differences under ${verdict.endpoint.margin} counted as too small to matter?`;
}

/** What networks are to do: find one class, or tell several apart. */
export function foundWords(arms: StudyVerdict['arms'], { positive }: Pick<ReportInput['dataset'], 'positive'>): string {
  const classes = arms.find((arm) => arm.classes !== undefined)?.classes;
  return classes === undefined ? `find ${positive}` : `tell ${listed(classes.perClass.map((one) => one.class))} apart`;
}

/** `a`, `a or b`, `a, b or c`. */
function anyOf(names: readonly Html[]): HtmlContent {
  if (names.length < 2) return names;
  return [joined(names.slice(0, -1), ', '), ' or ', names.at(-1)!];
}

/** The verdict's word as a title. */
export function verdictTitle({ verdict }: StudyVerdict): string {
  return capitalised(verdict);
}

/** The verdict's colour by its kind. */
export function verdictClass({ verdict }: StudyVerdict): string {
  if (verdict === 'helps') return 'helps';
  if (verdict === 'no meaningful difference') return 'equal';
  return verdict === 'inconclusive' ? 'open' : 'invalid';
}

/** What the verdict was measured on, and how fine that measures. */
export function basis({ arms, counts, folds, smallestDetectable, endpoint }: StudyVerdict): string {
  const seeds = arms.map((arm) => arm.seeds.length);
  const [fewest, most] = [Math.min(...seeds), Math.max(...seeds)];
  const { records, patients } = counts.test;
  const people = patients === null ? 'patients unknown' : counted(patients, 'patient');
  const detectable =
    smallestDetectable === null
      ? ''
      : ` Minimum detectable difference at 80 % power, in the most precise comparison: ${metric(smallestDetectable)}.`;
  const control = arms.find((arm) => arm.control);
  const own =
    control === undefined
      ? ''
      : ` The control ${control.arm} has ${withArticle(endpointName(endpoint))} of ${metric(endpointOf(control).mean)} (${level(1 - endpoint.alpha)} interval ${interval(endpointOf(control).interval)}).`;
  return `Measured on ${testedOn(folds === undefined ? {} : { folds })}, ${count(records)} X-rays (${people}), ${arms.length === 0 ? 'but no trial is finished' : `with ${fewest === most ? '' : `${fewest} to `}${counted(most, 'seed')} an arm`}.${own}${detectable}`;
}
