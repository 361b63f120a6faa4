import { writeFileSync } from 'node:fs';
import { parts } from '@chromaray/contracts';
import { describeDataset, makeSplit, planBalance } from '@chromaray/data';
import { openPack } from '@chromaray/imaging';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPartPacks, type PackInputs } from './part-packs.js';

const tiny = new TinyStudy();
const never = new AbortController().signal;
beforeAll(() => tiny.writeData());
afterAll(() => tiny.remove());

async function inputs(): Promise<PackInputs> {
  const study = tiny.studyFile();
  const dataset = await describeDataset(study.dataset);
  const split = makeSplit(dataset, study.split);
  return { study, dataset, split, balance: planBalance(dataset, split, study.balance, study.split.seed) };
}

describe('buildPartPacks', () => {
  it('gives every record to the pack of its part, with its label', async () => {
    const { dataset, split, ...rest } = await inputs();
    const built = await buildPartPacks({ dataset, split, ...rest }, tiny.path('packs'), () => {}, never);
    const records = new Map(dataset.records.map((record) => [record.id, record]));
    const seen: string[] = [];
    for (const part of parts) {
      const pack = openPack(built[part].pack);
      expect(pack.ids.map((id) => split.part.get(id))).toEqual(pack.ids.map(() => part));
      expect([...built[part].labels]).toEqual(pack.ids.map((id) => Number(records.get(id)!.positive)));
      seen.push(...pack.ids);
      pack.close();
    }
    expect(seen.sort()).toEqual([...records.keys()].sort());
  });

  it('augments training rows only', async () => {
    const given = await inputs();
    const balance = planBalance(given.dataset, given.split, { method: 'augment', perClass: 20 }, 1);
    const built = await buildPartPacks({ ...given, balance }, tiny.path('packs'), () => {}, never);
    const copies = parts.map((part) => {
      const pack = openPack(built[part].pack);
      pack.close();
      return pack.ids.filter((id) => id.includes('#')).length;
    });
    expect(copies[0]).toBeGreaterThan(0);
    expect(copies.slice(1)).toEqual([0, 0]);
  });

  it('stops when a file is no longer the one that was described, and names it', async () => {
    const given = await inputs();
    const { file } = given.dataset.records[3]!;
    writeFileSync(file, 'no longer a picture');
    await expect(buildPartPacks(given, tiny.path('fresh'), () => {}, never)).rejects.toMatchObject({
      code: 'CHROMARAY_DATASET_CHANGED',
      message: expect.stringContaining(file),
      details: { record: given.dataset.records[3]!.id },
    });
  });
});
