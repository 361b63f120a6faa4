import { button, element, showScreen } from './dom.js';
import { screenFacts } from './screen-facts.js';

/** Share of the range between black and white by which the faint patches differ from their field, as TG18-QC's do. */
const faint = 0.05;
const places = ['top left', 'top right', 'bottom left', 'bottom right'] as const;
/** Tries after which one may go on with a display that does not show the patch. */
const mostAttempts = 6;

export interface DisplayOutcome {
  readonly darkSeen: boolean;
  readonly brightSeen: boolean;
  readonly attempts: number;
}

/**
 * Whether faint steps of gray are visible at both ends: a patch of 5 % in black, and one of 95 % in white, each in a
 * corner that the reader has to name. Guessing finds a corner in one of four tries.
 */
export function checkDisplay(
  smallest: { readonly width: number; readonly height: number },
  onDone: (outcome: DisplayOutcome) => void,
): void {
  const seen = { dark: false, bright: false };
  let attempts = 0;
  const warnings = element('ul', { class: 'warnings' });
  const next = button('Continue', () => finish(), 'first');
  next.disabled = true;
  const said = element('p', { class: 'said', attributes: { role: 'status' } });
  const update = (): void => {
    const isSeen = seen.dark && seen.bright;
    next.disabled = !isSeen && attempts < mostAttempts;
    if (isSeen) said.textContent = 'Both patches were found.';
    else if (attempts >= mostAttempts) {
      said.textContent =
        'A patch was not found. Darken the room or raise the brightness and try again, or continue: it is written down.';
    }
    warnings.replaceChildren(...warningsOf(smallest).map((text) => element('li', { text })));
    warnings.hidden = warnings.childElementCount === 0;
  };
  const fields = (['dark', 'bright'] as const).map((end) =>
    field(end, (isRight) => {
      attempts++;
      if (isRight) seen[end] = true;
      update();
      return isRight;
    }),
  );
  const finish = (): void => {
    removeEventListener('resize', update);
    onDone({ darkSeen: seen.dark, brightSeen: seen.bright, attempts });
  };
  addEventListener('resize', update);
  showScreen(
    element(
      'div',
      { class: 'card' },
      element('h1', { text: 'Check of the display' }),
      element('p', {
        text: 'Each field holds one faint patch. Click the corner where you see it. Sit as you will read, with the light as it will be.',
      }),
      element('div', { class: 'fields' }, ...fields),
      said,
      warnings,
      element(
        'p',
        { class: 'actions' },
        button('Full screen (F)', () => void document.documentElement.requestFullscreen?.()),
        next,
      ),
    ),
  );
  update();
}

function field(end: 'dark' | 'bright', onAnswer: (isRight: boolean) => boolean): HTMLElement {
  const corner = crypto.getRandomValues(new Uint8Array(1))[0]! % places.length;
  const level = Math.round(255 * (end === 'dark' ? faint : 1 - faint));
  const said = element('span', { class: 'found', text: ' ' });
  const corners = places.map((place, i) => {
    const one = element('button', { label: place, attributes: { type: 'button', 'data-corner': String(i) } });
    if (i === corner) {
      const patch = element('span', { class: 'patch' });
      patch.style.backgroundColor = `rgb(${level}, ${level}, ${level})`;
      one.append(patch);
    }
    one.addEventListener('click', () => {
      said.textContent = onAnswer(i === corner) ? 'found' : 'not there: look again';
    });
    return one;
  });
  return element(
    'div',
    { class: `field ${end}`, attributes: { role: 'group', 'aria-label': `${end} field` } },
    element('div', { class: 'corners' }, ...corners),
    said,
  );
}

function warningsOf(smallest: { readonly width: number; readonly height: number }): readonly string[] {
  const { windowWidth, windowHeight, pixelRatio } = screenFacts();
  return [
    ...(windowWidth < smallest.width || windowHeight < smallest.height
      ? [
          `The window has ${windowWidth} x ${windowHeight} pixels; at least ${smallest.width} x ${smallest.height} are asked for. Make it larger if you can.`,
        ]
      : []),
    ...(Number.isInteger(pixelRatio)
      ? []
      : [
          `The screen is scaled to ${Math.round(100 * pixelRatio)} %, which blurs pixels. Set browser zoom and scaling to 100 % if you can.`,
        ]),
  ];
}
