import type { PageScale } from '../src/server/messages.js';
import { element } from './dom.js';

/** Milliseconds within which two digits are one number. */
const typing = 1200;

/** The scale from 0 to 100: by the pointer, by arrows, or by typing a number. It has no value until one is given. */
export class Confidence {
  readonly root: HTMLElement;
  private readonly slider = element('input', {
    attributes: { type: 'range', min: '0', max: '100', step: '1', id: 'confidence' },
  });
  private readonly said = element('output', { class: 'rating', text: '–', attributes: { for: 'confidence' } });
  private given: number | null = null;
  private typed = '';
  private typedAt = 0;

  constructor(
    scale: PageScale,
    private readonly onChange: () => void,
  ) {
    this.slider.value = '50';
    this.slider.classList.add('unset');
    this.slider.setAttribute('aria-valuetext', 'no answer yet');
    this.slider.addEventListener('input', () => this.set(Number(this.slider.value)));
    // A click on the middle changes nothing of the slider, and is an answer.
    this.slider.addEventListener('pointerup', () => this.set(Number(this.slider.value)));
    const [low, middle, high] = scale.anchors;
    this.root = element(
      'div',
      { class: 'confidence' },
      element(
        'label',
        { class: 'question', attributes: { for: 'confidence' } },
        `How sure are you that ${scale.finding} is present?`,
      ),
      this.said,
      this.slider,
      element(
        'div',
        { class: 'anchors', attributes: { 'aria-hidden': 'true' } },
        ...[
          ['0', low],
          ['50', middle],
          ['100', high],
        ].map(([at, words]) => element('span', {}, element('b', { text: at! }), element('br'), words!)),
      ),
    );
  }

  get value(): number | null {
    return this.given;
  }

  set(value: number): void {
    this.given = Math.min(100, Math.max(0, Math.round(value)));
    this.slider.value = String(this.given);
    this.slider.classList.remove('unset');
    this.slider.removeAttribute('aria-valuetext');
    this.said.textContent = String(this.given);
    this.onChange();
  }

  clear(): void {
    this.given = null;
    this.typed = '';
    this.slider.value = '50';
    this.slider.classList.add('unset');
    this.slider.setAttribute('aria-valuetext', 'no answer yet');
    this.said.textContent = '–';
  }

  focus(): void {
    this.slider.focus();
  }

  /** @returns true where the key was one of a number */
  type(key: string): boolean {
    if (!/^[0-9]$/.test(key)) return false;
    const now = performance.now();
    const begun = now - this.typedAt < typing ? this.typed : '';
    const longer = begun + key;
    this.typed = Number(longer) > 100 || longer.length > 3 ? key : longer;
    this.typedAt = now;
    this.set(Number(this.typed));
    return true;
  }
}
