import { isChromarayError } from '@chromaray/base';
import { firstTable, type LookupTable, lookUp, whiteEntry } from './lookup-table.js';
import { attributes } from './tags.js';
import { type ElementSource, firstText, numbers } from './values.js';

/** From a rescaled value to a level of gray: 0 for the lowest shown, 1 for the highest. */
export type WindowTransform = (value: number) => number;

/**
 * The first contrast that the file proposes and that can be used: the first table of the VOI LUT Sequence, else the
 * first window (`LINEAR`, `LINEAR_EXACT` or `SIGMOID`); undefined when there is none. A contrast is a proposal: one
 * that makes no sense gets a note, and the next one takes its place.
 *
 * Source of the formulas: DICOM PS3.3 2025, C.11.2.1.2 and C.11.2.1.3.
 *
 * @param signed the values may be negative
 */
export function proposedWindow(source: ElementSource, signed: boolean): WindowTransform | undefined {
  const table = usableTable(source, signed);
  if (table !== undefined) return tableTransform(source, table);
  const window = firstUsableWindow(source);
  return window === undefined ? undefined : transform(window);
}

function usableTable(source: ElementSource, signed: boolean): LookupTable | undefined {
  return orNote(source, 'table', () => firstTable(source, attributes.windowTables, signed));
}

function tableTransform({ notes }: ElementSource, table: LookupTable): WindowTransform {
  const white = whiteEntry(table);
  if (white !== 2 ** table.bits - 1) {
    notes.add('table', `has a VOI LUT of ${table.bits} bits whose largest entry is ${white}, which is shown white`);
  }
  return (value) => Math.min(1, lookUp(table, value) / white);
}

/**
 * The contrast that a picture is shown with in place of its file's: everything that is stored, or a window of values
 * after the modality transform.
 */
export type DicomContrast = 'full' | { readonly centre: number; readonly width: number };

/** A window of one's own; undefined for a contrast that is found in the picture itself. */
export function chosenWindow(contrast: DicomContrast): WindowTransform | undefined {
  return contrast === 'full' ? undefined : ramp(contrast.centre, contrast.width);
}

/** A window as the file states it. */
export interface ProposedWindow {
  readonly kind: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';
  readonly centre: number;
  readonly width: number;
}

/** The first window that can be used; undefined when there is none. */
export function firstUsableWindow(source: ElementSource): ProposedWindow | undefined {
  const { windowCentre, windowWidth, windowFunction } = attributes;
  const [centres, widths] = [windowCentre, windowWidth].map(
    (attribute) => orNote(source, 'window', () => numbers(source, attribute)) ?? [],
  );
  const kind = firstText(source.elements, windowFunction) ?? 'LINEAR';
  if (kind !== 'LINEAR' && kind !== 'LINEAR_EXACT' && kind !== 'SIGMOID') {
    source.notes.add('window', `has a window of the function ${shown(kind)}, which is not used`);
    return undefined;
  }
  for (const [i, centre] of centres!.entries()) {
    const width = widths![i];
    if (centre === undefined || width === undefined) continue;
    if (width > 0 && (kind !== 'LINEAR' || width >= 1)) return { kind, centre, width };
    source.notes.add('window', `has a window of width ${width}, which is not used`);
  }
  return undefined;
}

function transform({ kind, centre, width }: ProposedWindow): WindowTransform {
  if (kind === 'SIGMOID') return (value) => 1 / (1 + Math.exp((-4 * (value - centre)) / width));
  return kind === 'LINEAR_EXACT' ? ramp(centre, width) : ramp(centre - 0.5, width - 1);
}

/** Only a code string is repeated; free text could name somebody. */
function shown(kind: string): string {
  return /^[A-Z0-9_ ]{1,16}$/.test(kind) ? kind : 'that is no code';
}

/** What is read, or a note about what is malformed. */
function orNote<T>(source: ElementSource, kind: 'table' | 'window', read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isChromarayError(error)) throw error;
    const found = error.message.slice(source.name.length + 1).replace(/\.$/, '');
    source.notes.add(kind, `${found}; the contrast is not used`);
    return undefined;
  }
}

/** 0 up to the window's lower end, 1 beyond its upper end, a straight line between. */
export function ramp(centre: number, width: number): WindowTransform {
  const [low, high] = [centre - width / 2, centre + width / 2];
  return (value) => (value <= low ? 0 : value > high ? 1 : (value - low) / width);
}
