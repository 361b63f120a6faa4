import { wrap } from './wrap.js';

/** Characters a line may have: the terminal's, or as many as wanted where the output is no terminal. */
export function lineWidth(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? stream.columns : Number.POSITIVE_INFINITY;
}

/** Writes text for people to a stream, ending with a line break: the one place through which all of it goes. */
export function printText(stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${terminalText(text, lineWidth(stream))}\n`);
}

/**
 * Text as a terminal shows it: lines end between words, never inside a number and its unit; control characters, which
 * a file name may hold and a terminal would obey, are written as `\x1b`.
 */
export function terminalText(text: string, width: number): string {
  const shown = text.replace(/[^\P{Cc}\n]/gu, escaped);
  // Spaces that must not be broken at have done their work once the lines are made.
  return wrap(shown, width).replaceAll('\u00a0', ' ');
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
