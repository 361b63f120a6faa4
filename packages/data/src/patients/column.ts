import { isPlaceholder } from './missing.js';
import type { PatientRule } from './rule.js';

/** The patient column of a CSV manifest. */
export function columnRule(column: string): PatientRule {
  return {
    name: 'column',
    description: `Column \`${column}\` of the manifest names the patient.`,
    identify: ({ patientColumn }) =>
      patientColumn === null || isPlaceholder(patientColumn) ? null : { patient: patientColumn, subtype: null },
  };
}
