import { type Finding, severities } from '@chromaray/contracts';

/**
 * Which of two findings of one severity misleads a study more: what carries answers from training into the test part, then what
 * gives labels away, then what makes numbers uncertain. Findings that are not named follow, and files that are no records come
 * last.
 */
const gravest = [
  'duplicate-across-parts',
  'near-duplicate-across-parts',
  'patient-across-parts',
  'given-parts-leak',
  'patient-number-across-parts',
  'lookalike-patients',
  'duplicate-two-labels',
  'near-duplicate-two-labels',
  'label-from-border',
  'label-from-metadata',
  'label-from-thumbnail',
  'unequal-losses',
  'unequal-exclusions',
  'part-lacks-class',
  'test-too-small',
  'validation-too-small',
  'patients-unknown',
  'duplicate-two-patients',
  'near-duplicate-two-patients',
  'near-duplicate-pictures',
  'duplicate-pictures',
];
const last = ['files-ignored'];

/** Puts findings in order: by severity, then by how far they mislead, then by id. */
export function byGravity(a: Finding, b: Finding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || rank(a) - rank(b) || (a.id < b.id ? -1 : 1);
}

function rank({ id }: Finding): number {
  if (last.includes(id)) return gravest.length + 1;
  const at = gravest.indexOf(id);
  return at === -1 ? gravest.length : at;
}
