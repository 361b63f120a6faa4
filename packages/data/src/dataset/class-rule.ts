import type { ClassRuleSpec } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { Listing } from './listing.js';

/** What the file names of the Kermany set say: `person1_bacteria_2.jpeg`, `person3_virus_15.jpeg`. */
const kermanyPattern = '(?:^|/)person\\d+_(bacteria|virus)_\\d+';

/**
 * Reads classes from file names. A file that the rule does not fit keeps the class of its folder or label.
 *
 * @param classes names that a file may give, in any case
 * @throws ChromarayError `CHROMARAY_DATASET_CLASS_RULE` for a pattern that is none, captures nothing, fits no file, or finds
 *   a class that is not named
 */
export function ruledClasses<Of extends Listing>(listing: Of, rule: ClassRuleSpec, classes: readonly string[]): Of {
  const pattern = rule === 'kermany' ? kermanyPattern : rule.pattern;
  const expression = compiled(pattern);
  const byName = new Map(classes.map((name) => [name.toLowerCase(), name]));
  let fitting = 0;
  const records = listing.records.map((record) => {
    const match = expression.exec(record.id) ?? expression.exec(record.id.slice(record.id.lastIndexOf('/') + 1));
    const found = match?.groups?.class ?? match?.[1];
    if (found === undefined) return record;
    const label = byName.get(found.normalize('NFC').toLowerCase());
    if (label === undefined) {
      throw ruleError(pattern, `finds the class "${found}" in ${record.id}, which is not named: ${classes.join(', ')}`);
    }
    fitting++;
    return { ...record, label };
  });
  if (fitting === 0 && listing.records.length > 0) {
    throw ruleError(pattern, `fits no file; the first is ${listing.records[0]!.id}`);
  }
  return { ...listing, records, classes: [...new Set(records.map(({ label }) => label))].sort() };
}

function compiled(pattern: string): RegExp {
  try {
    const expression = new RegExp(pattern, 'u');
    // An alternative that matches everything shows how many groups the pattern has.
    if (new RegExp(`${pattern}|`, 'u').exec('')!.length > 1) return expression;
  } catch (cause) {
    throw ruleError(pattern, `is not a regular expression (${(cause as Error).message})`, cause);
  }
  throw ruleError(pattern, 'captures nothing');
}

function ruleError(pattern: string, what: string, cause?: unknown) {
  return codedError('CHROMARAY_DATASET_CLASS_RULE', {
    message: `The class rule "${pattern}" ${what}.`,
    cause,
    details: { pattern },
  });
}
