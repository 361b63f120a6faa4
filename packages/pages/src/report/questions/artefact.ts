import { counted } from '@chromaray/base';
import { type Doubt, doubts } from '../doubts.js';
import type { ReportInput } from '../report-input.js';
import { auditSection } from '../sections/audit.js';
import { lookingSection } from '../sections/looking.js';
import { shortcutReach, shortcutSentence, shortcutsSection } from '../sections/shortcuts.js';
import { travelSection } from '../sections/travel.js';
import type { Ask } from './question.js';

/** What else than disease the numbers could come from: leakage, shortcuts, chance. */
export const artefact: Ask = (input, figures) => ({
  id: 'artefact',
  title: 'Could it be an artefact?',
  short: 'An artefact?',
  answer: [headline(input), audited(input), shortcutSentence(input)].filter((sentence) => sentence !== '').join(' '),
  sections: [
    ...shortcutsSection(input, figures),
    ...travelSection(input),
    ...lookingSection(input),
    auditSection(input),
  ],
});

/** The short answer, from all the evidence there is: audit, learning, shortcuts, and where the networks look. */
function headline(input: ReportInput): string {
  const found = new Set<Doubt['kind']>(doubts(input).map(({ kind }) => kind));
  if (blocking(input) > 0) return 'Yes.';
  if (found.has('shortcut')) {
    return shortcutReach(input) === 'beats'
      ? 'It may be: a classifier that cannot read an X-ray ranks better than the control.'
      : 'It may be: the control is not shown to rank better than a classifier that cannot read an X-ray.';
  }
  if (found.has('not learned')) return 'There is little to explain: not every network is shown to have learned.';
  if (found.has('border'))
    return 'It may be: more evidence lies at the border of the pictures than chance would put there.';
  if (found.has('patients unknown'))
    return 'It cannot be ruled out: patients are unknown, so leakage through them cannot be seen.';
  if (found.has('audit')) return 'It cannot be ruled out: see the warnings of the audit.';
  if (shortcutReach(input) === 'unknown') return 'Nothing was found, but shortcuts could not be measured.';
  if (shortcutReach(input) === 'part') return 'In part, perhaps: a shortcut reaches part of it, and the networks more.';
  return 'Nothing points to it.';
}

function audited({ audit, dataset }: ReportInput): string {
  const leakage =
    dataset.patients === null
      ? 'leakage through copies between the parts (patients are unknown)'
      : 'leakage between the parts';
  const made = `The audit made ${counted(audit.checks.length, 'check')} before training`;
  const blocks = audit.findings.filter(({ severity }) => severity === 'blocks').length;
  const warnings = audit.findings.filter(({ severity }) => severity === 'warns').length;
  if (blocks > 0)
    return `${made}, and ${counted(blocks, 'finding')} would have stopped the study; it was run all the same.`;
  if (warnings > 0) return `${made}, found no ${leakage}, and gave ${counted(warnings, 'warning')}.`;
  return `${made} and found no ${leakage}.`;
}

function blocking({ audit }: ReportInput): number {
  return audit.findings.filter(({ severity }) => severity === 'blocks').length;
}
