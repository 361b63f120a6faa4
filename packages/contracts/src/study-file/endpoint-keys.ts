import type { EndpointMetric } from './choices.js';
import type { Problem } from './problem.js';
import type { StudyFile } from './study-file.js';

/** The metrics that a key belongs to, and how it is written. */
const keys: Readonly<Record<'at' | 'range', { readonly of: readonly EndpointMetric[]; readonly example: string }>> = {
  at: { of: ['sensitivity', 'specificity'], example: 'at: 0.9' },
  range: { of: ['partial-auroc'], example: 'range: [0, 0.2]' },
};

/** What an endpoint needs beside its metric. */
export function endpointKeyProblems({ endpoint }: Pick<StudyFile, 'endpoint'>): readonly Problem[] {
  const { metric, range } = endpoint;
  const problems = Object.entries(keys).flatMap(([key, { of, example }]): Problem[] => {
    const isGiven = endpoint[key as keyof typeof keys] !== undefined;
    if (isGiven === of.includes(metric)) return [];
    return isGiven
      ? [
          problem(
            [key],
            `"endpoint.${key}" has no meaning for the metric "${metric}"`,
            `Remove it: it belongs to ${of.join(' and ')}.`,
          ),
        ]
      : [problem(['metric'], `the metric "${metric}" needs "endpoint.${key}"`, `Write for example \`${example}\`.`)];
  });
  if (range === undefined || range[0] < range[1]) return problems;
  const message = `"endpoint.range" runs from ${range[0]} to ${range[1]}`;
  return [...problems, problem(['range'], message, 'Write the lower false positive rate first.')];
}

function problem(path: readonly string[], message: string, remedy: string): Problem {
  return { code: 'ENDPOINT', path: ['endpoint', ...path], message, remedy };
}
