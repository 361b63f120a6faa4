import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();

describe('an option with a new name', () => {
  const init = (name: string, ...args: string[]) => run(['study', 'init', path.join(folder.path, name), ...args]);
  const preset = (name: string) => /preset: ([\w-]+)/.exec(readFileSync(path.join(folder.path, name), 'utf8'))![1];

  it('works by both names, with a notice for the old one', async () => {
    const now = await init('now.yaml', '--model-preset', 'gray-1');
    const before = await init('before.yaml', '--preset', 'gray-1');
    expect([preset('now.yaml'), preset('before.yaml')]).toEqual(['gray-1', 'gray-1']);
    expect([now.exitCode, now.err]).toEqual([0, '']);
    expect([before.exitCode, before.err]).toEqual([0, 'Note: --preset is called --model-preset now.\n']);
  });

  it('checks the value by both names', async () => {
    const { exitCode, err } = await init('wrong.yaml', '--preset', 'gray-99');
    expect(exitCode).toBe(2);
    expect(err).toContain('gray-99');
  });

  it('is shown in help by its new name only, which is another for data sets than for networks', async () => {
    for (const [args, name] of [
      [['study', 'init'], '--model-preset'],
      [['data', 'describe'], '--dataset-preset'],
      [['study', 'evaluate'], '--dataset-preset'],
    ] as const) {
      const { out } = await run([...args, '--help']);
      expect(out).toContain(name);
      expect(out).not.toMatch(/ --preset/);
    }
    const { err } = await run(['data', 'describe', folder.path, '--preset', 'rsna']);
    expect(err).toContain('--preset is called --dataset-preset now.');
  });
});

describe('a risk to accept', () => {
  it('must be a finding that an audit can make', async () => {
    const { exitCode, err } = await run(['study', 'run', 'none.yaml', '--accept-risk', 'patients-across-parts']);
    expect(exitCode).toBe(2);
    expect(err).toContain('There is no finding "patients-across-parts"; did you mean "patient-across-parts"?');
    expect(err).toContain('CHROMARAY_AUDIT_RISK_UNKNOWN');
    const known = await run(['study', 'run', 'none.yaml', '--accept-risk', 'patient-across-parts']);
    expect(known.err).toContain('CHROMARAY_STUDY_FILE_MISSING');
  });
});
