import type { AuditContext, Check } from '../check.js';
import { duplicates } from './duplicates.js';
import { patients } from './patients.js';

/**
 * Leaks between the parts that the data set comes with, when this study uses other parts or has rebuilt
 * one. They do not touch the study, but all that was published on those parts. Evidence: as `duplicates`
 * and `patients`, in `{ pictures, patients }`.
 */
export const givenParts: Check = {
  id: 'given-parts',
  findings: ['given-parts-leak'],
  run(context) {
    if (context.split === null) return [];
    const given: AuditContext = { ...context, split: null, part: ({ givenPart }) => givenPart };
    const find = (used: AuditContext) =>
      [...duplicates.run(used), ...patients.run(used)].filter(
        ({ severity, id }) => severity === 'blocks' && id.includes('across'),
      );
    const mended = find(given).filter(({ id }) => !find(context).some((still) => still.id === id));
    if (mended.length === 0) return [];
    const evidenceOf = (id: string) => mended.find((finding) => finding.id === id)?.evidence ?? [];
    return [
      {
        id: 'given-parts-leak',
        severity: 'notes',
        title: "The data set's own parts leak; this study's do not",
        reason: `Its parts show ${mended.map(({ title }) => title).join(' and ')}, so results published on them may be too good.`,
        remedy: 'Do not compare this study with those results.',
        records: [...new Set(mended.flatMap(({ records }) => records))].sort(),
        evidence: { pictures: evidenceOf('duplicate-across-parts'), patients: evidenceOf('patient-across-parts') },
      },
    ];
  },
};
