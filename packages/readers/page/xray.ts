import { type Shown, Viewer } from '@chromaray/viewer';
import { button, element } from './dom.js';

/** Keys of the viewer that would change whether a picture is shown in gray or in colour. */
const forbidden = new Set(['c', 'C', '[', ']', '{', '}', 'o', 'O']);

/** The picture with its tools. How it is coloured is the study's, not the reader's. */
export class Xray {
  readonly root = element('section', { class: 'xray', label: 'X-ray' });
  private readonly stage = element('div', { class: 'stage' });
  private readonly viewer = new Viewer(this.stage, { controls: false });
  private readonly said = element('output', { class: 'window' });
  private shown: Shown | undefined;

  constructor() {
    this.stage.addEventListener(
      'keydown',
      (event) => {
        // Numbers are answers here, and not zooms.
        if (forbidden.has(event.key) || /^[0-9]$/.test(event.key)) event.preventDefault();
        else return;
        event.stopImmediatePropagation();
        this.stage.dispatchEvent(new CustomEvent('answer-key', { bubbles: true, detail: event.key }));
      },
      { capture: true },
    );
    const set = (change: Parameters<Viewer['set']>[0]) => () => this.viewer.set(change);
    const tools = element(
      'div',
      { class: 'tools', attributes: { role: 'toolbar', 'aria-label': 'Picture' } },
      button('Window: next', () => this.nextWindow()),
      button('Invert', () => this.viewer.set({ invert: !this.viewer.state?.invert })),
      button('Fit', set({ zoom: 1, centre: { x: 0.5, y: 0.5 } })),
      button('Zoom in', () => this.viewer.set({ zoom: 1.25 * (this.viewer.state?.zoom ?? 1) })),
      button('Zoom out', () => this.viewer.set({ zoom: 0.8 * (this.viewer.state?.zoom ?? 1) })),
      button('Reset', () => this.shown && this.show(this.shown)),
      this.said,
    );
    this.root.append(this.stage, tools);
    this.viewer.onChange(({ window, zoom }) => {
      this.said.textContent = `L ${Math.round(window.centre)}  W ${Math.round(window.width)}  ${zoom.toFixed(2)}×`;
    });
  }

  /** Shows a picture as every picture is first shown. */
  show(shown: Shown): void {
    this.shown = shown;
    this.viewer.show(shown, { colour: 1 });
  }

  hide(isHidden: boolean): void {
    this.root.classList.toggle('hidden', isHidden);
  }

  focus(): void {
    this.viewer.focus();
  }

  /** How the picture is looked at now. */
  facts() {
    const state = this.viewer.state!;
    const { width, height } = this.shown!.gray;
    const box = this.stage.querySelector('.viewer-stage')!;
    const fit = Math.min(box.clientWidth / width, box.clientHeight / height);
    const rounded = (value: number): number => Math.round(value * 1000) / 1000;
    return {
      windowCentre: rounded(state.window.centre),
      windowWidth: rounded(state.window.width),
      zoom: Math.max(0.001, rounded(fit * state.zoom)),
      inverted: state.invert,
    };
  }

  private nextWindow(): void {
    const { presets, state } = this.viewer;
    const at = presets.findIndex(
      ({ window }) => window.centre === state?.window.centre && window.width === state.window.width,
    );
    this.viewer.set({ window: presets[(at + 1) % presets.length]!.window });
  }
}
