import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readStudyFile } from '@chromaray/study';
import { describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();

describe('study init', () => {
  it('writes a file that parses, with the choices made', async () => {
    const file = path.join(folder.path, 'studies of mine', 'does colour help?.yaml');
    const data = path.join(folder.path, 'x-rays');
    const { exitCode, out } = await run([
      ...['study', 'init', file, '--data', data, '--layout', 'folders', '--positive', 'TB'],
      ...['--split', 'sklearn', '--model-preset', 'small'],
    ]);
    expect(exitCode).toBe(0);
    expect(out).toContain(`chromaray study run ${file}`);
    const study = readStudyFile(file);
    expect(study.name).toBe('does-colour-help');
    expect(study.dataset).toMatchObject({ path: data, layout: 'folders', positive: 'TB' });
    expect(study.split.method).toBe('sklearn');
    expect(study.model.preset).toBe('small');
  });

  it('begins with the line by which editors find the schema, from wherever the file is', async () => {
    for (const name of ['near.yaml', 'deeper/below/far.yaml']) {
      const file = path.join(folder.path, name);
      await run(['study', 'init', file]);
      const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(file, 'utf8'))![1]!;
      const schema = named.startsWith('file:') ? fileURLToPath(named) : path.resolve(path.dirname(file), named);
      expect(JSON.parse(readFileSync(schema, 'utf8')).title).toBe('A study file of Chromaray');
    }
  });

  it('writes over a file only with --force', async () => {
    const file = folder.write('mine.yaml', 'precious');
    const refused = await run(['study', 'init', file]);
    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining('--force') });
    expect(readFileSync(file, 'utf8')).toBe('precious');
    expect((await run(['study', 'init', file, '--force'])).exitCode).toBe(0);
    expect(readStudyFile(file).name).toBe('mine');
  });

  it('refuses a network it does not know, and names the one that was meant', async () => {
    const file = path.join(folder.path, 'unknown.yaml');
    const { exitCode, err } = await run(['study', 'init', file, '--model-preset', 'gray-fnal']);
    expect(exitCode).toBe(2);
    expect(err).toContain('Did you mean gray-final?');
    expect(existsSync(file)).toBe(false);
  });

  it('writes a study on pretrained weights, whose control has three channels', async () => {
    const file = path.join(folder.path, 'pretrained', 'study.yaml');
    const weights = path.join(folder.path, 'net.onnx');
    const { exitCode } = await run([
      ...['study', 'init', file, '--model-preset', 'mobilenet-v1-0.25', '--weights', weights],
    ]);
    expect(exitCode).toBe(0);
    const study = readStudyFile(file);
    expect(study.model).toEqual({ preset: 'mobilenet-v1-0.25', weights });
    expect(study.arms.map(({ name, control }) => [name, control])).toEqual([
      ['gray3', true],
      ['turbo', false],
      ['smooth-random', false],
      ['shuffled', false],
    ]);
    const without = await run(['study', 'init', path.join(folder.path, 'vgg.yaml'), '--model-preset', 'gray-7']);
    expect(without).toMatchObject({ exitCode: 2, err: expect.stringContaining('weights') });
  });

  it('says with --json what it wrote', async () => {
    const file = path.join(folder.path, 'json.yaml');
    const { out } = await run(['study', 'init', file, '--json']);
    expect(JSON.parse(out)).toEqual({ study: 'json', file });
  });
});
