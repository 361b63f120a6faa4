import type { PageState } from '../src/server/messages.js';
import { button, element, showScreen } from './dom.js';

/** A card with a heading, a sentence and perhaps something to do. */
export function messageScreen(title: string, text: string, ...actions: readonly Node[]): HTMLElement {
  return element(
    'div',
    { class: 'card' },
    element('h1', { text: title }),
    element('p', { text }),
    ...(actions.length === 0 ? [] : [element('p', { class: 'actions' }, ...actions)]),
  );
}

export function waitingScreen({ session, sessions, opens }: PageState, onAgain: () => void): void {
  const when = new Date(opens!).toLocaleString('en', { dateStyle: 'full', timeStyle: 'short' });
  showScreen(
    messageScreen(
      `Session ${session - 1} of ${sessions} is done. Thank you.`,
      `Session ${session} opens on ${when}. Keep your link: it works then too. You can close this window.`,
      button('Look again', onAgain),
    ),
  );
}

export function lastScreen(): void {
  showScreen(
    messageScreen('You have read everything. Thank you.', 'All your answers are stored. You can close this window.'),
  );
}

/** In practice: whether the finding was there. Ends when the reader has seen it. */
export function feedback(present: boolean, finding: string): Promise<void> {
  return new Promise((resolve) => {
    const dialog = element(
      'dialog',
      { class: 'feedback' },
      element(
        'p',
        {},
        `Practice: ${finding} is `,
        element('strong', { text: present ? 'present' : 'absent' }),
        ' in this X-ray.',
      ),
      element('form', { attributes: { method: 'dialog' } }, element('button', { class: 'first', text: 'Next' })),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
