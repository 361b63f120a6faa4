import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { colouringNames } from '@chromaray/imaging/names';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../program.js';
import { recordedContext, run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import { shells } from './shells.js';
import { type CompletionNode, completionTree } from './tree.js';

const folder = temporaryFolder();
const nodes = completionTree(createProgram(recordedContext().context));
const node = (words: string): CompletionNode => nodes.find((one) => one.path === words)!;
const isInstalled = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

async function scriptOf(shell: string): Promise<string> {
  const { exitCode, out } = await run(['completion', shell]);
  expect(exitCode).toBe(0);
  const file = path.join(folder.path, `chromaray.${shell}`);
  writeFileSync(file, out);
  return file;
}

/** What each shell offers for a line that is typed so far. */
const offers: Readonly<Record<string, (script: string, line: readonly string[]) => readonly string[]>> = {
  bash: (script, line) =>
    lines('bash', [
      '--norc',
      '-c',
      `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _chromaray 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      script,
      ...line,
    ]),
  fish: (script, line) =>
    lines('fish', ['--no-config', '-c', `source ${script}; complete -C "${line.join(' ')}"`]).map(
      (offer) => offer.split('\t')[0]!,
    ),
};

function lines(program: string, args: readonly string[]): readonly string[] {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: folder.path });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('the tree of completions', () => {
  it('has every command, and every option that help shows', () => {
    expect(node('chromaray').commands.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['study', 'data', 'completion', 'help']),
    );
    expect(node('chromaray study run').options.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['--studies', '--accept-risk', '--json', '--help']),
    );
  });

  it('knows of a value whether it is one of a list, a file or a text', () => {
    const value = (command: string, name: string) => node(command).options.find((one) => one.name === name)!.value;
    expect(value('chromaray colour', '--map')).toEqual(colouringNames);
    expect(value('chromaray colour', '--sheet')).toBe('file');
    expect(value('chromaray colour', '--rows')).toBe('text');
    expect(value('chromaray colour', '--json')).toBe('none');
  });
});

describe.each(['bash', 'fish'])('the completion of %s', (shell) => {
  const installed = isInstalled(shell);
  const it_ = installed ? it : it.skip;
  const why = installed ? '' : ` (skipped: no ${shell} here)`;

  it_(`offers commands, options and values where each is due${why}`, async () => {
    const script = await scriptOf(shell);
    const offered = (...line: string[]) => offers[shell]!(script, ['chromaray', ...line]);
    expect([...offered('study', '')].sort()).toEqual(
      node('chromaray study')
        .commands.map(({ name }) => name)
        .sort(),
    );
    expect(offered('st')).toEqual(['study']);
    expect(offered('study', 'run', '--acc')).toEqual(['--accept-risk']);
    expect([...offered('colour', 'in', 'out', '--map', '')].sort()).toEqual([...colouringNames].sort());
    expect([...offered('completion', '')].sort()).toEqual([...shells].sort());
    expect(offered('colour', '--rows', '')).toEqual([]);
  });
});

describe('the completion of zsh', () => {
  const installed = isInstalled('zsh');
  const it_ = installed ? it : it.skip;
  it_(`loads, and offers what is due${installed ? '' : ' (skipped: no zsh here)'}`, async () => {
    const script = await scriptOf('zsh');
    // The functions that show offers are replaced by ones that print them.
    const harness = `compdef() { :; }; _describe() { print -rl -- \${(P)@[-1]}; }; _files() { print files; }
      _message() { :; }; compadd() { shift; print -rl -- "$@"; }
      source ${script}; words=("$@"); CURRENT=$#; PREFIX=\${words[-1]}; _chromaray`;
    const offered = (...line: string[]) =>
      lines('zsh', ['-f', '-c', harness, 'zsh', 'chromaray', ...line]).map((offer) => offer.split(':')[0]!);
    expect(offered('study', '')).toEqual(node('chromaray study').commands.map(({ name }) => name));
    expect(offered('study', 'run', '--')).toContain('--accept-risk');
    expect(offered('colour', 'in', 'out', '--map', '')).toEqual([...colouringNames]);
    expect(offered('study', 'run', '')).toEqual(['files']);
    expect(offered('completion', '')).toEqual([...shells]);
  });
});
