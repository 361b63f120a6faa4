import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { auditDataset, describeDataset } from '@chromaray/data';
import { TemporaryFolder } from '@chromaray/testing/dataset';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readStoredAudit, storeAudit } from './stored-audit.js';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = new TemporaryFolder();
  for (const label of ['NORMAL', 'PNEUMONIA'])
    for (let i = 0; i < 4; i++) await folder.picture(`data/${label}/p${i}.png`, i + label.length, 40, 40);
});
afterEach(() => folder.remove());

const read = (exclude?: string) =>
  describeDataset({
    ...{ path: path.join(folder.path, 'data'), layout: 'folders', patient: 'none' },
    ...(exclude !== undefined && { exclude }),
  });

it('an audit is found again for the same data set, and for no other', async () => {
  const dataset = await read();
  expect(readStoredAudit(folder.path, dataset)).toBeUndefined();
  const audit = auditDataset(dataset, null);
  storeAudit(folder.path, dataset, audit);
  expect(readStoredAudit(folder.path, await read())).toEqual(JSON.parse(JSON.stringify(audit)));
  const list = folder.write('exclude.csv', 'record,reason\nNORMAL/p0.png,blurred\n');
  const less = await read(list);
  expect(readStoredAudit(folder.path, less)).toBeUndefined();
  storeAudit(folder.path, less, auditDataset(less, null));
  // The same records with another reason are another audit: its findings say the reason.
  folder.write('exclude.csv', 'record,reason\nNORMAL/p0.png,a copy\n');
  expect(readStoredAudit(folder.path, await read(list))).toBeUndefined();
  await folder.picture('data/NORMAL/p9.png', 99, 40, 40);
  expect(readStoredAudit(folder.path, await read())).toBeUndefined();
});

it('one that was cut off counts as none', async () => {
  const dataset = await read();
  storeAudit(folder.path, dataset, auditDataset(dataset, null));
  const [file] = readdirSync(folder.path).filter((name) => name.startsWith('audit-'));
  writeFileSync(path.join(folder.path, file!), '{"dataset":');
  expect(readStoredAudit(folder.path, dataset)).toBeUndefined();
});
