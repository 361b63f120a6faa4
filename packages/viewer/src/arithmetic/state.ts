import type { GrayPicture, ViewState } from '../picture.js';
import { possible, whole } from './view.js';
import { clamp, presetsOf, within } from './window.js';

/** How a picture is first shown. */
export function firstState(picture: GrayPicture): ViewState {
  return { window: presetsOf(picture)[0]!.window, invert: false, ...whole, colour: 0, overlay: 0.6 };
}

/** A state with changes, kept within what can be shown; what is no number changes nothing. */
export function changed(bits: number, state: ViewState, change: Partial<ViewState>): ViewState {
  const wished = { ...state, ...change };
  const number = (value: number, otherwise: number): number => (Number.isFinite(value) ? value : otherwise);
  const { zoom, centre } = possible({
    zoom: number(wished.zoom, state.zoom),
    centre: { x: number(wished.centre.x, state.centre.x), y: number(wished.centre.y, state.centre.y) },
  });
  return {
    window: within(bits, {
      centre: number(wished.window.centre, state.window.centre),
      width: number(wished.window.width, state.window.width),
    }),
    invert: wished.invert === true,
    zoom,
    centre,
    colour: clamp(number(wished.colour, state.colour), 0, 1),
    overlay: clamp(number(wished.overlay, state.overlay), 0, 1),
  };
}

/** True when two states show the same. */
export function sameState(a: ViewState, b: ViewState): boolean {
  return encodeState(a) === encodeState(b);
}

/** A state as short text for an address, such as `c1024_w2048_z2_x0.5_y0.25`. */
export function encodeState({ window, invert, zoom, centre, colour, overlay }: ViewState): string {
  const short = (value: number): string => String(Number(value.toFixed(4)));
  return [
    `c${short(window.centre)}`,
    `w${short(window.width)}`,
    ...(invert ? ['i1'] : []),
    `z${short(zoom)}`,
    `x${short(centre.x)}`,
    `y${short(centre.y)}`,
    `k${short(colour)}`,
    `o${short(overlay)}`,
  ].join('_');
}

/** What a text of {@link encodeState} says, as changes to `state`; words that say nothing are passed over. */
export function decodeState(text: string, state: ViewState): Partial<ViewState> {
  const said = new Map(
    text
      .split('_')
      .map((word) => [word[0], Number(word.slice(1))] as const)
      .filter(([, value]) => Number.isFinite(value)),
  );
  const value = (letter: string, otherwise: number): number => said.get(letter) ?? otherwise;
  return {
    window: { centre: value('c', state.window.centre), width: value('w', state.window.width) },
    invert: value('i', 0) === 1,
    zoom: value('z', state.zoom),
    centre: { x: value('x', state.centre.x), y: value('y', state.centre.y) },
    colour: value('k', state.colour),
    overlay: value('o', state.overlay),
  };
}
