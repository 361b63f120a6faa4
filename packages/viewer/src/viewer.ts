import { changed, firstState, sameState } from './arithmetic/state.js';
import { actualZoom, frameOf, panned, whole, zoomedAt } from './arithmetic/view.js';
import { draggedWindow, presetsOf } from './arithmetic/window.js';
import { Bar, stateInWords } from './controls/bar.js';
import { element } from './controls/element.js';
import { adoptStyle } from './controls/style.js';
import { newPainter } from './draw/new-painter.js';
import type { Painter } from './draw/painter.js';
import { keyActions, keyChange } from './input/keys.js';
import { followPointers } from './input/pointers.js';
import type { Shown, Size, ViewState, WindowPreset } from './picture.js';

export interface ViewerOptions {
  /** Buttons and sliders below the picture. Default: true. */
  readonly controls?: boolean;
  /** Interpolate between pixels that are enlarged. Default: true. */
  readonly smooth?: boolean;
  /** Draw on the graphics processor where there is one. Default: true. */
  readonly webgl?: boolean;
}

/** Told of a new state, and by what: the reader's hand, or a call of {@link Viewer.set}. */
export type StateListener = (state: ViewState, by: 'reader' | 'page') => void;

/** Milliseconds after the last change at which it is said to readers of the screen. */
const sayAfter = 400;

/**
 * Shows an X-ray in an element of a page. The page gives the picture and may set the view; the viewer reports every
 * change, so that a page can keep it in its address or record it.
 */
export class Viewer {
  private readonly stage = element('div', { className: 'viewer-stage', role: 'application' });
  private readonly live = element('div', { className: 'viewer-hidden' });
  private readonly root = element('div', { className: 'viewer' });
  private readonly bar: Bar | undefined;
  private readonly listeners = new Set<StateListener>();
  private readonly resizing = new ResizeObserver(() => this.draw());
  private readonly unfollow: () => void;
  private painter: Painter | undefined;
  private shown: Shown | undefined;
  private knownPresets: readonly WindowPreset[] = [];
  private current: ViewState | undefined;
  private stale: { develop: boolean } | undefined;
  private saying: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: HTMLElement,
    private readonly options: ViewerOptions = {},
  ) {
    adoptStyle();
    this.stage.tabIndex = 0;
    this.stage.setAttribute('aria-roledescription', 'X-ray viewer');
    this.stage.setAttribute('aria-keyshortcuts', keyActions.flatMap(({ keys }) => keys).join(' '));
    this.live.setAttribute('aria-live', 'polite');
    this.root.append(this.stage);
    if (options.controls ?? true) {
      this.bar = new Bar({
        presets: () => this.presets,
        set: (change) => this.change(change, 'reader'),
        fit: () => this.change(whole, 'reader'),
        actualSize: () => this.withShown((gray, view) => this.change({ zoom: actualZoom(gray, view) }, 'reader')),
      });
      this.root.append(this.bar.root);
    }
    this.root.append(this.live);
    host.append(this.root);
    this.resizing.observe(this.stage);
    this.stage.addEventListener('keydown', (event) => this.onKey(event));
    this.unfollow = followPointers(this.stage, {
      onDrag: (dx, dy) => {
        if (this.shown && this.current)
          this.change({ window: draggedWindow(this.shown.gray.bits, this.current.window, dx, dy) }, 'reader');
      },
      onPan: (dx, dy) =>
        this.withShown((gray, view, state) => this.change(panned(gray, view, state, dx, dy), 'reader')),
      onZoom: (point, factor) =>
        this.withShown((gray, view, state) => this.change(zoomedAt(gray, view, state, point, factor), 'reader')),
      onDouble: () => this.change(whole, 'reader'),
    });
  }

  /** How the picture is looked at; undefined before the first. */
  get state(): ViewState | undefined {
    return this.current;
  }

  /** Windows to choose from for the picture shown. */
  get presets(): readonly WindowPreset[] {
    return this.knownPresets;
  }

  /** Which way of drawing is in use, for a page that tells. */
  get drawnBy(): Painter['kind'] | undefined {
    return this.painter?.kind;
  }

  /**
   * Shows a picture.
   *
   * @param state how; what it leaves out is as the picture is first shown
   */
  show(shown: Shown, state: Partial<ViewState> = {}): void {
    this.shown = shown;
    this.knownPresets = presetsOf(shown.gray);
    this.current = changed(shown.gray.bits, firstState(shown.gray), state);
    this.stage.setAttribute('aria-label', shown.name);
    this.usePainter(newPainter(shown, this.options.webgl ?? true));
    this.bar?.load(shown);
    this.bar?.show(this.current);
    this.invalidate(true);
    this.tell('page');
  }

  /** Changes the view, as a link or a linked viewer says. */
  set(change: Partial<ViewState>): void {
    this.change(change, 'page');
  }

  /** @returns a function that ends this */
  onChange(listener: StateListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The picture's pixels as developed now, at its own size: for copies and tests. */
  pixels(): ImageData | undefined {
    if (this.painter === undefined || this.shown === undefined || this.current === undefined) return undefined;
    this.painter.develop(this.current);
    const { width, height } = this.shown.gray;
    return new ImageData(this.painter.pixels() as Uint8ClampedArray<ArrayBuffer>, width, height);
  }

  focus(): void {
    this.stage.focus();
  }

  destroy(): void {
    clearTimeout(this.saying);
    this.resizing.disconnect();
    this.unfollow();
    this.listeners.clear();
    this.root.remove();
    this.usePainter(undefined);
    this.shown = undefined;
  }

  private usePainter(painter: Painter | undefined): void {
    const before = this.painter;
    this.painter = painter;
    before?.canvas.remove();
    before?.destroy();
    if (painter === undefined || this.shown === undefined) return;
    painter.canvas.setAttribute('aria-hidden', 'true');
    painter.canvas.addEventListener('webglcontextlost', () => {
      // Browsers take contexts away when a page has many, or the driver restarts: a canvas does for the rest.
      if (this.painter === painter && this.shown) {
        this.usePainter(newPainter(this.shown, false));
        this.invalidate(true);
      }
    });
    this.stage.prepend(painter.canvas);
    painter.load(this.shown);
  }

  private change(change: Partial<ViewState>, by: 'reader' | 'page'): void {
    if (this.shown === undefined || this.current === undefined) return;
    const before = this.current;
    const now = changed(this.shown.gray.bits, before, change);
    if (sameState(before, now)) return;
    this.current = now;
    this.bar?.show(now);
    this.invalidate(!sameState({ ...before, zoom: now.zoom, centre: now.centre }, now));
    this.tell(by);
    clearTimeout(this.saying);
    this.saying = setTimeout(() => {
      this.live.textContent = stateInWords(now);
    }, sayAfter);
  }

  private tell(by: 'reader' | 'page'): void {
    for (const listener of this.listeners) listener(this.current!, by);
  }

  private onKey(event: KeyboardEvent): void {
    this.withShown((picture, view, state) => {
      const change = keyChange(event, {
        ...{ bits: this.shown!.gray.bits, picture, view, state },
        nextPreset: () => this.nextPreset(state),
        first: () => firstState(this.shown!.gray),
      });
      if (change === undefined) return;
      event.preventDefault();
      this.change(change, 'reader');
    });
  }

  private nextPreset({ window: { centre, width } }: ViewState): Partial<ViewState> {
    const at = this.presets.findIndex(({ window }) => window.centre === centre && window.width === width);
    return { window: this.presets[(at + 1) % this.presets.length]!.window };
  }

  private withShown(work: (picture: Size, view: Size, state: ViewState) => void): void {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (this.shown && this.current && width > 0 && height > 0) work(this.shown.gray, { width, height }, this.current);
  }

  /** Draws with the next frame, once however many changes come before it. */
  private invalidate(develop: boolean): void {
    if (this.stale === undefined) requestAnimationFrame(() => this.draw());
    this.stale = { develop: develop || (this.stale?.develop ?? false) };
  }

  private draw(): void {
    const develop = this.stale?.develop ?? false;
    this.stale = undefined;
    const painter = this.painter;
    this.withShown((picture, view, state) => {
      if (painter === undefined) return;
      const ratio = window.devicePixelRatio;
      const device = { width: Math.round(view.width * ratio), height: Math.round(view.height * ratio) };
      if (painter.canvas.width !== device.width || painter.canvas.height !== device.height)
        Object.assign(painter.canvas, device);
      if (develop) painter.develop(state);
      painter.draw(frameOf(picture, device, state), this.options.smooth ?? true);
    });
  }
}
