import type { GrayPicture, Window, WindowPreset } from '../picture.js';

/** Values that 16 bits can have: a table of levels has as many entries whatever the picture's bits. */
export const valueCount = 65_536;

/**
 * The level of gray, 0 to 255, of every value that a picture can hold: a straight line from black at the window's
 * lower end to white at its upper end (DICOM PS3.3 C.11.2.1.3.2, `LINEAR_EXACT`), rounded to the nearest.
 *
 * @param into {@link valueCount} entries, reused while a window is dragged
 */
export function levelsOf(
  { centre, width }: Window,
  invert: boolean,
  into: Uint8Array = new Uint8Array(valueCount),
): Uint8Array {
  const low = centre - width / 2;
  const [first, last] = invert ? [255, 0] : [0, 255];
  const start = Math.min(valueCount, Math.max(0, Math.floor(low) + 1));
  const end = Math.min(valueCount, Math.max(start, Math.floor(low + width) + 1));
  into.fill(first, 0, start);
  for (let value = start; value < end; value++) {
    const shown = (value - low) / width;
    into[value] = Math.round(255 * (invert ? 1 - shown : shown));
  }
  return into.fill(last, end);
}

/** The narrowest window, and how far its ends may lie outside the values, in widths of all values. */
const narrowest = 1;
const outside = 1;

/** A window that can be shown, nearest to what is wished. */
export function within(bits: number, { centre, width }: Window): Window {
  const range = 2 ** bits;
  return {
    centre: clamp(centre, -outside * range, (1 + outside) * range),
    width: clamp(width, narrowest, 2 * (1 + outside) * range),
  };
}

/** Pixels of the screen over which a drag moves a window through all values of a picture. */
const dragLength = 800;

/**
 * The window after a drag: to the right it widens (less contrast), downward its centre rises (a darker picture), as in
 * viewers of radiology departments. A narrow window moves in smaller steps, so that it can be set well.
 *
 * @param dx pixels of the screen to the right
 * @param dy pixels of the screen downward
 */
export function draggedWindow(bits: number, window: Window, dx: number, dy: number): Window {
  const step = Math.max(window.width, 2 ** bits / 16) / dragLength;
  return within(bits, { centre: window.centre + 2 * step * dy, width: window.width + 2 * step * dx });
}

/** Of all pixels, the share at either end that the automatic window leaves black or white. */
const tail = 0.005;

/** From the 0.5th to the 99.5th percentile of the values; of one value only, around it. */
export function automaticWindow({ data, bits }: GrayPicture): Window {
  const counts = new Uint32Array(2 ** bits);
  for (const value of data) counts[value]!++;
  const at = (share: number): number => {
    let left = share * data.length;
    for (let value = 0; value < counts.length; value++) {
      left -= counts[value]!;
      if (left < 0) return value;
    }
    return counts.length - 1;
  };
  return between(at(tail), at(1 - tail));
}

/** All values that the bits can hold. */
export function fullWindow(bits: number): Window {
  return between(0, 2 ** bits - 1);
}

/** The window that shows `low` black and `high` white. */
export function between(low: number, high: number): Window {
  return { centre: (low + high) / 2, width: Math.max(narrowest, high - low) };
}

/** The picture's own presets and those that every picture has; the first is what it is first shown with. */
export function presetsOf(picture: GrayPicture): readonly WindowPreset[] {
  const [automatic, full] = [
    { name: 'Automatic', window: automaticWindow(picture) },
    { name: 'All values', window: fullWindow(picture.bits) },
  ];
  // Eight bits were windowed by whoever made them.
  const usual = picture.bits > 8 ? [automatic, full] : [full, automatic];
  return [
    ...(picture.presets ?? []).map(({ name, window }) => ({ name, window: within(picture.bits, window) })),
    ...usual,
  ];
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
