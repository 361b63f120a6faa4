import { installError } from './fault.js';
import type { KindWords } from './kind.js';

const names = /^[a-z0-9][a-z0-9_-]{0,63}$/i;

/** Whether something can be installed under this name: a word that no path is, since files have a dot in their names. */
export function isInstallName(text: string): boolean {
  return names.test(text);
}

/** @throws ChromarayError `_NAME` of the kind's area */
export function checkInstallName({ area, noun }: KindWords, name: string): string {
  if (isInstallName(name)) return name;
  throw installError(area, 'NAME', {
    message: `"${name}" cannot be the name of ${noun}.`,
    remedy: 'Choose a --name of up to 64 letters (a-z), digits, "-" and "_", beginning with a letter or digit.',
    details: { name },
  });
}
