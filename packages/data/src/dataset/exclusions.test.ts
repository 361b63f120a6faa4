import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TemporaryFolder } from '@chromaray/testing/dataset';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditDataset } from '../audit/audit.js';
import { describeDataset } from './describe.js';
import { addExclusions, readExclusions, removeExclusions } from './exclusions.js';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = new TemporaryFolder();
  for (const label of ['NORMAL', 'PNEUMONIA'])
    for (let i = 0; i < 10; i++)
      await folder.picture(`data/${label}/p${i}.png`, i + (label === 'NORMAL' ? 0 : 50), 40, 40);
});
afterEach(() => folder.remove());

const read = (exclude?: string) =>
  describeDataset({
    ...{ path: path.join(folder.path, 'data'), layout: 'folders', patient: 'none' },
    ...(exclude !== undefined && { exclude }),
  });
const list = (text: string): string => folder.write('exclude.csv', text);
const finding = async (text: string) =>
  auditDataset(await read(list(text)), null).findings.find(({ id }) => /exclu/.test(id));

describe('an exclusion list', () => {
  it('leaves records out with their reasons, unread, and changes what the data set is', async () => {
    folder.write('data/NORMAL/p0.png', 'no picture any more');
    const file = list(
      'record,reason,time\nNORMAL/p0.png,damaged,2026-01-02T03:04:05Z\nPNEUMONIA/p1.png,"a copy, of p2",\n',
    );
    const [whole, less] = [await read(undefined).catch(() => undefined), await read(file)];
    expect(less.records).toHaveLength(18);
    expect(less.unreadable).toEqual([]);
    expect(less.leftOut).toEqual([
      {
        id: 'NORMAL/p0.png',
        reason: 'excluded: damaged',
        excluded: { label: 'NORMAL', time: '2026-01-02T03:04:05Z' },
      },
      { id: 'PNEUMONIA/p1.png', reason: 'excluded: a copy, of p2', excluded: { label: 'PNEUMONIA', time: '' } },
    ]);
    expect(less.hash).not.toBe(whole?.hash);
  });

  it.each([
    ['record,reason\nNORMAL/p99.png,x\n', /p99\.png, which the data set does not hold/],
    ['record,reason\nNORMAL/p0.png,\n', /line 2: NORMAL\/p0\.png is excluded without a reason/],
    ['record,reason\n,x\n', /line 2: no record is named/],
    ['record\nNORMAL/p0.png\n', /no column "reason"/],
    ['', /is empty/],
  ])('%j is refused', async (text, words) => {
    await expect(read(list(text))).rejects.toThrow(words);
  });

  it('that is not there is refused', async () => {
    await expect(read(path.join(folder.path, 'none.csv'))).rejects.toMatchObject({ code: 'CHROMARAY_DATASET_EXCLUDE' });
  });

  it('grows, keeps what it has, and survives every name and reason', async () => {
    const file = path.join(folder.path, 'new.csv');
    const odd = { record: 'NORMAL/a,"b"\nc.png', reason: 'says "no", twice', time: '2026' };
    expect(await addExclusions(file, [odd, { record: 'x', reason: 'y', time: 't' }])).toBe(2);
    expect(await addExclusions(file, [odd, { record: 'z', reason: 'w', time: '' }])).toBe(1);
    expect(await readExclusions(file)).toEqual([
      odd,
      { record: 'x', reason: 'y', time: 't' },
      { record: 'z', reason: 'w', time: '' },
    ]);
    expect(readFileSync(file, 'utf8').split('\n')[0]).toBe('record,reason,time');
    expect(await removeExclusions(file, [odd.record, 'none'])).toBe(1);
    expect((await readExclusions(file)).map(({ record }) => record)).toEqual(['x', 'z']);
    expect(await removeExclusions(file, ['x', 'z'])).toBe(2);
    expect(await readExclusions(file)).toEqual([]);
    expect(await addExclusions(file, [odd])).toBe(1);
  });

  it('that somebody wrote keeps its columns in their order', async () => {
    const file = list('who;reason;record\nme;blurred;NORMAL/p0.png\n');
    await addExclusions(file, [{ record: 'NORMAL/p1.png', reason: 'a, copy', time: '2026' }]);
    expect(await readExclusions(file)).toMatchObject([
      { record: 'NORMAL/p0.png', reason: 'blurred' },
      { record: 'NORMAL/p1.png', reason: 'a, copy' },
    ]);
    expect(await removeExclusions(file, ['NORMAL/p1.png'])).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('who,reason,record\nme,blurred,NORMAL/p0.png\n');
  });
});

describe('the audit of exclusions', () => {
  const rows = (label: string, count: number): string =>
    Array.from({ length: count }, (_, i) => `${label}/p${i}.png,blurred\n`).join('');

  it('counts them by class, and warns where one class loses more', async () => {
    expect(await finding(`record,reason\n${rows('NORMAL', 2)}${rows('PNEUMONIA', 2)}`)).toMatchObject({
      ...{ id: 'excluded-records', severity: 'notes', title: '4 records excluded by name' },
      reason: expect.stringContaining('NORMAL 2 of 10 files, PNEUMONIA 2 of 10'),
    });
    expect(await finding(`record,reason\n${rows('NORMAL', 4)}`)).toMatchObject({
      ...{ id: 'unequal-exclusions', severity: 'warns' },
      records: ['NORMAL/p0.png', 'NORMAL/p1.png', 'NORMAL/p2.png', 'NORMAL/p3.png'],
    });
    expect(auditDataset(await read(), null).findings.filter(({ id }) => /exclu/.test(id))).toEqual([]);
  });
});
