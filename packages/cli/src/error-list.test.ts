import { describe, expect, it } from 'vitest';
import { errorLines } from './error-list.js';
import { run } from './program.test-support.js';
import { temporaryFolder } from './temporary-folder.test-support.js';

const folder = temporaryFolder();
const errorOf = async (text: string) => {
  const { exitCode, err } = await run(['study', 'plan', folder.write('study.yaml', text), '--no-measure']);
  expect(exitCode).toBe(2);
  return err;
};
const lines = (err: string) => err.split('\n').filter((line) => /^ {2}line /.test(line));

describe('the mistakes of a study file on the terminal', () => {
  it('are all named, each with its line and key, those of shape beside those of meaning', async () => {
    const err = await errorOf(`name: s
dataset: { path: d, positive: P, layuot: kaggle }
split:
  fractions: { train: 0.5, validation: 0.1, test: 0.1 }
image: { size: big }
arms:
  - { name: gray, control: true, colour: none }
  - { name: gray, colour: { map: turbo } }
model: { preset: smal }
seeds: [1, 1]
`);
    const found = lines(err);
    expect(found.map((line) => /^ {2}(line \d+): ([\w.[\]]+):/.exec(line)?.slice(1).join(' '))).toEqual([
      'line 2 dataset.layuot',
      'line 4 split.fractions',
      'line 5 image.size',
      'line 8 arms[1].name',
      'line 9 model.preset',
      'line 10 seeds[1]',
    ]);
    expect(err).toContain('CHROMARAY_STUDY_FILE_UNKNOWN_KEY');
  });

  it('are all named where the YAML cannot be read', async () => {
    const err = await errorOf('name: s\nname: t\ndataset: { path: d\nseeds: [1\n');
    expect(lines(err).length).toBeGreaterThan(1);
  });

  it('say nothing of what only a mistake beside them made wrong', async () => {
    const err = await errorOf(`name: s
dataset: { path: d, positive: P }
split: { method: sklern, steps: { validation: 0.2, train: 0.5 } }
arms: [{ name: a, control: true, colour: none }, { name: b, colour: repeat }]
model: { preset: small }
`);
    expect(err).toContain('sklern');
    expect(err).not.toContain('steps');
    expect(lines(err)).toEqual([]);
  });
});

describe('overlaps on the terminal', () => {
  it('are all listed, up to what can be read', () => {
    const shared = Array.from({ length: 250 }, (_, i) => ({ record: `a/${i}.png`, known: `train/${i}.png` }));
    const listed = errorLines('CHROMARAY_EVALUATE_OVERLAP', { shared });
    expect(listed[0]).toBe('a/0.png, in the study train/0.png');
    expect(listed).toHaveLength(201);
    expect(listed.at(-1)).toBe('and 50 more; --json lists all of them');
    expect(errorLines('CHROMARAY_EVALUATE_OVERLAP', { shared: shared.slice(0, 200) })).toHaveLength(200);
    expect(errorLines('CHROMARAY_IMAGE_MISSING', { shared })).toEqual([]);
  });
});
