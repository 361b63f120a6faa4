import { density, heatTable, mix, stepsOf } from '../arithmetic/blend.js';
import { levelsOf } from '../arithmetic/window.js';
import type { Shown, ViewState } from '../picture.js';
import { type Covering, covering } from './covering.js';

/**
 * A picture's pixels: windowed, coloured, overlaid. The rule that every way of drawing follows.
 *
 * @returns red, green, blue and 255 for each pixel, row after row from the top left
 */
export function developPixels(
  { gray, colour, overlay }: Shown,
  state: Pick<ViewState, 'window' | 'invert' | 'colour' | 'overlay'>,
  into = new Uint8ClampedArray(gray.width * gray.height * 4),
): Uint8ClampedArray {
  const levels = levelsOf(state.window, state.invert);
  const share = colour === undefined ? 0 : stepsOf(state.colour);
  const opacity = overlay === undefined ? 0 : stepsOf(state.overlay);
  const rgb = colour !== undefined && 'rgb' in colour ? covering(colour.rgb, 3, colour, gray) : undefined;
  const heat = overlay === undefined ? undefined : covering(overlay.data, 1, overlay, gray);
  const [table, heats] = [
    colour !== undefined && 'table' in colour ? colour.table : undefined,
    overlay?.table ?? heatTable,
  ];
  for (let pixel = 0, at = 0; pixel < gray.data.length; pixel++, at += 4) {
    const level = levels[gray.data[pixel]!]!;
    const [x, y] = [pixel % gray.width, Math.floor(pixel / gray.width)];
    const hot = heat === undefined ? 0 : valueAt(heat, x, y, 0);
    const dense = density(hot, opacity);
    for (let channel = 0; channel < 3; channel++) {
      const coloured = rgb !== undefined ? valueAt(rgb, x, y, channel) : (table?.[3 * level + channel] ?? level);
      const base = mix(level, coloured, share);
      into[at + channel] = mix(base, heats[3 * hot + channel]!, dense);
    }
    into[at + 3] = 255;
  }
  return into;
}

function valueAt({ data, channels, width, columns, rows }: Covering, x: number, y: number, channel: number): number {
  return data[(rows[y]! * width + columns[x]!) * channels + channel]!;
}
