import { metric } from '@chromaray/base';
import {
  type Endpoint,
  endpointName,
  endpointOf,
  endpointShortName,
  type FactorEffects,
  factorCells,
  type StudyVerdict,
} from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import { draw, fitted, slug } from './draw.js';
import type { Figure, FigureGroup } from './figure.js';
import { armLines, controlLine, ink, panelWidth } from './ink.js';
import { axisInk, panelMargins, panelTitle, rightNote, ring, tick, upNote } from './marks.js';

type Factor = FactorEffects['factors'][number];

/** The mean of the cells with a level of either factor. */
interface Place {
  readonly level: string;
  readonly line: string;
  readonly value: number;
}

const height = 270;
const margins = { ...panelMargins, marginRight: 84 };
/** Levels along the axis that still have room for their names, and lines that can be told apart. */
const mostAlong = 8;
const mostLines = 1 + armLines.length;

/**
 * For every two factors of a factorial the mean endpoint by their levels: one axis for the factor with more levels, a line for
 * each level of the other. Pairs with too many levels are left out.
 */
export function interactionPlots({ factors, arms, endpoint }: StudyVerdict): FigureGroup {
  const caption = `Mean ${endpointName(endpoint)} by the levels of two factors (exploratory).`;
  if (factors === undefined) return { caption, figures: [] };
  const means = new Map(arms.map((arm) => [arm.arm, endpointOf(arm).mean]));
  const pairs = factors.factors.flatMap((a, i) => factors.factors.slice(i + 1).map((b) => [a, b] as const));
  const drawn = pairs.flatMap(([a, b]) => {
    const [along, lines] = a.levels.length >= b.levels.length ? [a, b] : [b, a];
    if (along.levels.length > mostAlong || lines.levels.length > mostLines) return [];
    const places = placesOf(factors, along, lines, means);
    return places.length === 0 ? [] : [{ along, lines, places }];
  });
  const values = drawn.flatMap(({ places }) => places.map(({ value }) => value));
  const room = Math.max(0.01, 0.1 * (Math.max(...values) - Math.min(...values)));
  const domain = [Math.max(0, Math.min(...values) - room), Math.min(1, Math.max(...values) + room)] as const;
  return {
    caption,
    marks:
      'Circles, the mean over seeds and over all arms with both levels that have a finished trial; lines join those of one level of the second factor and measure nothing between levels. Parallel lines: the factors do not depend on each other. There is no interval here: it stands in the table, for each effect.',
    figures: drawn.map((one) => interaction(one, endpoint, domain)),
  };
}

/** A level without any finished cell is a gap. */
function placesOf(
  factorial: FactorEffects,
  along: Factor,
  lines: Factor,
  means: ReadonlyMap<string, number>,
): readonly Place[] {
  const cells = factorCells(factorial);
  const [a, l] = [factorial.factors.indexOf(along), factorial.factors.indexOf(lines)];
  return lines.levels.flatMap((line) =>
    along.levels.flatMap((level): Place[] => {
      const own = cells.flatMap(({ arm, levels }) =>
        levels[a] === level && levels[l] === line && means.has(arm) ? [means.get(arm)!] : [],
      );
      return own.length === 0 ? [] : [{ level, line, value: own.reduce((sum, one) => sum + one, 0) / own.length }];
    }),
  );
}

function interaction(
  { along, lines, places }: { readonly along: Factor; readonly lines: Factor; readonly places: readonly Place[] },
  endpoint: Endpoint,
  domain: readonly [number, number],
): Figure {
  const look = (line: string) => [controlLine, ...armLines][lines.levels.indexOf(line)]!;
  const ofLine = lines.levels
    .map((line) => places.filter((place) => place.line === line))
    .filter((own) => own.length > 0);
  const between = ((domain[1] - domain[0]) * 15) / (height - margins.marginTop - margins.marginBottom);
  const words = (place: Place) => `${along.name} ${place.level}, ${lines.name} ${place.line}: ${metric(place.value)}`;
  return draw({
    name: `interaction-${slug(along.name)}-${slug(lines.name)}`,
    title: `${along.name} and ${lines.name}`,
    description: places.map((place) => `${words(place)}.`).join(' '),
    plots: [
      {
        ...{ width: panelWidth, height, ...margins },
        x: { type: 'point', domain: along.levels, padding: 0.3, label: null },
        y: { domain: [...domain], label: null },
        marks: [
          Plot.gridY({ ticks: 4, stroke: ink.grid, strokeOpacity: 1 }),
          Plot.axisY({ ...axisInk, ticks: 4, tickFormat: tick, tickSize: 0 }),
          Plot.axisX({ ...axisInk, tickFormat: (level: string) => level }),
          ...ofLine.map((own) => Plot.line(own, { x: 'level', y: 'value', ...look(own[0]!.line), strokeWidth: 2.2 })),
          ...ofLine.map((own) =>
            ring(own, { x: 'level', y: 'value', stroke: look(own[0]!.line).stroke, title: words }),
          ),
          ...apart(
            ofLine.map((own) => own.at(-1)!),
            between,
            domain,
          ).map((end) =>
            Plot.text([end], {
              ...fitted(margins.marginRight - 8),
              ...{ y: 'value', text: 'line', fill: look(end.line).stroke, fontWeight: 600 },
              ...{ frameAnchor: 'right', textAnchor: 'start', dx: 6 },
            }),
          ),
          panelTitle(`${along.name}, by ${lines.name}`),
          upNote(endpointShortName(endpoint)),
          rightNote(along.name),
        ],
      },
    ],
  });
}

/** Moves labels apart that would overlap, keeping their order and staying inside the frame as far as there is room. */
function apart(ends: readonly Place[], distance: number, [low, high]: readonly [number, number]): readonly Place[] {
  const sorted = [...ends].sort((a, b) => a.value - b.value);
  const values = sorted.map(({ value }) => value);
  for (let i = 1; i < values.length; i++) values[i] = Math.max(values[i]!, values[i - 1]! + distance);
  const over = Math.max(0, (values.at(-1) ?? high) - high);
  for (let i = values.length - 1; i >= 0; i--) {
    values[i] = Math.min(values[i]!, i === values.length - 1 ? values[i]! - over : values[i + 1]! - distance);
  }
  return sorted.map((end, i) => ({ ...end, value: Math.max(low, values[i]!) }));
}
