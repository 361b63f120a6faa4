import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  count,
  decimal,
  differenceInterval,
  interval,
  level,
  metric,
  programVersion,
  pValue,
  signed,
  writeFileAtomic,
} from '@chromaray/base';
import { decodeArtefact, encodeArtefact, type NetworksBeside, type ReaderAnalysis } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { CovarianceMethod, Merit } from '@chromaray/evidence';
import { analyseReaders, meritName } from '@chromaray/results';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';
import { readingsFrom, usualControl } from './readings-file.js';

export interface ReadersAnalyseOptions {
  readonly control?: string;
  readonly endpoint: 'auc' | 'sensitivity' | 'specificity' | 'partial-auc';
  readonly cut?: number;
  readonly range: readonly [number, number];
  readonly margin: number;
  readonly alpha: number;
  readonly correction: 'holm' | 'bonferroni' | 'none';
  readonly covariance: CovarianceMethod;
  readonly readers: 'random' | 'fixed';
  readonly cases: 'random' | 'fixed';
  readonly missing: 'available' | 'complete';
  readonly scale?: readonly [number, number];
  readonly finding?: string;
  readonly networks?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** What `chromaray readers analyse <ratings>` does. */
export async function readersAnalyseAction(
  file: string,
  options: ReadersAnalyseOptions,
  context: Context,
): Promise<void> {
  const readings = readingsFrom(file);
  const control = options.control ?? usualControl(readings);
  requireArm(control, new Set(readings.map(({ treatment }) => treatment)));
  const analysis = analyseReaders(
    readings,
    {
      study: path.basename(file, path.extname(file)),
      finding: options.finding ?? null,
      control,
      method: {
        merit: meritOf(options),
        covariance: options.covariance,
        generality: { readers: options.readers, cases: options.cases },
      },
      margin: options.margin,
      alpha: options.alpha,
      correction: options.correction,
      missing: options.missing,
      scale: options.scale === undefined ? null : { least: options.scale[0], most: options.scale[1] },
      cut: options.cut ?? null,
    },
    {
      versions: { chromaray: programVersion() },
      ...(options.networks === undefined ? {} : { networks: networksBeside(options.networks) }),
    },
  );
  if (options.out !== undefined) {
    // Drawing takes a while to load, and only this needs it.
    const { readersReport } = await import('@chromaray/pages/report');
    writeFileAtomic(path.join(options.out, 'readers.json'), encodeArtefact('readers', analysis));
    writeFileAtomic(path.join(options.out, 'readers.html'), readersReport(analysis));
  }
  if (options.json) writeJson(context.out, analysis);
  else {
    printText(context.out, formatAnalysis(analysis, lineWidth(context.out)));
    if (options.out !== undefined) printText(context.out, `Report: ${path.join(options.out, 'readers.html')}`);
  }
}

function meritOf({ endpoint, cut, range }: ReadersAnalyseOptions): Merit {
  if (endpoint === 'auc') return { of: 'auc' };
  if (endpoint === 'partial-auc') return { of: 'partial auc', from: range[0], to: range[1] };
  if (cut !== undefined) return { of: endpoint, cut };
  throw codedError('CHROMARAY_USAGE', {
    message: `The ${endpoint} needs a cut: which ratings count as "positive"?`,
    remedy: 'Name it with --cut.',
  });
}

function requireArm(control: string, arms: ReadonlySet<string>): void {
  if (arms.size === 0 || arms.has(control)) return;
  throw codedError('CHROMARAY_USAGE', {
    message: `There is no arm ${control}; the readings are in ${[...arms].sort().join(', ')}.`,
    remedy: 'Name one of these with --control.',
  });
}

/** What a study of networks concluded. */
export function networksBeside(folder: string): NetworksBeside {
  const file = path.join(folder, 'verdict.json');
  const { study, statement, comparisons } = decodeArtefact('verdict', readFileSync(file, 'utf8'), file);
  return {
    study,
    statement,
    comparisons: comparisons.map((one) => ({
      arm: one.arm,
      control: one.control,
      difference: one.difference,
      interval: one.interval,
      verdict: one.verdict,
    })),
  };
}

export function formatAnalysis(analysis: ReaderAnalysis, width: number): string {
  const { design, endpoint, arms, comparisons, overall, statement, verdict } = analysis;
  const share = level(1 - endpoint.alpha);
  return [
    `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}: ${statement}`,
    '',
    formatTable(
      ['arm', meritName(endpoint.merit), `${share} interval`],
      arms.map(({ arm, control, mean, interval: ends }) => [
        `${arm}${control ? ' (control)' : ''}`,
        metric(mean),
        interval(ends),
      ]),
      width,
    ),
    '',
    formatTable(
      ['difference', 'estimate', 'interval', 'p', 'corrected p', 'verdict'],
      comparisons.map((one) => [
        `${one.arm} - ${one.control}`,
        signed(one.difference),
        differenceInterval(one.interval, endpoint.margin),
        pValue(one.p),
        pValue(one.pCorrected),
        one.verdict,
      ]),
      width,
    ),
    '',
    `Design    ${design.kind}: ${count(design.readers.length)} readers, ${count(design.cases)} cases (${count(design.positives)} positive), ${count(design.readings)} readings`,
    ...(design.missing === 0
      ? []
      : [
          `Missing   ${count(design.missing)} of ${count(design.expected)} readings, of ${count(design.incompleteCases)} cases; ${endpoint.missing === 'complete' ? 'these cases were left out' : 'all readings that exist were used'}`,
        ]),
    ...design.withoutAnArm.map(
      ({ reader, arms: lacking }) => `Left out  ${reader}, who read nothing in ${lacking.join(', ')}`,
    ),
    overall === null
      ? 'All arms  nothing varies: no test'
      : `All arms  F ${decimal(overall.f, 3)} with ${overall.numeratorDegrees} and ${overall.denominatorDegrees === null ? 'infinite' : decimal(overall.denominatorDegrees, 1)} degrees of freedom, p ${pValue(overall.p)}`,
    `Method    Obuchowski-Rockette, ${endpoint.covariance}, readers ${endpoint.readers}, cases ${endpoint.cases}`,
    '',
    'For research only, not for diagnosis.',
  ].join('\n');
}
