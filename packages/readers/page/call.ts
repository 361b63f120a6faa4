import { element } from './dom.js';

/** The yes or no, where it is asked for. */
export class Call {
  readonly root: HTMLElement;
  private readonly options: readonly HTMLButtonElement[];
  private given: boolean | null = null;

  constructor(
    finding: string,
    private readonly onChange: () => void,
  ) {
    this.options = [true, false].map((value) =>
      element('button', {
        text: value ? 'Yes' : 'No',
        attributes: { type: 'button', 'aria-pressed': 'false', title: value ? 'Key: Y' : 'Key: N' },
        onClick: () => this.set(value),
      }),
    );
    this.root = element(
      'div',
      { class: 'call', attributes: { role: 'group', 'aria-labelledby': 'call-question' } },
      element('span', { class: 'question', text: `Would you report ${finding}?`, attributes: { id: 'call-question' } }),
      element('div', { class: 'options' }, ...this.options),
    );
  }

  get value(): boolean | null {
    return this.given;
  }

  set(value: boolean | null): void {
    this.given = value;
    this.options.forEach((one, i) => {
      one.ariaPressed = String(value !== null && (i === 0) === value);
    });
    this.onChange();
  }
}
