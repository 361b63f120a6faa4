import { TemporaryFolder } from '@chromaray/testing/dataset';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DescribeOptions, describeDataset } from './describe.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => folder.remove());

const classes = ['NORMAL', 'BACTERIA', 'VIRUS'];
const here = (options: Partial<DescribeOptions> = {}) =>
  describeDataset({ path: folder.path, classes, unreadableShare: 0.9, ...options });
const failsWith = (what: string, message: RegExp) =>
  expect.objectContaining({ code: `CHROMARAY_DATASET_${what}`, message: expect.stringMatching(message) });

async function kermany(): Promise<void> {
  await folder.picture('train/NORMAL/IM-0001-0001.png', 1);
  await folder.picture('train/PNEUMONIA/person1_virus_1.png', 2);
  await folder.picture('test/PNEUMONIA/person2_bacteria_1.png', 3);
}

describe('a data set of several classes', () => {
  it('reads them from file names, and sets the reference against the others where there are two sides', async () => {
    await kermany();
    const dataset = await here({ classRule: 'kermany' });
    expect(dataset).toMatchObject({ several: classes, positive: 'BACTERIA + VIRUS', negative: 'NORMAL' });
    expect(dataset.records.map(({ label, positive }) => [label, positive])).toEqual([
      ['BACTERIA', true],
      ['NORMAL', false],
      ['VIRUS', true],
    ]);
  });

  it('reads them from folders, and by a pattern in any case', async () => {
    await folder.picture('NORMAL/a.png', 1);
    await folder.picture('BACTERIA/b.png', 2);
    await folder.picture('VIRUS/c.png', 3);
    expect((await here()).records.map(({ label }) => label)).toEqual(['BACTERIA', 'NORMAL', 'VIRUS']);
    await folder.picture('NORMAL/x-Virus-2.png', 4);
    const ruled = await here({ classRule: { pattern: '-([A-Za-z]+)-' }, patient: 'none' });
    expect(ruled.records.find(({ id }) => id.includes('x-Virus'))).toMatchObject({ label: 'VIRUS', positive: true });
  });

  it('reads them from a column, as names or as numbers', async () => {
    for (const [i, label] of ['0', '1', '2'].entries()) {
      await folder.picture(`${i}.png`, i);
      folder.write('names.csv', `path,label\n0.png,NORMAL\n1.png,BACTERIA\n2.png,VIRUS\n`);
      folder.write('numbers.csv', `path,label\n0.png,0\n1.png,1\n2.png,2\n`);
      expect(label).toBe(String(i));
    }
    for (const file of ['names.csv', 'numbers.csv']) {
      const { records } = await here({ path: `${folder.path}/${file}`, layout: 'csv' });
      expect(records.map(({ label }) => label)).toEqual(classes);
    }
  });

  it('has another hash than with one class against all others', async () => {
    await kermany();
    const several = await here({ classRule: 'kermany' });
    const { hash } = await describeDataset({ path: folder.path, positive: 'PNEUMONIA', unreadableShare: 0.9 });
    expect(several.hash).not.toBe(hash);
  });

  it('refuses a class that is named but has no record', async () => {
    await kermany();
    await expect(here()).rejects.toThrow(failsWith('CLASSES', /no record of the class "BACTERIA"/) as unknown as Error);
  });

  it('refuses a class whose folder is empty', async () => {
    await folder.picture('NORMAL/a.png', 1);
    await folder.picture('BACTERIA/b.png', 2);
    folder.write('VIRUS/c.png', 'no picture');
    await expect(here()).rejects.toThrow(
      failsWith('EMPTY_CLASS', /"VIRUS" holds no readable image/) as unknown as Error,
    );
  });

  it('refuses a class that the study does not name, and takes it left out', async () => {
    await folder.picture('NORMAL/a.png', 1);
    await folder.picture('BACTERIA/b.png', 2);
    await folder.picture('VIRUS/c.png', 3);
    await folder.picture('FUNGUS/d.png', 4);
    await expect(here()).rejects.toThrow(
      failsWith('CLASSES', /the class "FUNGUS", which the study does not name/) as unknown as Error,
    );
    expect((await here({ leaveOut: ['FUNGUS'] })).records).toHaveLength(3);
  });

  it('refuses two folders whose names differ by case, and asks about a name in another case', async () => {
    await folder.picture('NORMAL/a.png', 1);
    await folder.picture('BACTERIA/b.png', 2);
    await folder.picture('Virus/c.png', 3);
    await expect(here()).rejects.toMatchObject({ remedy: expect.stringContaining('did you mean "Virus"?') });
    await folder.picture('VIRUS/c.png', 3);
    await expect(here()).rejects.toThrow(failsWith('CLASS_NAMES', /"VIRUS" and "Virus"/) as unknown as Error);
  });

  it.each([
    ['no pattern', '(', /is not a regular expression/],
    ['without a group', 'virus', /captures nothing/],
    ['that fits nothing', '^nothing(x)', /fits no file/],
    ['that finds a class not named', 'IM-(0001)', /finds the class "0001"/],
  ])('refuses a class rule that is %s', async (_, pattern, message) => {
    await kermany();
    await expect(here({ classRule: { pattern } })).rejects.toThrow(
      failsWith('CLASS_RULE', message) as unknown as Error,
    );
  });
});
