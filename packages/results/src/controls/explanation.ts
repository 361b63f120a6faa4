import { listed } from '@chromaray/base';
import type { Comparison, ControlComparison } from '@chromaray/contracts';
import { controlWhat } from './words.js';

/**
 * What the control arms say about an arm that differs from the study's control, in one or two sentences; none for an arm
 * that does not.
 *
 * @param against that arm against each of its control arms
 */
export function explanation(comparison: Comparison, against: readonly ControlComparison[]): readonly string[] {
  const { arm, control, verdict } = comparison;
  if (verdict !== 'helps' && verdict !== 'harms') return [];
  const words = effects[verdict];
  const alone = against.filter((one) => one.verdict === verdict);
  const others = against.filter((one) => one.verdict !== verdict);
  const beyond = alone.map((one) => `${one.control} (${controlWhat[one.kind]})`);
  const first = `${arm} is ${words.than} ${listed([control, ...beyond])}`;
  const clauses = others.map((one) => clause(one, words));
  const end = against.length > 0 && others.length === 0 ? ' None of these controls accounts for it.' : '';
  return [`${[first, ...clauses].join('; ')}.${end}`];
}

/** Says of arms without an effect that there is nothing for the controls to explain. */
export function nothingToExplain(comparisons: readonly Comparison[]): readonly string[] {
  const armsThat = (verdict: Comparison['verdict']): string[] =>
    comparisons.filter((one) => one.verdict === verdict).map(({ arm }) => arm);
  const [equal, unknown] = [armsThat('no meaningful difference'), armsThat('inconclusive')];
  const said = (arms: readonly string[], what: string): string[] =>
    arms.length === 0 ? [] : [`${listed(arms)} ${arms.length === 1 ? what.replace('show', 'shows') : what}`];
  const all = [
    ...said(equal, 'show no effect that a control would have to explain'),
    ...said(unknown, 'show no effect yet, so that the controls have nothing to explain'),
  ];
  return all.length === 0 ? [] : [`${all.join('; ')}.`];
}

interface EffectWords {
  readonly than: string;
  readonly still: string;
  /** Of one thing, and of several. */
  readonly does: readonly [one: string, several: string];
  readonly may: string;
}

const effects: Readonly<Record<'helps' | 'harms', EffectWords>> = {
  helps: { than: 'better than', still: 'better', does: ['does', 'do'], may: 'may do' },
  harms: { than: 'worse than', still: 'worse', does: ['costs', 'cost'], may: 'may cost' },
};

/** One control arm that the arm is not shown to differ from in the same direction. */
function clause({ control, kind, verdict }: ControlComparison, { than, still, does, may }: EffectWords): string {
  const what = controlWhat[kind];
  const verb = does[plural.has(kind) ? 1 : 0];
  switch (verdict) {
    case 'no meaningful difference':
      return `it differs from ${control} by less than the margin: ${what} ${verb} as much`;
    case 'helps':
    case 'harms':
      return `${control} is ${still} still: ${what} ${verb} more`;
    case 'control did not learn':
      return `${control} is not shown to have learned and explains nothing`;
    default:
      return `whether it is ${than} ${control} is not shown: ${what} ${may} as much`;
  }
}

/** Kinds that are named in the plural. */
const plural: ReadonlySet<ControlComparison['kind']> = new Set(['three channels', 'learned gray', 'shuffled']);
