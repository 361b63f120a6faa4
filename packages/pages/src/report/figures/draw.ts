import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Figure } from './figure.js';
import { fontFamily, fontSize, ink } from './ink.js';

/** What a figure needs to be drawn: its words and one plot, or several that stand one below the other. */
export interface Drawing {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly plots: readonly (Plot.PlotOptions & { readonly width: number; readonly height: number })[];
}

/**
 * Draws plots into one SVG without a browser. Plot's style sheet is taken out and its effects are set on the
 * element, so that nothing leaks into the page and an exported figure looks the same in any viewer.
 */
export function draw({ name, title, description, plots }: Drawing): Figure {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const create = (tag: string) => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const width = Math.max(...plots.map((plot) => plot.width));
  const height = plots.reduce((sum, plot) => sum + plot.height, 0);

  const svg = create('svg');
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width: String(width),
    height: String(height),
    role: 'img',
    'aria-labelledby': `${name}-title ${name}-description`,
    fill: ink.text,
    'font-family': fontFamily,
    'font-size': String(fontSize),
    'text-anchor': 'middle',
  };
  for (const [attribute, value] of Object.entries(attributes)) svg.setAttribute(attribute, value);
  svg.append(words('title', title), words('desc', description));

  let top = 0;
  for (const options of plots) {
    const plot = Plot.plot({ ...options, document: document as never });
    const group = create('g');
    if (top > 0) group.setAttribute('transform', `translate(0,${top})`);
    for (const child of [...plot.children]) if (child.tagName.toLowerCase() !== 'style') group.append(child as never);
    svg.append(group);
    top += options.height;
  }
  for (const element of svg.querySelectorAll('*')) {
    shorten(element);
    // Plot's labels name its marks ("rule", "dot"); title and description of the figure say what they mean.
    element.removeAttribute('aria-label');
    element.removeAttribute('aria-hidden');
  }
  return { name, title, description, svg: svg.toString() };

  function words(tag: 'title' | 'desc', text: string) {
    const element = create(tag);
    element.setAttribute('id', `${name}-${tag === 'title' ? 'title' : 'description'}`);
    element.textContent = text;
    return element;
  }
}

const coordinates = ['x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height', 'd', 'transform'];

interface WithAttributes {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
}

/** Hundredths of a pixel are enough; more digits only make the report bigger. */
function shorten(element: WithAttributes): void {
  for (const name of coordinates) {
    const value = element.getAttribute(name);
    if (value?.includes('.')) {
      element.setAttribute(
        name,
        value.replace(/-?\d*\.\d+(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)))),
      );
    }
  }
}

/**
 * Cuts a name that is longer than its place and marks the cut; the whole name stands in a tooltip and in the text.
 *
 * @param width of the place, in pixels
 */
export function fitted(width: number): { readonly lineWidth: number; readonly textOverflow: 'ellipsis' } {
  return { lineWidth: width / fontSize, textOverflow: 'ellipsis' };
}

/** A part of a file name from any name. */
export function slug(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, '-');
}
