import type { AdversarialOptions, Collapse, CollapseRule } from './types.js';

const defaults: CollapseRule = { window: 200, overpowers: 0.02, blind: 0.69 };

/** The rule that options ask for; undefined to look for no collapse. */
export function collapseRule({ collapse }: Pick<AdversarialOptions, 'collapse'>): CollapseRule | undefined {
  return collapse === false ? undefined : { ...defaults, ...collapse };
}

/**
 * Looks whether a critic has collapsed.
 *
 * @param losses - of its last steps, the newest last
 * @param isAlone - while it learns alone it may win or guess
 */
export function collapsed(
  rule: CollapseRule,
  losses: readonly number[],
  step: number,
  isAlone: boolean,
): Collapse | undefined {
  const last = losses.at(-1);
  if (last !== undefined && !Number.isFinite(last))
    return { reason: 'not finite', step, criticLoss: last, window: 1, limit: Number.NaN };
  if (isAlone || losses.length < rule.window) return undefined;
  const recent = losses.slice(-rule.window);
  const criticLoss = recent.reduce((sum, loss) => sum + loss, 0) / recent.length;
  const found = { step, criticLoss, window: rule.window };
  if (criticLoss < rule.overpowers) return { reason: 'overpowers', ...found, limit: rule.overpowers };
  if (criticLoss > rule.blind) return { reason: 'blind', ...found, limit: rule.blind };
  return undefined;
}

/** One sentence about a collapse: what was measured, what it means, and which generator is kept. */
export function collapseMessage({ reason, step, criticLoss, window, limit }: Collapse, keptStretch: number): string {
  const kept = keptStretch === 0 ? 'as it was at the start' : `as it was after stretch ${keptStretch}, its best`;
  const end = `The generator is kept ${kept}.`;
  if (reason === 'not finite')
    return `The critic's loss or weights are not finite numbers in step ${step}: it has diverged. ${end}`;
  const measured = `The critic's mean loss over its last ${window} steps, up to step ${step}, is ${criticLoss.toPrecision(3)}`;
  return reason === 'overpowers'
    ? `${measured}, below ${limit}: it tells every picture apart, and the generator learns nothing from it. ${end}`
    : `${measured}, above ${limit}: it guesses (ln 2 = 0.693), and the generator learns nothing from it. ${end}`;
}
