import type { EndpointMetric } from './choices.js';
import { endpointKeyProblems } from './endpoint-keys.js';
import type { Problem } from './problem.js';
import { studyClasses } from './study-classes.js';
import type { StudyFile } from './study-file.js';

/** Metrics of all classes of a study that tells several apart; the others are of one class against the other, or the rest. */
const ofSeveral: ReadonlySet<EndpointMetric> = new Set(['macro-auroc', 'hand-till']);
/** The one that is defined both for two classes and for one against the rest of several. */
const ofEither: EndpointMetric = 'auroc';

/** What an endpoint's keys must agree on with each other and with the classes. */
export function endpointProblems(study: StudyFile): readonly Problem[] {
  return [...endpointKeyProblems(study), ...classProblemsOf(study)];
}

function classProblemsOf({ dataset, endpoint }: StudyFile): readonly Problem[] {
  const classes = studyClasses(dataset);
  const { metric, class: named } = endpoint;
  const problem = (key: 'metric' | 'class', message: string, remedy: string): readonly Problem[] => [
    { code: 'VALUE', path: ['endpoint', key], message, remedy },
  ];
  if (classes === null) {
    if (ofSeveral.has(metric)) {
      const remedy = 'Write `metric: auroc`, or name the classes in `dataset.classes` without `positive`.';
      return problem('metric', `the metric "${metric}" is of three classes or more, and the study has two`, remedy);
    }
    if (named === undefined) return [];
    return problem('class', '"endpoint.class" has no meaning with two classes', 'Remove it: `positive` is the class.');
  }
  if (metric !== ofEither && !ofSeveral.has(metric)) {
    const remedy = 'Write `metric: macro-auroc`, `hand-till`, or `auroc` with the class that is set against the rest.';
    return problem('metric', `the metric "${metric}" is of two classes, and the study has more`, remedy);
  }
  if (metric !== ofEither) {
    if (named === undefined) return [];
    const remedy = `Remove it, or write \`metric: auroc\` for the AUROC of ${named} against the rest.`;
    return problem(
      'class',
      `"endpoint.class" has no meaning for the metric "${metric}", which is of all classes`,
      remedy,
    );
  }
  if (named === undefined) {
    const remedy = `Write for example \`class: ${classes.at(-1)}\`, or a metric of all classes: \`macro-auroc\` or \`hand-till\`.`;
    return problem(
      'metric',
      `the metric "${metric}" of several classes needs the class that is set against the rest`,
      remedy,
    );
  }
  if (classes.includes(named.normalize('NFC'))) return [];
  return problem('class', `there is no class "${named}"; there are ${classes.join(', ')}`, 'Name one of them.');
}
