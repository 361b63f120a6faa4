import path from 'node:path';
import type { Comparison, MetricSummary, StudyFolder, StudyVerdict } from '@chromaray/contracts';
import { formatPercent, formatSeconds } from './format.js';
import { formatTable } from './table.js';
import { wrap } from './wrap.js';

/**
 * A study's conclusion for a terminal: the words first, then the numbers, then where to read on.
 *
 * @param width characters of a line
 */
export function formatVerdict(verdict: StudyVerdict, folder: StudyFolder, width: number): string {
  const lines = [
    '',
    `Verdict: ${verdict.verdict}`,
    wrap(verdict.statement, width),
    '',
    formatTable(
      ['arm', 'seeds', 'AUROC', 'interval', 'sd', 'accuracy', 'sensitivity', 'specificity'],
      verdict.arms.map((arm) => [
        arm.control ? `${arm.arm} (control)` : arm.arm,
        arm.seeds.length,
        arm.auroc.mean.toFixed(3),
        interval(arm.auroc),
        arm.auroc.sd === null ? '–' : arm.auroc.sd.toFixed(3),
        formatPercent(arm.accuracy.mean),
        formatPercent(arm.sensitivity.mean),
        formatPercent(arm.specificity.mean),
      ]),
      width,
    ),
  ];
  if (verdict.comparisons.length > 0) {
    lines.push(
      '',
      formatTable(
        [`against ${verdict.comparisons[0]!.control}`, 'difference', 'interval', 'p', 'p corrected', 'verdict'],
        verdict.comparisons.map(comparisonRow),
        width,
      ),
    );
  }
  lines.push(
    '',
    `Report   ${path.relative('', folder.report)}`,
    `Numbers  ${path.relative('', folder.verdict)}, ${path.relative('', folder.predictions)}`,
    `Time     ${formatSeconds(verdict.seconds)}`,
    '',
    'For research use only, not for diagnosis.',
  );
  return lines.join('\n');
}

function comparisonRow(comparison: Comparison): readonly string[] {
  const [lower, upper] = comparison.interval;
  return [
    comparison.arm,
    signed(comparison.difference),
    `${signed(lower)} to ${signed(upper)}`,
    probability(comparison.p),
    probability(comparison.pCorrected),
    comparison.verdict,
  ];
}

function interval({ interval: ends }: MetricSummary): string {
  return ends === null ? '–' : `${ends[0].toFixed(3)} to ${ends[1].toFixed(3)}`;
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
}

function probability(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}
