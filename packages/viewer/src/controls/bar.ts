import type { Shown, ViewState, WindowPreset } from '../picture.js';
import { element } from './element.js';

export interface BarTarget {
  presets(): readonly WindowPreset[];
  set(change: Partial<ViewState>): void;
  fit(): void;
  actualSize(): void;
}

/** Buttons and sliders for what drags and keys do too. */
export class Bar {
  readonly root = element('div', { className: 'viewer-bar', role: 'toolbar', label: 'Viewer' });
  private readonly preset = element('select');
  private readonly invert = element('button', { type: 'button', text: 'Invert' });
  private readonly colour = slider();
  private readonly overlay = slider();
  private readonly colourLabel: HTMLElement;
  private readonly overlayLabel: HTMLElement;
  private readonly said = element('output', { className: 'viewer-state' });

  constructor(private readonly target: BarTarget) {
    const fit = element('button', { type: 'button', text: 'Fit' });
    const actual = element('button', { type: 'button', text: 'Actual size' });
    this.colourLabel = labelled('Colour', this.colour);
    this.overlayLabel = labelled('Overlay', this.overlay);
    this.root.append(
      labelled('Window', this.preset),
      ...[this.invert, fit, actual, this.colourLabel, this.overlayLabel, this.said],
    );
    this.preset.addEventListener('change', () => {
      const chosen = target.presets()[this.preset.selectedIndex];
      if (chosen !== undefined) target.set({ window: chosen.window });
    });
    this.invert.addEventListener('click', () => target.set({ invert: this.invert.ariaPressed !== 'true' }));
    fit.addEventListener('click', () => target.fit());
    actual.addEventListener('click', () => target.actualSize());
    this.colour.addEventListener('input', () => target.set({ colour: Number(this.colour.value) / 100 }));
    this.overlay.addEventListener('input', () => target.set({ overlay: Number(this.overlay.value) / 100 }));
  }

  /** Another picture: other presets, and sliders only for what there is. */
  load({ colour, overlay }: Shown): void {
    const names = [...this.target.presets().map(({ name }) => name), 'Own'];
    this.preset.replaceChildren(...names.map((text) => element('option', { text })));
    this.colourLabel.hidden = colour === undefined;
    this.overlayLabel.hidden = overlay === undefined;
  }

  show(state: ViewState): void {
    const presets = this.target.presets();
    const chosen = presets.findIndex(
      ({ window }) => window.centre === state.window.centre && window.width === state.window.width,
    );
    this.preset.selectedIndex = chosen < 0 ? presets.length : chosen;
    this.invert.ariaPressed = String(state.invert);
    this.colour.value = String(Math.round(100 * state.colour));
    this.overlay.value = String(Math.round(100 * state.overlay));
    this.said.textContent = stateInWords(state);
  }
}

/** Level and width as radiologists name them, and the zoom where the whole picture is 1. */
export function stateInWords({ window, invert, zoom }: ViewState): string {
  const number = (value: number): string => String(Number(value.toPrecision(4)));
  return `L ${number(window.centre)} · W ${number(window.width)} · ${number(zoom)}×${invert ? ' · inverted' : ''}`;
}

function slider(): HTMLInputElement {
  const input = element('input', { type: 'range' });
  Object.assign(input, { min: '0', max: '100', step: '1' });
  return input;
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  const label = element('label', { text });
  label.append(control);
  return label;
}
