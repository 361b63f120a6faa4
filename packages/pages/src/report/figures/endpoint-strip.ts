import { interval, level, metric } from '@chromaray/base';
import {
  type ArmResult,
  type Endpoint,
  endpointMeaning,
  endpointName,
  endpointOf,
  endpointShortName,
} from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import { capitalised } from '../../kit/capitalised.js';
import { draw, fitted } from './draw.js';
import type { FigureGroup } from './figure.js';
import { fontSize, halo, ink } from './ink.js';
import { tick } from './marks.js';

const width = 420;
const rowHeight = 46;

/**
 * The endpoint of every arm: a dot a seed, their mean and its interval. How far seeds of one arm lie apart beside how far the
 * arms do says more than any mean.
 *
 * @param over what the intervals account for, as `intervalsOver` says it
 */
export function endpointStrip(arms: readonly ArmResult[], endpoint: Endpoint, over: string): FigureGroup {
  const name = capitalised(endpointName(endpoint));
  const caption = `${name} of every arm on the test part, one dot a seed.`;
  if (arms.length === 0) return { caption, figures: [] };
  const rows = arms.map((result) => {
    const { mean, interval: ends } = endpointOf(result);
    return {
      arm: result.arm,
      label: `${result.arm}${result.control ? ' (control)' : ''}`,
      mean,
      lower: ends?.[0] ?? null,
      upper: ends?.[1] ?? null,
      numbers: ends === null ? metric(mean) : `${metric(mean)} (${interval(ends)})`,
    };
  });
  const dots = arms.flatMap(({ arm, seeds, ...result }) =>
    endpointOf(result).perSeed.map((value, i) => ({
      arm,
      value,
      words: `${arm}, seed ${seeds[i] ?? i + 1}: ${metric(value)}`,
    })),
  );
  const domain = reach([...dots.map(({ value }) => value), ...rows.flatMap(({ lower, upper }) => [lower, upper])]);
  const names = rows.map(({ arm }) => arm);
  const own = (arm: string): string => arm;
  const down = 10;
  return {
    caption,
    marks: `Circles, one network each (a seed); square, their mean; line, its ${level(1 - endpoint.alpha)} interval over ${over}. Two arms whose intervals overlap may differ all the same, because both were tested on the same X-rays: their difference is in the forest plot.`,
    figures: [
      draw({
        name: endpoint.metric === 'auroc' ? 'auroc' : 'endpoint',
        title: `${name} of every arm`,
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
              Plot.ruleX(isGuessingAtHalf(endpoint) && domain[0] <= 0.5 && domain[1] >= 0.5 ? [0.5] : [], {
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
              Plot.text([`${capitalised(endpointShortName(endpoint))}; ${endpointMeaning(endpoint)}`], {
                frameAnchor: 'bottom',
                dy: 46,
                fill: ink.quiet,
              }),
            ],
          },
        ],
      }),
    ],
  };
}

/** Where guessing gives 0.5 whatever the share of positives. */
function isGuessingAtHalf({ metric }: Endpoint): boolean {
  return metric === 'auroc' || metric === 'partial-auroc' || metric === 'balanced-accuracy';
}

/** All values with a little room, within 0 and 1. */
function reach(values: readonly (number | null)[]): [number, number] {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = Math.max(0.005, 0.06 * (most - least));
  return [Math.max(0, least - room), Math.min(1, most + room)];
}
