import { interval, level, metric } from '@chromaray/base';
import type { ArmResult } from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import { draw, fitted } from './draw.js';
import type { FigureGroup } from './figure.js';
import { fontSize, halo, ink } from './ink.js';
import { tick } from './marks.js';

const width = 420;
const rowHeight = 46;

/**
 * The AUROC of every arm: a dot a seed, their mean and its interval. How far seeds of one arm lie apart beside how far the
 * arms do says more than any mean.
 *
 * @param share level of the intervals
 */
export function aurocStrip(arms: readonly ArmResult[], share: number): FigureGroup {
  const caption = 'AUROC of every arm on the test part, one dot a seed.';
  if (arms.length === 0) return { caption, figures: [] };
  const rows = arms.map(({ arm, control, auroc }) => ({
    arm,
    label: `${arm}${control ? ' (control)' : ''}`,
    mean: auroc.mean,
    lower: auroc.interval?.[0] ?? null,
    upper: auroc.interval?.[1] ?? null,
    numbers: auroc.interval === null ? metric(auroc.mean) : `${metric(auroc.mean)} (${interval(auroc.interval)})`,
  }));
  const dots = arms.flatMap(({ arm, seeds, auroc }) =>
    auroc.perSeed.map((value, i) => ({ arm, value, words: `${arm}, seed ${seeds[i] ?? i + 1}: ${metric(value)}` })),
  );
  const domain = reach([...dots.map(({ value }) => value), ...rows.flatMap(({ lower, upper }) => [lower, upper])]);
  const names = rows.map(({ arm }) => arm);
  const own = (arm: string): string => arm;
  const down = 10;
  return {
    caption,
    marks: `Circles, one network each (a seed); square, their mean; line, its ${level(share)} interval over patients and seeds. Two arms whose intervals overlap may differ all the same, because both were tested on the same X-rays: their difference is in the forest plot.`,
    figures: [
      draw({
        name: 'auroc',
        title: 'AUROC of every arm',
        description: rows.map(({ label, numbers }) => `${label}: ${numbers}.`).join(' '),
        plots: [
          {
            width,
            height: rows.length * rowHeight + 62,
            marginLeft: 12,
            marginRight: 12,
            marginTop: 8,
            marginBottom: 54,
            x: { domain, label: null, clamp: true },
            y: { type: 'band', domain: names, label: null, axis: null, padding: 0 },
            marks: [
              Plot.ruleY(names.slice(1), { y: own, dy: -rowHeight / 2, stroke: ink.grid }),
              Plot.ruleX(domain[0] <= 0.5 && domain[1] >= 0.5 ? [0.5] : [], {
                stroke: ink.frame,
                strokeDasharray: '1 3',
              }),
              Plot.axisX({ ticks: 5, tickFormat: tick, fontSize, color: ink.frame, fill: ink.text }),
              Plot.ruleY(
                rows.filter(({ lower }) => lower !== null),
                { y: 'arm', x1: 'lower', x2: 'upper', stroke: ink.text, strokeWidth: 2, dy: down },
              ),
              Plot.dot(rows, {
                ...{ x: 'mean', y: 'arm', symbol: 'square', r: 5.5, fill: ink.blue, stroke: ink.paper, dy: down },
                title: ({ label, numbers }: (typeof rows)[number]) => `${label}: ${numbers}`,
              }),
              Plot.dot(dots, {
                ...{
                  x: 'value',
                  y: 'arm',
                  r: 4,
                  fill: ink.paper,
                  fillOpacity: 0.65,
                  stroke: ink.text,
                  strokeWidth: 1.3,
                  dy: down,
                },
                title: 'words',
              }),
              Plot.text(rows, {
                ...fitted(170),
                ...{ y: 'arm', text: 'label', frameAnchor: 'left', textAnchor: 'start', dy: -9, fontWeight: 600 },
                ...halo,
              }),
              Plot.text(rows, { y: 'arm', text: 'numbers', frameAnchor: 'right', textAnchor: 'end', dy: -9, ...halo }),
              Plot.text(['AUROC; 0.5 is guessing, 1 is perfect'], { frameAnchor: 'bottom', dy: 46, fill: ink.quiet }),
            ],
          },
        ],
      }),
    ],
  };
}

/** All values with a little room, within 0 and 1. */
function reach(values: readonly (number | null)[]): [number, number] {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = Math.max(0.005, 0.06 * (most - least));
  return [Math.max(0, least - room), Math.min(1, most + room)];
}
