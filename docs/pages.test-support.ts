import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A fenced block of a page. */
export interface Block {
  /** The page's file name, for messages. */
  readonly page: string;
  readonly language: string;
  readonly text: string;
  /** Exit code its last command is to end with, when the block is marked `<!-- run -->`; null when it is not. */
  readonly runs: number | null;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** A page of the repository by its path. */
export function readPage(page: string): string {
  return readFileSync(`${root}${page}`, 'utf8');
}

/** The pages a user reads, in the order in which their blocks build on one another. */
export const pages: readonly string[] = [
  'docs/commands.md',
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith('.md') && name !== 'commands.md')
    .sort()
    .map((name) => `docs/${name}`),
  'README.md',
  'CONTRIBUTING.md',
];

/** All fenced blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  const pattern = /(?:<!-- run(?:: exit (\d+))? -->\n)?^```(\w*)\n([\s\S]*?)^```$/gm;
  return [...readPage(page).matchAll(pattern)].map(([whole, exit, language, text]) => ({
    page,
    language: language!,
    text: text!,
    runs: whole.startsWith('<!-- run') ? Number(exit ?? 0) : null,
  }));
}

/**
 * The words of each command of a `sh` block: lines joined at `\`, divided at `&&`, without comments and quotes.
 *
 * @throws Error for what only a real shell can do
 */
export function commandsOf(text: string): readonly (readonly string[])[] {
  return text
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .flatMap((line) => line.split(' && '))
    .map((command) => command.replace(/(^|\s)#.*$/, '').trim())
    .filter((command) => command !== '')
    .map((command) => {
      if (/[|<>$;`]/.test(command)) throw new Error(`Only plain commands can be tested: ${command}`);
      return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, bare]) => double ?? single ?? bare!,
      );
    });
}

/** What is given to `chromaray` in a command, or undefined for another program's. */
export function chromarayArguments(words: readonly string[]): readonly string[] | undefined {
  const [first, ...rest] = words[0] === 'npx' ? words.slice(1) : words;
  return first === 'chromaray' ? rest : undefined;
}
