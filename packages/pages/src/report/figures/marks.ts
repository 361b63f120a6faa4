import { significant } from '@chromaray/base';
import * as Plot from '@observablehq/plot';
import { fitted } from './draw.js';
import { fontSize, ink, panelWidth } from './ink.js';

/** Room around the frame of a panel: numbers of the axis on the left, title and note above, note below. */
export const panelMargins = { marginLeft: 44, marginRight: 12, marginTop: 48, marginBottom: 44 } as const;

/** A number beside a tick of an axis. */
export function tick(value: number): string {
  return significant(value);
}

/** The same of a difference, with its sign. */
export function signedTick(value: number): string {
  return `${value > 0 ? '+' : ''}${tick(value)}`;
}

/** How axes are written. */
export const axisInk = {
  fontSize,
  color: ink.frame,
  fill: ink.text,
  tickFormat: tick,
} as const;

/** What a panel is about, above its left edge. */
export function panelTitle(title: string): Plot.Text {
  return Plot.text([title], {
    ...fitted(0.8 * panelWidth),
    frameAnchor: 'top-left',
    textAnchor: 'start',
    dx: -panelMargins.marginLeft,
    dy: -42,
    fontWeight: 600,
    fontSize: fontSize + 1,
  });
}

/** What the axis to the right measures. */
export function rightNote(text: string): Plot.Text {
  return Plot.text([text], { frameAnchor: 'bottom', dy: 40, fill: ink.quiet });
}

/** What the axis upwards measures, above the frame. */
export function upNote(text: string): Plot.Text {
  return Plot.text([text], {
    frameAnchor: 'top-left',
    textAnchor: 'start',
    dx: -panelMargins.marginLeft,
    dy: -20,
    fill: ink.quiet,
  });
}

/** A rate against a rate, both from 0 to 1: scales, grid, diagonal and axes of ROC curves and reliability plots. */
export function unitSquare(): { readonly rate: Plot.ScaleOptions; readonly marks: readonly Plot.Markish[] } {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return {
    rate: { domain: [0, 1], ticks, label: null },
    marks: [
      Plot.gridX(ticks, { stroke: ink.grid, strokeOpacity: 1 }),
      Plot.gridY(ticks, { stroke: ink.grid, strokeOpacity: 1 }),
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: ink.frame, strokeDasharray: '1 3' },
      ),
      Plot.axisX(ticks, axisInk),
      Plot.axisY(ticks, axisInk),
    ],
  };
}

/** A measured place on a curve. */
export function ring<Datum>(data: readonly Datum[], options: Plot.DotOptions): Plot.Dot {
  return Plot.dot(data as Datum[], { r: 4, fill: ink.paper, stroke: ink.blue, strokeWidth: 1.8, ...options });
}

/** Places that show nothing but say their value when pointed at. */
export function spoken<Datum>(data: readonly Datum[], options: Plot.DotOptions): Plot.Dot {
  return Plot.dot(data as Datum[], { r: 6, fill: ink.paper, fillOpacity: 0, stroke: 'none', ...options });
}
