import { interval, metric } from '@chromaray/base';
import * as Plot from '@observablehq/plot';
import { draw, fitted } from './draw.js';
import type { FigureGroup } from './figure.js';
import { fontSize, halo, ink } from './ink.js';
import { tick } from './marks.js';

/** What a classifier saw, and how far that brought it. */
export interface Reach {
  readonly who: string;
  readonly auroc: number;
  readonly interval: readonly [number, number] | null;
  /** A network of the study, not a shortcut. */
  readonly network: boolean;
}

const width = 460;
const rowHeight = 44;

/** Shortcuts and networks on one scale, from guessing to perfect. */
export function shortcutChart(reaches: readonly Reach[], marks: string): FigureGroup {
  const caption = 'AUROC of classifiers that saw too little to read an X-ray, above the networks of every arm.';
  if (reaches.length === 0) return { caption, figures: [] };
  const rows = reaches.map((reach) => ({
    ...reach,
    lower: reach.interval?.[0] ?? null,
    upper: reach.interval?.[1] ?? null,
    numbers: reach.interval === null ? metric(reach.auroc) : `${metric(reach.auroc)} (${interval(reach.interval)})`,
  }));
  const ends = rows.flatMap(({ auroc, lower }) => [auroc, lower ?? auroc]);
  const domain: [number, number] = [Math.max(0, Math.min(0.48, ...ends.map((end) => end - 0.02))), 1];
  const names = rows.map(({ who }) => who);
  const down = 10;
  const dot = {
    x: 'auroc',
    y: 'who',
    dy: down,
    title: ({ who, numbers }: (typeof rows)[number]) => `${who}: ${numbers}`,
  };
  return {
    caption,
    marks: `Orange diamonds, shortcuts; blue squares, networks (mean over seeds); lines, 95\u00a0% intervals; dotted, guessing. ${marks}`,
    figures: [
      draw({
        name: 'shortcuts-and-networks',
        title: 'Shortcuts beside networks',
        description: rows.map(({ who, numbers }) => `${who}: ${numbers}.`).join(' '),
        plots: [
          {
            width,
            height: rows.length * rowHeight + 60,
            marginLeft: 12,
            marginRight: 12,
            marginTop: 8,
            marginBottom: 52,
            x: { domain, label: null },
            y: { type: 'band', domain: names, label: null, axis: null, padding: 0 },
            marks: [
              Plot.ruleY(names.slice(1), { y: (who: string) => who, dy: -rowHeight / 2, stroke: ink.grid }),
              Plot.ruleX([0.5], { stroke: ink.frame, strokeDasharray: '1 3' }),
              Plot.axisX({ ticks: 6, tickFormat: tick, fontSize, color: ink.frame, fill: ink.text }),
              Plot.ruleY(
                rows.filter(({ lower }) => lower !== null),
                { y: 'who', x1: 'lower', x2: 'upper', stroke: ink.text, strokeWidth: 2, dy: down },
              ),
              Plot.dot(
                rows.filter(({ network }) => !network),
                { ...dot, symbol: 'diamond', r: 6, fill: ink.vermilion, stroke: ink.paper },
              ),
              Plot.dot(
                rows.filter(({ network }) => network),
                { ...dot, symbol: 'square', r: 5.5, fill: ink.blue, stroke: ink.paper },
              ),
              Plot.text(rows, {
                ...fitted(290),
                ...{ y: 'who', text: 'who', frameAnchor: 'left', textAnchor: 'start', dy: -9, fontWeight: 600 },
                ...halo,
              }),
              Plot.text(rows, { y: 'who', text: 'numbers', frameAnchor: 'right', textAnchor: 'end', dy: -9, ...halo }),
              Plot.text(['AUROC; 0.5 is guessing'], { frameAnchor: 'bottom', dy: 44, fill: ink.quiet }),
            ],
          },
        ],
      }),
    ],
  };
}
