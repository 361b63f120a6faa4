import type { FormerAnswer, PageState } from '../src/server/messages.js';
import { Call } from './call.js';
import { Confidence } from './confidence.js';
import { button, element, showScreen } from './dom.js';
import { ReadingClock } from './reading-clock.js';
import { screenFacts } from './screen-facts.js';
import { randomName } from './server.js';
import { Xray } from './xray.js';

/** What the screen needs of the rest of the page. */
export interface ReadingTarget {
  /** Stores an answer; the screen shows the same picture until that is done. */
  answer(body: object): void;
  paused(picture: string, paused: boolean): void;
  again(former: FormerAnswer): void;
}

/** The picture, the scale, and the one way on. */
export class ReadingScreen {
  private readonly xray = new Xray();
  private readonly confidence: Confidence;
  private readonly call: Call | undefined;
  private readonly next = button('Store and next', () => this.store(), 'first');
  private readonly heading = element('h1', { class: 'where' });
  private readonly bar = element('progress', { label: 'Pictures done' });
  private readonly note = element('p', { class: 'note', attributes: { role: 'status' } });
  private readonly pauseButton = button('Pause (P)', () => this.pause(true));
  private readonly back = button('Previous case', () => this.again());
  private readonly curtain: HTMLElement;
  private clock = new ReadingClock();
  private picture = '';
  private event = randomName();
  private previous: FormerAnswer | null = null;
  private isPaused = false;
  private isBusy = true;

  constructor(
    state: PageState,
    private readonly target: ReadingTarget,
  ) {
    const update = (): void => this.update();
    this.confidence = new Confidence(state.scale, update);
    this.call = state.scale.call ? new Call(state.scale.finding, update) : undefined;
    this.curtain = element(
      'div',
      { class: 'curtain', attributes: { hidden: '' } },
      element('p', { text: 'Paused. The time stands still.' }),
      button('Continue (P)', () => this.pause(false), 'first'),
    );
    showScreen(
      element(
        'div',
        { class: 'reading' },
        element('div', { class: 'picture' }, this.xray.root, this.curtain),
        element(
          'aside',
          { label: 'Answer' },
          element('div', { class: 'progress' }, this.heading, this.bar),
          this.note,
          this.confidence.root,
          ...(this.call === undefined ? [] : [this.call.root]),
          this.next,
          element('div', { class: 'others' }, this.pauseButton, this.back),
          help(state.scale.call),
        ),
      ),
    );
    document.addEventListener('keydown', (event) => this.onKey(event));
    document.addEventListener('answer-key', (event) => this.typed((event as CustomEvent<string>).detail));
    document.addEventListener('visibilitychange', () => {
      if (document.hidden || this.isPaused) this.clock.stop();
      else this.clock.go();
    });
    this.update();
  }

  /**
   * Shows a picture, and begins its time.
   *
   * @returns a name for the event that it is shown
   */
  begin(state: PageState, shown: Parameters<Xray['show']>[0], again: FormerAnswer | null): string {
    const picture = again?.picture ?? state.picture!;
    if (picture !== this.picture || again !== null) this.event = randomName();
    this.picture = picture;
    this.previous = again === null ? state.previous : null;
    this.confidence.clear();
    this.call?.set(null);
    const known = again ?? state.secondLook;
    if (known !== null) {
      this.confidence.set(known.rating);
      this.call?.set(known.call);
    }
    this.note.textContent = noteOf(state, again);
    const place = state.phase === 'training' ? 'Practice' : `Session ${state.session} of ${state.sessions}`;
    this.heading.textContent = `${place}: picture ${Math.min(state.total, state.done + 1)} of ${state.total}`;
    this.bar.max = Math.max(1, state.total);
    this.bar.value = state.done;
    this.back.hidden = this.previous === null;
    this.xray.show(shown);
    this.isBusy = false;
    this.clock = new ReadingClock();
    if (document.hidden) this.clock.stop();
    this.update();
    this.confidence.focus();
    return `shown-${this.event}`;
  }

  /** While something is stored or loaded, nothing can be answered. */
  busy(isBusy: boolean): void {
    this.isBusy = isBusy;
    this.update();
  }

  private store(): void {
    const rating = this.confidence.value;
    if (this.next.disabled || rating === null) return;
    this.busy(true);
    this.target.answer({
      id: this.event,
      picture: this.picture,
      rating,
      call: this.call?.value ?? null,
      location: null,
      milliseconds: this.clock.milliseconds,
      view: this.xray.facts(),
      screen: screenFacts(),
    });
  }

  private again(): void {
    if (this.previous !== null && !this.isBusy) this.target.again(this.previous);
  }

  private pause(isPaused: boolean): void {
    if (this.isBusy || this.isPaused === isPaused) return;
    this.isPaused = isPaused;
    if (isPaused) this.clock.stop();
    else this.clock.go();
    this.target.paused(this.picture, isPaused);
    this.update();
    (isPaused ? this.curtain.querySelector('button')! : this.pauseButton).focus();
  }

  private update(): void {
    const isAnswered = this.confidence.value !== null && (this.call === undefined || this.call.value !== null);
    this.next.disabled = this.isBusy || this.isPaused || !isAnswered;
    this.curtain.hidden = !this.isPaused;
    this.xray.hide(this.isPaused);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if (key === 'p') this.pause(!this.isPaused);
    else if (this.isPaused || this.isBusy) return;
    else if (key === 'enter') {
      // A held key is no deliberate act, and a button that has the focus acts by itself.
      if (event.repeat || event.target instanceof HTMLButtonElement) return;
      this.store();
    } else if (!this.typed(key)) return;
    event.preventDefault();
  }

  private typed(key: string): boolean {
    if (this.isPaused || this.isBusy) return false;
    if (this.call !== undefined && (key === 'y' || key === 'n')) {
      this.call.set(key === 'y');
      return true;
    }
    return this.confidence.type(key);
  }
}

function noteOf(state: PageState, again: FormerAnswer | null): string {
  if (again !== null) return 'The last case once more. Your new answer counts; the first one is kept too.';
  if (state.secondLook !== null) return 'The same X-ray, shown another way. Keep your answer or change it.';
  return state.phase === 'training' ? 'Practice: these answers do not count.' : '';
}

function help(hasCall: boolean): HTMLElement {
  const keys: readonly (readonly [string, string])[] = [
    ['0-9, ← →', 'confidence'],
    ...(hasCall ? [['Y, N', 'yes or no'] as const] : []),
    ['Enter', 'store and next'],
    ['Drag', 'window and level'],
    ['Wheel', 'zoom; drag with the right button to move'],
    ['P', 'pause'],
  ];
  return element(
    'details',
    { class: 'help' },
    element('summary', { text: 'Keys' }),
    element('dl', {}, ...keys.flatMap(([key, does]) => [element('dt', { text: key }), element('dd', { text: does })])),
  );
}
