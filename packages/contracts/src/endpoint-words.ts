import type { EndpointMetric } from './study-file/choices.js';
import type { EndpointSection } from './study-file/study-file.js';
import type { ArmResult, MetricSummary, SeedComparison } from './verdict.js';

/** What an endpoint is: its metric and the numbers that belong to it. */
export type EndpointKind = Pick<EndpointSection, 'metric' | 'class' | 'at' | 'range'>;

/** Metrics of one class against the other, or against the rest. */
export type TwoClassMetric = Exclude<EndpointMetric, 'macro-auroc' | 'hand-till'>;

/**
 * The endpoint as a measure of one class against the other. Those of several classes are made of AUROCs, and planned as
 * one is.
 */
export function twoClassMeasure({ metric, at, range }: EndpointKind) {
  const of: TwoClassMetric = metric === 'macro-auroc' || metric === 'hand-till' ? 'auroc' : metric;
  return { metric: of, ...(at === undefined ? {} : { at }), ...(range === undefined ? {} : { range }) };
}

/** The endpoint in a sentence, without article: `AUROC`, `sensitivity at a specificity of 0.9`, `Brier score`. */
export function endpointName(endpoint: EndpointKind): string {
  const { metric, at, range } = endpoint;
  switch (metric) {
    case 'auroc':
      return endpoint.class === undefined ? 'AUROC' : `AUROC of ${endpoint.class} against the rest`;
    case 'macro-auroc':
      return 'macro AUROC';
    case 'hand-till':
      return "Hand and Till's M";
    case 'auprc':
      return 'AUPRC';
    case 'partial-auroc':
      return `partial AUROC (false positive rate ${range?.join(' to ')})`;
    case 'sensitivity':
      return `sensitivity at a specificity of ${at}`;
    case 'specificity':
      return `specificity at a sensitivity of ${at}`;
    case 'balanced-accuracy':
      return 'balanced accuracy';
    case 'brier':
      return 'Brier score';
  }
}

/** The same where space is scarce: a table's head, an axis. */
export function endpointShortName(endpoint: EndpointKind): string {
  const { metric } = endpoint;
  if (metric === 'partial-auroc') return 'partial AUROC';
  return metric === 'sensitivity' || metric === 'specificity' ? metric : endpointName(endpoint);
}

/** True where a smaller value is the better one. */
export function isLowerBetter({ metric }: Pick<EndpointKind, 'metric'>): boolean {
  return metric === 'brier';
}

/** "an AUROC", "a Brier score" */
export function withArticle(name: string): string {
  return `${/^[AEIO]/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** What a value means, for someone who reads it the first time; a sentence without a full stop. */
export function endpointMeaning(endpoint: EndpointKind): string {
  switch (endpoint.metric) {
    case 'auroc':
    case 'macro-auroc':
    case 'hand-till':
      return '0.5 is guessing, 1 is perfect';
    case 'auprc':
      return 'the share of positives is guessing, 1 is perfect';
    case 'partial-auroc':
    // Below a figure there is no room for where the threshold comes from as well; the definition of the endpoint says it.
    case 'balanced-accuracy':
      return '0.5 is guessing, 1 is perfect';
    case 'sensitivity':
    case 'specificity':
      return '1 is perfect; the threshold is chosen on validation';
    case 'brier':
      return '0 is perfect; lower is better';
  }
}

/** The endpoint of one arm over its seeds. */
export function endpointOf({ endpoint, auroc }: Pick<ArmResult, 'endpoint' | 'auroc'>): MetricSummary {
  return endpoint ?? auroc;
}

/** The endpoint's difference within one seed. */
export function seedDifference({ difference, delong }: Pick<SeedComparison, 'difference' | 'delong'>): number {
  return difference ?? delong.difference;
}
