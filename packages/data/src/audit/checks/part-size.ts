import { listed } from '@chromaray/base';
import type { Finding, Part, PartCounts } from '@chromaray/contracts';
import { expectedAurocVariance, normalQuantile, wilsonInterval } from '@chromaray/evidence';
import { countParts } from '../../split/counts.js';
import type { Check } from '../check.js';

/** Widest 95 % interval, from end to end, with which a part can still separate arms or choose a threshold. */
const widest: readonly (readonly [Part, number, string])[] = [
  ['test', 0.1, 'differences between arms can hardly be detected'],
  ['validation', 0.2, 'the operating threshold and the best epoch are chosen by chance'],
];
/** What a usable network reaches; a worse one has wider intervals still. */
const expectedAuroc = 0.95;
const expectedAccuracy = 0.9;

/**
 * Parts too small for their purpose, judged by the 95 % intervals they would give: of an accuracy of
 * 0.9 (Wilson 1927) and of an AUROC of 0.95 (Hanley & McNeil 1982), images taken as independent.
 * Evidence: `{ part, records, patients, positives, negatives, accuracyWidth, aurocWidth }`.
 */
export const partSize: Check = {
  id: 'part-size',
  findings: ['part-lacks-class', 'validation-too-small', 'test-too-small'],
  run({ dataset, split, part }) {
    const counts = split?.counts ?? countParts(dataset.records, part, dataset.several);
    return widest.flatMap(([name, limit, consequence]): readonly Finding[] => {
      const size = counts[name];
      if (size.records === 0 && split === null) return [];
      const lacking = lackingClass(size, dataset.positive);
      if (lacking !== undefined) return [lacksClass(name, size, lacking, dataset.several !== undefined)];
      const { accuracyWidth, aurocWidth } = intervalWidths(size);
      const width = Math.max(accuracyWidth, aurocWidth);
      if (width <= limit) return [];
      return [
        {
          id: `${name}-too-small`,
          severity: 'warns',
          title: `The ${name} part has only ${contents(size)}`,
          reason: `Its 95 % intervals would be ${(100 * accuracyWidth).toFixed(1)} points wide for accuracy and ${(100 * aurocWidth).toFixed(1)} for AUROC, so ${consequence}.`,
          remedy:
            name === 'test'
              ? 'Give the test part a larger fraction, or gather more data.'
              : 'Give the validation part a larger fraction.',
          records: [],
          evidence: { part: name, ...size, accuracyWidth, aurocWidth },
        },
      ];
    });
  },
};

/** Widths of the intervals a part would give, from end to end, between 0 and 1. */
function intervalWidths({ records, positives, negatives, classes }: PartCounts) {
  // Of several classes the one with the fewest records against the rest: the widest of their intervals.
  const fewest = classes === undefined ? positives : Math.min(...Object.values(classes));
  const others = classes === undefined ? negatives : records - fewest;
  const accuracy = wilsonInterval(expectedAccuracy * records, records);
  const error = Math.sqrt(expectedAurocVariance(expectedAuroc, fewest, others, 'hanley-mcneil'));
  const half = normalQuantile(0.975) * error;
  return {
    accuracyWidth: accuracy.upper - accuracy.lower,
    aurocWidth: Math.min(1, expectedAuroc + half) - Math.max(0, expectedAuroc - half),
  };
}

function contents({ positives, negatives, classes }: PartCounts): string {
  if (classes === undefined) return `${positives} positives and ${negatives} negatives`;
  return listed(Object.entries(classes).map(([name, size]) => `${size} ${name}`));
}

/** A class that no record of a part is of; undefined where each has one. */
function lackingClass({ positives, negatives, classes }: PartCounts, positive: string): string | undefined {
  if (classes !== undefined) return Object.entries(classes).find(([, size]) => size === 0)?.[0];
  if (positives === 0) return positive;
  return negatives === 0 ? `a class other than ${positive}` : undefined;
}

function lacksClass(part: Part, size: PartCounts, lacking: string, several: boolean): Finding {
  return {
    id: 'part-lacks-class',
    severity: 'blocks',
    title: `The ${part} part holds no record of ${lacking}`,
    reason: `Without ${several ? 'every class' : 'both classes'} there is neither an AUROC nor a threshold.`,
    remedy: `Split by patient (\`split.method: patient\`), which gives each part ${several ? 'every class' : 'both classes'}.`,
    records: [],
    evidence: { part, ...size },
  };
}
