import { differenceInterval, level, signed } from '@chromaray/base';
import {
  type Comparison,
  type Endpoint,
  endpointName,
  type IntervalEnds,
  isLowerBetter,
  seedDifference,
} from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import { draw, fitted } from './draw.js';
import type { Figure } from './figure.js';
import { fontSize, ink } from './ink.js';
import { signedTick } from './marks.js';

/** `wide` sets the numbers beside the intervals, `narrow` above them, for a phone or a column of a paper. */
export type ForestForm = 'wide' | 'narrow';

/** One arm's difference from the control, with the differences that it is the mean of. */
export interface ForestRow {
  readonly arm: string;
  readonly control: string;
  readonly difference: number;
  readonly interval: IntervalEnds;
  readonly verdict: string;
  /** One a seed, or a reader. */
  readonly points: readonly { readonly label: string; readonly difference: number }[];
}

/** A comparison of networks as a row: a point a seed. */
export function networkRow({ perSeed, ...comparison }: Comparison): ForestRow {
  const points = perSeed.map((one) => ({ label: `seed ${one.seed}`, difference: seedDifference(one) }));
  return { ...comparison, points };
}

/** What differs, as `AUROC`, and how much of it matters. */
export interface ForestMeasure {
  readonly margin: number;
  readonly measure: string;
  /** True where a difference to the left is the better one. */
  readonly lowerIsBetter?: boolean;
}

/**
 * Each arm's difference from the control with its interval, over the band of differences that do not matter.
 */
export function forest(
  comparisons: readonly ForestRow[],
  { margin, measure, lowerIsBetter = false }: ForestMeasure,
  form: ForestForm,
): Figure {
  const control = comparisons[0]?.control ?? 'control';
  const wide = form === 'wide';
  const [leftEnd, rightEnd] = limits(comparisons, margin);
  const rows = comparisons.map((comparison) => ({
    ...comparison,
    lower: Math.max(comparison.interval[0], leftEnd),
    upper: Math.min(comparison.interval[1], rightEnd),
    numbers: `${signed(comparison.difference)} (${differenceInterval(comparison.interval, margin)})`,
  }));
  const room = (rightEnd - leftEnd) * 0.04;
  const domain = [leftEnd - room, rightEnd + room];
  const shift = wide ? 0 : 12;
  const [cutLeft, cutRight] = [rows.filter(isCutLeft), rows.filter(isCutRight)];
  const arrow = { y: 'arm', symbol: 'triangle', r: 5.5, fill: ink.text, dy: shift } as const;
  const names = Math.max(...rows.map((row) => row.arm.length), 4);
  const nameWidth = Math.min(200, names * fontSize * 0.62) + 16;
  const arms = rows.map((row) => row.arm);
  const own = (arm: string) => arm;
  // The narrow form sets its numbers above each interval: band and zero line leave them the room.
  const headroom = wide ? 0 : 28;
  const labelled = { y: 'arm', fill: ink.text } as const;
  const beside = { ...labelled, frameAnchor: 'right', textAnchor: 'start', dx: 18 } as const;
  const dots = comparisons.flatMap(({ arm, points }) =>
    points
      .map(({ label, difference }) => ({ arm, label, difference }))
      .filter(({ difference }) => difference >= leftEnd && difference <= rightEnd),
  );

  return draw({
    name: `forest-${form}`,
    title: `Difference in ${measure} from ${control}`,
    description: rows.map((row) => `${row.arm}: ${row.numbers}, ${row.verdict}.`).join(' '),
    plots: [
      {
        width: wide ? 700 : 350,
        height: wide ? rows.length * 50 + 76 : rows.length * 62 + 84,
        marginLeft: wide ? nameWidth : 12,
        marginRight: wide ? 204 : 12,
        marginTop: 10,
        marginBottom: 62,
        x: { domain, label: null },
        y: { type: 'band', domain: arms, label: null, axis: null, padding: 0 },
        marks: [
          Plot.barX(arms, { y: own, x1: -margin, x2: margin, fill: ink.band, insetTop: headroom }),
          Plot.ruleY(arms.slice(1), { y: own, dy: wide ? -25 : -31, stroke: ink.grid }),
          Plot.tickX(arms, { y: own, x: 0, stroke: ink.frame, insetTop: headroom }),
          Plot.axisX({
            ticks: 5,
            tickFormat: signedTick,
            fontSize,
            color: ink.frame,
            labelAnchor: 'center',
            fill: ink.text,
          }),
          Plot.ruleY(rows, { y: 'arm', x1: 'lower', x2: 'upper', stroke: ink.text, strokeWidth: 2, dy: wide ? 0 : 12 }),
          Plot.tickX(
            rows.filter((row) => !isCutLeft(row)),
            { x: 'lower', ...end(wide) },
          ),
          Plot.tickX(
            rows.filter((row) => !isCutRight(row)),
            { x: 'upper', ...end(wide) },
          ),
          ...(cutLeft.length === 0 ? [] : [Plot.dot(cutLeft, { ...arrow, x: 'lower', rotate: -90 })]),
          ...(cutRight.length === 0 ? [] : [Plot.dot(cutRight, { ...arrow, x: 'upper', rotate: 90 })]),
          Plot.dot(
            rows.filter(({ difference }) => difference >= leftEnd && difference <= rightEnd),
            {
              x: 'difference',
              y: 'arm',
              symbol: 'square',
              r: 5.5,
              fill: ink.blue,
              stroke: ink.paper,
              dy: wide ? 0 : 12,
              title: ({ arm, numbers, verdict }: (typeof rows)[number]) => `${arm}: ${numbers}, ${verdict}`,
            },
          ),
          Plot.dot(dots, {
            ...{ x: 'difference', y: 'arm', r: 3.2, fill: ink.paper, stroke: ink.text, strokeWidth: 1.2 },
            dy: wide ? 14 : 24,
            title: ({ arm, label, difference }: (typeof dots)[number]) => `${arm}, ${label}: ${signed(difference)}`,
          }),
          ...(wide
            ? [
                Plot.text(rows, {
                  ...labelled,
                  ...fitted(nameWidth),
                  text: 'arm',
                  frameAnchor: 'left',
                  textAnchor: 'start',
                  dx: -nameWidth,
                  fontWeight: 600,
                }),
                Plot.text(rows, { ...beside, text: 'numbers', dy: -9 }),
                Plot.text(rows, { ...beside, ...fitted(186), text: 'verdict', dy: 9, fill: ink.quiet }),
              ]
            : [
                Plot.text(rows, {
                  ...labelled,
                  ...fitted(120),
                  text: 'arm',
                  frameAnchor: 'left',
                  textAnchor: 'start',
                  dy: -14,
                  fontWeight: 600,
                }),
                Plot.text(rows, { ...labelled, text: 'numbers', frameAnchor: 'right', textAnchor: 'end', dy: -14 }),
              ]),
          Plot.text([`\u2190 ${lowerIsBetter ? 'better' : 'worse'} than ${control}`], {
            ...fitted(230),
            frameAnchor: 'bottom-left',
            textAnchor: 'start',
            dy: 46,
            fill: ink.quiet,
          }),
          Plot.text([`${lowerIsBetter ? 'worse' : 'better'} \u2192`], {
            frameAnchor: 'bottom-right',
            textAnchor: 'end',
            dy: 46,
            fill: ink.quiet,
          }),
        ],
      },
    ],
  });
}

/** The words to the forest plot. */
export function forestWords(
  comparisons: readonly Comparison[],
  endpoint: Endpoint,
): { readonly caption: string; readonly marks: string } {
  const control = comparisons[0]?.control ?? 'control';
  const levels = level(...comparisons.map((comparison) => comparison.intervalLevel));
  const corrected =
    endpoint.correction === 'holm' && comparisons.length > 1 ? ', corrected for the number of arms' : '';
  const [leftEnd, rightEnd] = limits(comparisons.map(networkRow), endpoint.margin);
  const cut = comparisons.some(({ interval: [left, right] }) => left < leftEnd || right > rightEnd);
  return {
    caption: `Difference in ${endpointName(endpoint)} between each arm and the control ${control} on the test part, with ${levels} intervals${corrected}.`,
    marks:
      `Square, the mean difference over the seeds; line, its interval; circles, the difference of each seed. The shaded band ` +
      `holds differences too small to matter, within \u00b1${endpoint.margin}. An interval wholly inside the band shows that ` +
      'there is no meaningful difference; otherwise one wholly to the ' +
      `${isLowerBetter(endpoint) ? 'left' : 'right'} of zero shows that the arm helps, wholly to the ${isLowerBetter(endpoint) ? 'right' : 'left'} that it harms.${cut ? ' An arrow: the interval continues beyond the axis.' : ''}`,
  };
}

function end(wide: boolean) {
  const inset = wide ? 17 : 26;
  return { y: 'arm', stroke: ink.text, strokeWidth: 2, insetTop: inset, insetBottom: inset, dy: wide ? 0 : 12 };
}

/** Whether an interval goes on beyond the axis. */
function isCutLeft({ lower, interval: [left] }: { readonly lower: number; readonly interval: Comparison['interval'] }) {
  return lower > left;
}

function isCutRight({
  upper,
  interval: [, right],
}: {
  readonly upper: number;
  readonly interval: Comparison['interval'];
}) {
  return upper < right;
}

/**
 * How far the axis reaches: over all intervals, unless a few wild ones, as of an arm whose networks did not learn, would
 * press the others into a point. Those that reach eight times as far as the middle one are cut at four times.
 */
function limits(comparisons: readonly ForestRow[], margin: number): [number, number] {
  const ends = comparisons
    .flatMap(({ interval: both, points }) => [...both, ...points.map(({ difference }) => difference)])
    .filter(Number.isFinite);
  const reaches = comparisons
    .map(({ interval: both }) => Math.max(...both.map(Math.abs)))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const usual = Math.max(3 * margin, 4 * (reaches[Math.floor((reaches.length - 1) / 2)] ?? 0));
  const limit = (reaches.at(-1) ?? 0) > 2 * usual ? usual : Number.POSITIVE_INFINITY;
  return [Math.max(-limit, Math.min(-1.5 * margin, ...ends)), Math.min(limit, Math.max(1.5 * margin, ...ends))];
}
