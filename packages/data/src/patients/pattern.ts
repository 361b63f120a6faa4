import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { isPlaceholder } from './missing.js';
import type { PatientRule } from './rule.js';

/**
 * A regular expression over the record's path below the root and, where it does not fit that, over the file name alone:
 * a pattern with `^` may mean either. The named group `patient`, or else the first group, is the
 * patient; a named group `subtype` is the finer class.
 *
 * @throws ChromarayError `CHROMARAY_PATIENTS_PATTERN` for a pattern that is none or captures nothing.
 */
export function patternRule(pattern: string): PatientRule {
  const expression = compile(pattern);
  return {
    name: 'pattern',
    description: `The regular expression \`${pattern}\` on the record's path or file name identifies the patient.`,
    identify({ id }) {
      const match = expression.exec(id) ?? expression.exec(id.slice(id.lastIndexOf('/') + 1));
      const patient = match?.groups?.patient ?? match?.[1];
      if (patient === undefined || isPlaceholder(patient)) return null;
      return { patient, subtype: match?.groups?.subtype ?? null };
    },
  };
}

function compile(pattern: string): RegExp {
  try {
    const expression = new RegExp(pattern, 'u');
    // An alternative that matches everything shows how many groups the pattern has.
    if (new RegExp(`${pattern}|`, 'u').exec('')!.length > 1) return expression;
  } catch (cause) {
    throw wrongPattern(pattern, `is not a regular expression (${(cause as Error).message})`, cause);
  }
  throw wrongPattern(pattern, 'captures nothing');
}

function wrongPattern(pattern: string, what: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_PATIENTS_PATTERN', {
    message: `The patient pattern "${pattern}" ${what}.`,
    cause,
    details: { pattern },
  });
}
