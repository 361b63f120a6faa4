import path from 'node:path';
import { differenceInterval, duration, interval, metric, percent, pValue, signed } from '@chromaray/base';
import {
  type Comparison,
  endpointOf,
  endpointShortName,
  type FactorEffects,
  factorEffectName,
  factorOutcomeText,
  type StudyFolder,
  type StudyVerdict,
} from '@chromaray/contracts';
import { classTable } from './class-table.js';
import { formatTable } from './table.js';

/**
 * A study's conclusion for a terminal: the words first, then the numbers, then where to read on.
 *
 * @param width characters of a line
 */
export function formatVerdict(verdict: StudyVerdict, folder: StudyFolder, width: number): string {
  const lines = [
    '',
    `Verdict: ${verdict.verdict}`,
    verdict.statement,
    '',
    formatTable(
      ['arm', 'seeds', ...endpointHeads(verdict.endpoint), 'accuracy', 'sensitivity', 'specificity'],
      verdict.arms.map((arm) => [
        arm.control ? `${arm.arm} (control)` : arm.arm,
        arm.seeds.length,
        metric(endpointOf(arm).mean),
        interval(endpointOf(arm).interval),
        metric(endpointOf(arm).sd),
        ...(arm.endpoint === undefined ? [] : [metric(arm.auroc.mean)]),
        percent(arm.accuracy.mean),
        percent(arm.sensitivity.mean),
        percent(arm.specificity.mean),
      ]),
      width,
    ),
  ];
  lines.push(...classTable(verdict.arms, width));
  if (verdict.comparisons.length > 0) {
    lines.push(
      '',
      formatTable(
        [`against ${verdict.comparisons[0]!.control}`, 'difference', 'interval', 'p', 'p corrected', 'verdict'],
        verdict.comparisons.map((comparison) => comparisonRow(comparison, verdict.endpoint.margin)),
        width,
      ),
    );
  }
  if (verdict.factors !== undefined) lines.push('', factorTable(verdict.factors, width), verdict.factors.statement);
  const { answers = [], open = [] } = verdict.controls ?? {};
  if (answers.length + open.length > 0) lines.push('', 'Controls', ...answers, ...open);
  lines.push(
    '',
    `Report   ${path.relative('', folder.report)}`,
    `Numbers  ${path.relative('', folder.verdict)}, ${path.relative('', folder.predictions)}`,
    `Time     ${duration(verdict.seconds)}`,
    '',
    'For research use only, not for diagnosis.',
  );
  return lines.join('\n');
}

/** Main effects and interactions, which no study declares. */
function factorTable({ effects }: FactorEffects, width: number): string {
  return formatTable(
    ['factors (exploratory)', 'difference', 'interval', 'p', 'p corrected', 'comes to'],
    effects.map((effect) => [
      factorEffectName(effect),
      signed(effect.effect),
      differenceInterval(effect.interval),
      pValue(effect.p),
      pValue(effect.pCorrected),
      factorOutcomeText(effect),
    ]),
    width,
  );
}

/** The endpoint, with the AUROC behind it where it is another. */
function endpointHeads(endpoint: StudyVerdict['endpoint']): readonly string[] {
  const heads = [endpointShortName(endpoint), 'interval', 'sd'];
  if (endpoint.metric === 'auroc' && endpoint.class === undefined) return heads;
  // Sensitivity and specificity at the threshold of the study have columns of their own.
  return [endpoint.at === undefined ? heads[0]! : `${heads[0]} at ${endpoint.at}`, ...heads.slice(1), 'AUROC'];
}

function comparisonRow(comparison: Comparison, margin: number): readonly string[] {
  return [
    comparison.arm,
    signed(comparison.difference),
    differenceInterval(comparison.interval, margin),
    pValue(comparison.p),
    pValue(comparison.pCorrected),
    comparison.verdict,
  ];
}
