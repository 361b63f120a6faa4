import { readFileSync } from 'node:fs';
import { findingIds } from '@chromaray/data';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../packages/cli/src/program.js';
import { recordedContext } from '../packages/cli/src/program.test-support.js';
import { blocksOf, chromarayArguments, commandsOf, pages, readPage } from './pages.test-support.js';

const program = createProgram(recordedContext().context);

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

/** `chromaray study run <study.yaml>` */
function usage(command: Command): string {
  const words = (node: Command): string =>
    node.parent === null ? node.name() : `${words(node.parent)} ${node.name()}`;
  const args = command.registeredArguments.map((argument) => ` <${argument.name()}${argument.variadic ? '...' : ''}>`);
  return words(command) + args.join('');
}

/** The sections of docs/commands.md: headings, and the rows of their option tables by flags. */
const sections = new Map(
  readPage('docs/commands.md')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const rows = [...section.matchAll(/^\| `(-[^`]*)` \| (.*?) ?\| (.*) \|$/gm)];
      return [
        section.slice(0, section.indexOf('\n')),
        rows.map(([, flags, standard, text]) => ({ flags, standard, text })),
      ];
    }),
);

describe('docs/commands.md', () => {
  it('has a section for every command and no other', () => {
    expect(readPage('docs/commands.md').match(/^## /gm)).toHaveLength(sections.size);
    expect([...sections.keys()].sort()).toEqual(leaves(program).map(usage).sort());
  });

  it.each(leaves(program).map((command) => [usage(command), command] as const))(
    'explains every option of %s and no other, with default and choices',
    (heading, command) => {
      const rows = sections.get(heading) ?? [];
      const options = command.options.filter(({ hidden }) => !hidden);
      expect(rows.map(({ flags }) => flags)).toEqual(options.map(({ flags }) => flags));
      for (const [i, option] of options.entries()) {
        const { standard, text } = rows[i]!;
        const value: unknown = option.defaultValue;
        if (value !== undefined && !Array.isArray(value) && !option.negate) expect(standard).toBe(`\`${value}\``);
        for (const choice of option.argChoices ?? []) expect(`${standard} ${text}`).toContain(`\`${choice}\``);
      }
    },
  );
});

/** Finds the command of an example and lets it read its options and count its arguments, without running it. */
function check(args: readonly string[]): void {
  let command = createProgram(recordedContext().context);
  let rest = [...args];
  for (;;) {
    const child = command.commands.find((one) => one.name() === rest[0]);
    if (child === undefined) break;
    command = child;
    rest = rest.slice(1);
  }
  const { operands, unknown } = command.parseOptions(rest);
  expect(command.commands.map(usage), 'a whole command').toEqual([]);
  expect(
    unknown.filter((word) => word !== '--help'),
    'unknown options',
  ).toEqual([]);
  if (unknown.includes('--help')) return;
  const { registeredArguments } = command;
  const required = registeredArguments.filter((argument) => argument.required);
  expect(operands.length).toBeGreaterThanOrEqual(required.length);
  if (!registeredArguments.at(-1)?.variadic) expect(operands.length).toBeLessThanOrEqual(registeredArguments.length);
}

describe('commands shown to readers', () => {
  const shown = pages.flatMap((page) =>
    blocksOf(page)
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => commandsOf(text))
      .map((words) => [page, words.join(' '), words] as const),
  );

  it.each(shown.filter(([, , words]) => chromarayArguments(words) !== undefined))(
    '%s: %s can be parsed',
    (_, __, words) => {
      check(chromarayArguments(words)!);
    },
  );

  it.each(shown.filter(([, , words]) => words[0] === 'npm' && !['ci', 'install'].includes(words[1]!)))(
    '%s: %s is a script',
    (_, __, words) => {
      const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
      const script = words[1] === 'run' ? words[2]! : words[1]!;
      expect(Object.keys(scripts)).toContain(script);
    },
  );

  it('are of programs that a reader has', () => {
    const programs = new Set(shown.map(([, , words]) => words[0]));
    expect([...programs].filter((name) => !['chromaray', 'npx', 'npm', 'git', 'cd'].includes(name!))).toEqual([]);
  });

  it('accept findings that an audit can make, in pages and in help', () => {
    const helps = leaves(program).map((command) => command.helpInformation());
    const { context, text } = recordedContext();
    for (const command of leaves(createProgram(context))) command.outputHelp();
    const accepted = [...pages.map(readPage), ...helps, text().out].flatMap((one) =>
      [...one.matchAll(/--accept-risk ([a-z][a-z-]+)/g)].map(([, id]) => id!),
    );
    expect(accepted.length).toBeGreaterThan(2);
    expect(accepted.filter((id) => !findingIds.includes(id))).toEqual([]);
  });

  it('names in help texts are commands too', () => {
    const texts: string[] = [];
    const { context, text } = recordedContext();
    for (const command of [program, ...leaves(createProgram(context))]) command.outputHelp();
    texts.push(text().out);
    const examples = texts.join('\n').match(/^ {2}chromaray .*$/gm) ?? [];
    expect(examples.length).toBeGreaterThan(10);
    for (const example of examples) check(chromarayArguments(commandsOf(example.replace(/ {3,}.*$/, ''))[0]!)!);
  });
});
