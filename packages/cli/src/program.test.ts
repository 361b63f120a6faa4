import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.js';
import { recordedContext, run } from './program.test-support.js';

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function words(command: Command): readonly string[] {
  return command.parent === null ? [] : [...words(command.parent), command.name()];
}

const commands = leaves(createProgram(recordedContext().context)).map(words);

describe('help', () => {
  it.each(commands)('of chromaray %s %s ends well and shows an example', async (...path) => {
    const { exitCode, out, err } = await run([...path.filter(Boolean), '--help']);
    expect(exitCode).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(/\nExamples?:\n {2}chromaray /);
  });

  it('fits a narrow terminal', async () => {
    const { out } = await run(['--help'], { columns: 60 });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('of study run lists the exit codes', async () => {
    const { out } = await run(['study', 'run', '--help']);
    for (const code of [0, 1, 2, 3, 130]) expect(out).toContain(`${code} `);
  });

  it('shows every default that an option has', async () => {
    const { out } = await run(['study', 'init', '--help']);
    expect(out).toMatch(/default:\s+"gray-final"/);
  });

  it('is printed, as wrong use, when nothing is asked for', async () => {
    for (const args of [[], ['study'], ['data']]) {
      const { exitCode, out, err } = await run(args);
      expect(exitCode).toBe(2);
      expect(out).toBe('');
      expect(err).toContain('Usage: chromaray');
      expect(err).toContain('Missing subcommand');
      expect(err).not.toContain('outputHelp');
    }
  });

  it('prints the version', async () => {
    expect(await run(['--version'])).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});

describe('wrong use', () => {
  it.each([
    [['studdy'], 'chromaray has no command "studdy".', 'Did you mean chromaray study?'],
    [['status'], 'chromaray has no command "status".', 'Did you mean chromaray study status?'],
    [['xyzxyzxyz'], 'chromaray has no command "xyzxyzxyz".', 'See `chromaray --help`.'],
    [['study', 'rnu', 'a.yaml'], 'chromaray study has no command "rnu".', 'Did you mean chromaray study run?'],
    [['study', 'run', 'a.yaml', '--jsno'], 'chromaray study run has no option --jsno.', 'Did you mean --json?'],
    [['study', 'run'], 'chromaray study run needs <study.yaml>.', 'See `chromaray study run --help`.'],
    [['predict', 'm.onnx'], 'chromaray predict needs <image>.', 'See `chromaray predict --help`.'],
    [['doctor', 'now'], 'chromaray doctor was given more than it takes: now.', 'See `chromaray doctor --help`.'],
    [['study', 'run', 'a', '--studies'], 'The option --studies <dir> of chromaray study run lacks its value.', 'See'],
    [['study', 'init', 'a.yaml', '--model-preset', 'gray-finel'], 'gray-finel', 'Did you mean gray-final?'],
    [['data', 'audit', '.', '--layout', 'kagle'], 'Allowed choices are kaggle, folders, csv', 'Did you mean kaggle?'],
    [['data', 'audit', '.', '--seed', '-1'], 'It must be a whole number from 0 to', 'See'],
  ])('%j is explained in one sentence, with what to do', async (args, message, remedy) => {
    const { exitCode, out, err } = await run(args);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).toContain(`→ ${remedy}`);
    expect(err).toContain('(CHROMARAY_USAGE)');
    expect(err).not.toMatch(/\.\.|\n\s+at /);
  });

  it('is one JSON document with --json', async () => {
    const { exitCode, out } = await run(['study', 'run', '--json']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 'CHROMARAY_USAGE',
        message: 'chromaray study run needs <study.yaml>.',
        remedy: 'See `chromaray study run --help`.',
        details: { command: 'chromaray study run' },
      },
    });
  });
});
