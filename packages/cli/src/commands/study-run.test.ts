import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { phantomPatients, writePhantomDataset } from '@chromaray/data';
import { studyTemplate } from '@chromaray/study';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Outcome, run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();

function study(data: string): string {
  return studyTemplate({
    name: 'mine',
    dataset: { path: data, layout: 'kaggle', positive: 'PNEUMONIA' },
    preset: 'small',
  });
}

async function runFile(file: string, ...more: readonly string[]): Promise<Outcome> {
  return run(['study', 'run', file, '--studies', path.join(folder.path, 'studies'), ...more]);
}

describe('study run on a study file that cannot be used', () => {
  it.each([
    ['is missing', undefined, 'CHROMARAY_STUDY_FILE_MISSING'],
    ['is empty', '', 'CHROMARAY_STUDY_FILE_EMPTY'],
    ['is not YAML', 'name: [', 'CHROMARAY_STUDY_FILE_YAML'],
    ['has an unknown key', `${study('x')}modle: { preset: small }\n`, 'CHROMARAY_STUDY_FILE_UNKNOWN_KEY'],
    [
      'has two controls',
      study('x').replace('name: gray3,', 'name: gray3, control: true,'),
      'CHROMARAY_STUDY_FILE_CONTROL',
    ],
    ['has no control', study('x').replace('control: true, ', ''), 'CHROMARAY_STUDY_FILE_CONTROL'],
    ['has a value of the wrong type', study('x').replace('epochs: 22', 'epochs: many'), 'CHROMARAY_STUDY_FILE_TYPE'],
    ['divides more than all', study('x').replace('test: 0.2', 'test: 0.3'), 'CHROMARAY_STUDY_FILE_FRACTIONS'],
  ])('that %s: exit code 2, one message that names the file, no stack', async (what, text, code) => {
    const name = `${what.replaceAll(' ', '-')}.yaml`;
    const file = text === undefined ? path.join(folder.path, name) : folder.write(name, text);
    const { exitCode, out, err } = await runFile(file);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(name);
    expect(err).toContain(`(${code})`);
    expect(err).not.toMatch(/\n\s+at /);
    const json = await runFile(file, '--json');
    expect(json.exitCode).toBe(2);
    expect(JSON.parse(json.out).error.code).toBe(code);
  });
});

describe('study run on data that cannot be used', () => {
  it('names a folder that is missing', async () => {
    const { exitCode, err } = await runFile(folder.write('no-data.yaml', study('nowhere')));
    expect(exitCode).toBe(1);
    expect(err).toContain(path.join(folder.path, 'nowhere'));
    expect(err).toContain('(CHROMARAY_DATASET_MISSING)');
  });

  it('says that a folder holds no image', async () => {
    mkdirSync(path.join(folder.path, 'hollow', 'train', 'NORMAL'), { recursive: true });
    mkdirSync(path.join(folder.path, 'hollow', 'train', 'PNEUMONIA'), { recursive: true });
    const { exitCode, err } = await runFile(folder.write('hollow.yaml', study('hollow')));
    expect(exitCode).toBe(1);
    expect(err).toMatch(/\(CHROMARAY_DATASET_EMPTY(_CLASS)?\)/);
  });
});

describe('study run', () => {
  beforeAll(async () => {
    await writePhantomDataset(path.join(folder.path, 'leaky'), {
      size: 64,
      patients: phantomPatients(30),
      imagesPerPatient: [1, 1],
      faults: { duplicatesAcrossParts: 2 },
    });
  });

  const leaky = () =>
    folder.write(
      'leaky.yaml',
      study('leaky')
        .replace('method: patient', 'method: sklearn')
        .replace(/fractions:.*/, 'steps: { validation: 0.1, train: 0.78 }'),
    );

  it('stops with exit code 3 where the audit finds leakage, before any training', async () => {
    const { exitCode, out, err } = await runFile(leaky());
    expect(exitCode).toBe(3);
    expect(out).toBe('');
    expect(err).toContain('--accept-risk');
    expect(err).toContain('(CHROMARAY_AUDIT_BLOCKED)');
    expect(existsSync(path.join(folder.path, 'studies', 'mine', 'audit.json'))).toBe(true);
    expect(existsSync(path.join(folder.path, 'studies', 'mine', 'models'))).toBe(false);
  });

  it('refuses to accept a risk that does not exist', async () => {
    const { exitCode, err } = await runFile(leaky(), '--accept-risk', 'no-such-finding');
    expect(exitCode).toBe(2);
    expect(err).toContain('(CHROMARAY_AUDIT_RISK_UNKNOWN)');
  });

  it('stopped by Ctrl-C says how to go on', async () => {
    const { exitCode, err } = await run(['study', 'run', leaky(), '--studies', path.join(folder.path, 'studies')], {
      signal: AbortSignal.abort(),
    });
    expect(exitCode).toBe(130);
    expect(err).toContain('Run the same command again: it resumes where it stopped.');
  });
});

describe('study status and report', () => {
  it.each(['status', 'report'])('%s says that a study has not been run', async (command) => {
    const { exitCode, err } = await run(['study', command, 'never', '--studies', folder.path]);
    expect(exitCode).toBe(1);
    expect(err).toContain('There is no study "never" that has been run');
    expect(err).toContain('chromaray study run');
  });
});
