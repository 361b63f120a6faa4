import { count, counted } from '@chromaray/base';
import { type Part, parts } from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import type { ReportInput } from '../report-input.js';
import { draw, fitted } from './draw.js';
import type { FigureGroup } from './figure.js';
import { ink } from './ink.js';

const width = 420;
const line = 18;
const edge = 6;
const gap = 10;
const arrowLength = 26;
/** Reasons that are named one by one. */
const mostReasons = 5;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The first in bold. */
  readonly lines: readonly string[];
}

const names: Readonly<Record<Part, string>> = { train: 'Training', validation: 'Validation', test: 'Test' };

/** From the X-rays that were found to those that were tested, with what was left out and why; nothing where it is not known. */
export function flowFigure({ verdict, dataset, subjects, balance }: ReportInput): FigureGroup {
  const caption = 'X-rays and patients from what was found to what was tested.';
  if (subjects === undefined) return { caption, figures: [] };
  const { records, patients, unreadable, positive, negative } = dataset;
  const left = [
    ...(unreadable.length === 0 ? [] : [{ reason: 'could not be read', records: unreadable.length }]),
    ...subjects.leftOut,
  ];
  const lost = left.reduce((sum, { records: n }) => sum + n, 0);
  const people = (known: number | null): string => (known === null ? 'patients unknown' : counted(known, 'patient'));
  const half = (width - 2 * edge - gap) / 2;

  const found: Box = { x: edge, y: edge, width: half, lines: [`${counted(records + lost, 'X-ray')} found`] };
  const out: Box = {
    x: edge + half + gap,
    y: bottom(found) + gap,
    width: half,
    lines: [lost === 0 ? 'None left out' : `${count(lost)} left out`, ...reasons(left)],
  };
  const used: Box = {
    ...{ x: edge, y: bottom(out) + gap, width: half },
    lines: [`${counted(records, 'X-ray')} used`, people(patients)],
  };
  const third = (width - 2 * edge - 2 * gap) / 3;
  const ofParts = parts.map((part, i): Box => {
    const { records: n, patients: who, positives, negatives } = verdict.counts[part];
    return {
      ...{ x: edge + i * (third + gap), y: bottom(used) + arrowLength + gap, width: third },
      lines: [
        `${names[part]}${verdict.folds === undefined ? '' : part === 'test' ? ', all folds' : ', first fold'}`,
        counted(n, 'X-ray'),
        people(who),
        `${count(positives)} ${positive}`,
        `${count(negatives)} ${negative}`,
      ],
    };
  });
  const boxes = [found, out, used, ...ofParts];
  const height = Math.max(...boxes.map(bottom)) + edge;
  const middle = found.x + half / 2;
  const fork = bottom(used) + arrowLength / 2;
  const arrows = [
    [middle, bottom(found), middle, used.y],
    ...ofParts.map((box) => [box.x + third / 2, fork, box.x + third / 2, box.y]),
  ];
  const lines = [
    [middle, out.y + line, out.x, out.y + line],
    [middle, bottom(used), middle, fork],
    [ofParts[0]!.x + third / 2, fork, ofParts.at(-1)!.x + third / 2, fork],
  ];
  return {
    caption,
    marks: `Positives are ${positive}. ${balance}`,
    figures: [
      draw({
        name: 'flow',
        title: 'Flow of X-rays and patients',
        description: boxes.map(({ lines: words }) => `${words.join(', ')}.`).join(' '),
        plots: [
          {
            ...{ width, height, margin: 0, x: { type: 'identity', axis: null }, y: { type: 'identity', axis: null } },
            marks: [
              Plot.link(lines, { x1: '0', y1: '1', x2: '2', y2: '3', stroke: ink.frame }),
              Plot.arrow(arrows, { x1: '0', y1: '1', x2: '2', y2: '3', stroke: ink.frame, headLength: 7 }),
              Plot.rect(boxes, {
                ...{ x1: 'x', y1: 'y', x2: (box: Box) => box.x + box.width, y2: bottom },
                ...{ fill: ink.faint, stroke: ink.frame, rx: 3 },
              }),
              ...boxes.flatMap((box) => [boxText(box, 0, 1, 600), boxText(box, 1, box.lines.length, 400)]),
            ],
          },
        ],
      }),
    ],
  };
}

function boxText(box: Box, from: number, to: number, fontWeight: number): Plot.Text {
  return Plot.text(box.lines.slice(from, to), {
    ...fitted(box.width - 16),
    ...{ x: box.x + 8, y: (_: string, i: number) => box.y + 8 + line * (from + i + 0.5), textAnchor: 'start' },
    fill: ink.text,
    fontWeight,
  });
}

function bottom({ y, lines }: Box): number {
  return y + 16 + line * lines.length;
}

function reasons(left: readonly { readonly reason: string; readonly records: number }[]): readonly string[] {
  const named = left.slice(0, left.length > mostReasons ? mostReasons - 1 : mostReasons);
  const rest = left.slice(named.length).reduce((sum, { records }) => sum + records, 0);
  return [
    ...named.map(({ reason, records }) => `${count(records)}: ${reason}`),
    ...(rest === 0 ? [] : [`${count(rest)}: other reasons`]),
  ];
}
