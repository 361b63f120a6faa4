import { actualZoom, panned, whole, zoomedAt } from '../arithmetic/view.js';
import { draggedWindow } from '../arithmetic/window.js';
import type { Size, ViewState } from '../picture.js';

/** What a key does to a state; undefined where it does nothing. */
export interface KeyContext {
  readonly bits: number;
  /** Size of the picture, in its pixels. */
  readonly picture: Size;
  /** Size of the view, in pixels of the screen. */
  readonly view: Size;
  readonly state: ViewState;
  /** The next of the picture's presets. */
  nextPreset(): Partial<ViewState>;
  first(): ViewState;
}

type Action = (context: KeyContext) => Partial<ViewState>;

/** Shares of the view that a key moves it by, and steps of sliders. */
const [panStep, windowStep, sliderStep, zoomStep] = [0.1, 40, 0.1, 1.25];

const pan =
  (x: number, y: number): Action =>
  ({ picture, view, state }) =>
    panned(picture, view, state, x * panStep * view.width, y * panStep * view.height);
const drag =
  (x: number, y: number): Action =>
  ({ bits, state }) => ({ window: draggedWindow(bits, state.window, x * windowStep, y * windowStep) });
const zoom =
  (factor: number): Action =>
  ({ picture, view, state }) =>
    zoomedAt(picture, view, state, { x: view.width / 2, y: view.height / 2 }, factor);

/** Every key, what it is called for readers, and what it does: the one list that help and handler share. */
export const keyActions: readonly { readonly keys: readonly string[]; readonly does: string; readonly act: Action }[] =
  [
    { keys: ['ArrowLeft'], does: 'move the view left', act: pan(1, 0) },
    { keys: ['ArrowRight'], does: 'move the view right', act: pan(-1, 0) },
    { keys: ['ArrowUp'], does: 'move the view up', act: pan(0, 1) },
    { keys: ['ArrowDown'], does: 'move the view down', act: pan(0, -1) },
    { keys: ['+', '='], does: 'enlarge', act: zoom(zoomStep) },
    { keys: ['-'], does: 'reduce', act: zoom(1 / zoomStep) },
    { keys: ['0'], does: 'fit the whole picture', act: () => whole },
    {
      keys: ['1'],
      does: 'show pixels at actual size',
      act: ({ picture, view }) => ({ zoom: actualZoom(picture, view) }),
    },
    { keys: ['Shift+ArrowLeft'], does: 'narrow the window (more contrast)', act: drag(-1, 0) },
    { keys: ['Shift+ArrowRight'], does: 'widen the window (less contrast)', act: drag(1, 0) },
    { keys: ['Shift+ArrowUp'], does: 'lower the level (brighter)', act: drag(0, -1) },
    { keys: ['Shift+ArrowDown'], does: 'raise the level (darker)', act: drag(0, 1) },
    { keys: ['w'], does: 'next preset of the window', act: (context) => context.nextPreset() },
    { keys: ['i'], does: 'invert', act: ({ state }) => ({ invert: !state.invert }) },
    { keys: ['c'], does: 'gray or colour', act: ({ state }) => ({ colour: state.colour < 0.5 ? 1 : 0 }) },
    { keys: ['['], does: 'less colour', act: ({ state }) => ({ colour: state.colour - sliderStep }) },
    { keys: [']'], does: 'more colour', act: ({ state }) => ({ colour: state.colour + sliderStep }) },
    { keys: ['{'], does: 'thinner overlay', act: ({ state }) => ({ overlay: state.overlay - sliderStep }) },
    { keys: ['}'], does: 'denser overlay', act: ({ state }) => ({ overlay: state.overlay + sliderStep }) },
    { keys: ['o'], does: 'hide or show the overlay', act: ({ state }) => ({ overlay: state.overlay > 0 ? 0 : 0.6 }) },
    { keys: ['r'], does: 'as it was first shown', act: (context) => context.first() },
  ];

/** The change that a key makes; undefined where it is no key of the viewer, or belongs to browser or system. */
export function keyChange(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>,
  context: KeyContext,
): Partial<ViewState> | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  const named = event.key.startsWith('Arrow') && event.shiftKey ? `Shift+${event.key}` : event.key;
  const key = named.length === 1 ? named.toLowerCase() : named;
  return keyActions.find(({ keys }) => keys.includes(key))?.act(context);
}
