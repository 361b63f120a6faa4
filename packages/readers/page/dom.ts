/** What an element is given besides its children. */
interface Given {
  readonly class?: string;
  readonly text?: string;
  readonly label?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

/** An element with its children; text is always set as text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  given: Given = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (given.class !== undefined) made.className = given.class;
  if (given.text !== undefined) made.textContent = given.text;
  if (given.label !== undefined) made.setAttribute('aria-label', given.label);
  for (const [key, value] of Object.entries(given.attributes ?? {})) made.setAttribute(key, value);
  if (given.onClick !== undefined) made.addEventListener('click', given.onClick);
  made.append(...children);
  return made;
}

export function button(text: string, onClick: () => void, kind: 'first' | 'other' = 'other'): HTMLButtonElement {
  return element('button', { text, class: kind, onClick, attributes: { type: 'button' } });
}

/** Puts a screen in place of the one before. */
export function showScreen(...children: readonly Node[]): void {
  document.getElementById('page')!.replaceChildren(...children);
}
