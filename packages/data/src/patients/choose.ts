import type { PatientRuleSpec } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { columnRule } from './column.js';
import { dicomRule } from './dicom.js';
import { kermany, kermanyNumber } from './kermany.js';
import { patternRule } from './pattern.js';
import type { IdentifiableRecord, PatientRule } from './rule.js';
import { wellKnownRules } from './well-known.js';

/**
 * The rule that a study file asks for; null when patients are unknown.
 *
 * `auto` takes the manifest's column when it has one, else the ids in DICOM files when most have one, else the rule of
 * a published data set when it fits most paths. A rule that was asked for, or that `auto` has settled on, must then fit every record: a few patients
 * guessed wrongly leak between parts unseen.
 *
 * @param records every record of the data set
 * @param column name of the patient column, or null when the layout or the manifest has none
 * @throws ChromarayError `CHROMARAY_PATIENTS_UNMATCHED` naming records that the rule does not match,
 *   `CHROMARAY_PATIENTS_COLUMN` when the column asked for is missing, `CHROMARAY_PATIENTS_PATTERN`.
 */
export function choosePatientRule(
  spec: PatientRuleSpec,
  records: readonly IdentifiableRecord[],
  column: string | null,
): PatientRule | null {
  const rule = ruleFor(spec, records, column);
  if (rule === null) return null;
  const unmatched = records.filter((record) => rule.identify(record) === null).map(({ id }) => id);
  if (unmatched.length === 0) return rule;
  const more = unmatched.length > 3 ? ` and ${unmatched.length - 3} more` : '';
  throw codedError('CHROMARAY_PATIENTS_UNMATCHED', {
    message: `The patient rule "${rule.name}" does not match ${unmatched.length} of ${records.length} records: ${unmatched.slice(0, 3).join(', ')}${more}.${matchedAgainst(spec, unmatched)}`,
    details: { rule: rule.name, records: unmatched },
  });
}

/** What a pattern of the user's own was compared with, which shows why it does not fit. */
function matchedAgainst(spec: PatientRuleSpec, unmatched: readonly string[]): string {
  if (typeof spec !== 'object') return '';
  const [first] = unmatched;
  const name = first!.slice(first!.lastIndexOf('/') + 1);
  return ` It was matched against "${first}"${name === first ? '' : ` and "${name}"`}.`;
}

function ruleFor(
  spec: PatientRuleSpec,
  records: readonly IdentifiableRecord[],
  column: string | null,
): PatientRule | null {
  if (typeof spec === 'object') return patternRule(spec.pattern);
  switch (spec) {
    case 'none':
      return null;
    case 'kermany':
      return kermany;
    case 'kermany-number':
      return kermanyNumber;
    case 'dicom':
      return dicomRule;
    case 'column':
      if (column !== null) return columnRule(column);
      throw codedError('CHROMARAY_PATIENTS_COLUMN', {
        message: 'The patient rule "column" needs a CSV manifest with a patient column, and there is none.',
      });
    case 'auto': {
      if (column !== null) return columnRule(column);
      return [dicomRule, kermany, ...wellKnownRules].find((rule) => fitsMost(rule, records)) ?? null;
    }
  }
}

function fitsMost(rule: PatientRule, records: readonly IdentifiableRecord[]): boolean {
  return records.filter((record) => rule.identify(record) !== null).length * 2 > records.length;
}
