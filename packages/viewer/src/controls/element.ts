interface Given {
  readonly className?: string;
  readonly role?: string;
  readonly label?: string;
  readonly text?: string;
  readonly type?: string;
}

/** An element with its attributes; text is always set as text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { className, role, label, text, type }: Given = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== undefined) made.className = className;
  if (role !== undefined) made.setAttribute('role', role);
  if (label !== undefined) made.setAttribute('aria-label', label);
  if (type !== undefined) made.setAttribute('type', type);
  if (text !== undefined) made.textContent = text;
  return made;
}
