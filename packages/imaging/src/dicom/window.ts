import { firstTable, lookUp } from './lookup-table.js';
import { attributes } from './tags.js';
import { type ElementSource, firstNumber, firstText, malformed } from './values.js';

/** From a rescaled value to a level of gray: 0 for the lowest shown, 1 for the highest. */
export type WindowTransform = (value: number) => number;

/**
 * The first contrast that the file proposes: the first table of the VOI LUT Sequence, else the first window
 * (`LINEAR`, `LINEAR_EXACT` or `SIGMOID`); undefined when it proposes none.
 *
 * Source of the formulas: DICOM PS3.3 2025, C.11.2.1.2 and C.11.2.1.3.
 *
 * @param signed the values may be negative
 * @throws ChromarayError `CHROMARAY_DICOM_MALFORMED`
 */
export function proposedWindow(source: ElementSource, signed: boolean): WindowTransform | undefined {
  const table = firstTable(source, attributes.windowTables, signed);
  if (table !== undefined) {
    const highest = 2 ** table.bits - 1;
    return (value) => Math.min(1, lookUp(table, value) / highest);
  }
  const centre = firstNumber(source, attributes.windowCentre, undefined);
  const width = firstNumber(source, attributes.windowWidth, undefined);
  if (centre === undefined || width === undefined) return undefined;
  const kind = firstText(source.elements, attributes.windowFunction) ?? 'LINEAR';
  if (kind !== 'LINEAR' && kind !== 'LINEAR_EXACT' && kind !== 'SIGMOID') {
    throw malformed(source, attributes.windowFunction, `is ${kind}; LINEAR, LINEAR_EXACT or SIGMOID was expected`);
  }
  if (width <= 0 || (kind === 'LINEAR' && width < 1)) {
    throw malformed(source, attributes.windowWidth, `is ${width}; more than 0 was expected, and for LINEAR at least 1`);
  }
  if (kind === 'SIGMOID') return (value) => 1 / (1 + Math.exp((-4 * (value - centre)) / width));
  return kind === 'LINEAR_EXACT' ? ramp(centre, width) : ramp(centre - 0.5, width - 1);
}

/** 0 up to the window's lower end, 1 beyond its upper end, a straight line between. */
export function ramp(centre: number, width: number): WindowTransform {
  const [low, high] = [centre - width / 2, centre + width / 2];
  return (value) => (value <= low ? 0 : value > high ? 1 : (value - low) / width);
}
