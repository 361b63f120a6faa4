import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { auditDataset, demoPhantoms, describeDataset, makeSplit, writePhantomDataset } from '@chromaray/data';
import { parseStudyFile } from '@chromaray/study';
import { afterAll, expect, it, vi } from 'vitest';
import { demoPatients, demoStudy } from './demo-study.js';

vi.setConfig({ testTimeout: 300_000 });

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-demo-study-'));
afterAll(() => rmSync(folder, { recursive: true }));

it("the demo's synthetic X-rays are 800 different pictures, and no finding of their audit stops the study", async () => {
  await writePhantomDataset(path.join(folder, 'data'), demoPhantoms(demoPatients));
  const study = parseStudyFile(demoStudy, path.join(folder, 'study.yaml'));
  const dataset = await describeDataset(study.dataset);
  const audit = auditDataset(dataset, makeSplit(dataset, study.split));
  expect(dataset.records).toHaveLength(800);
  expect(audit.findings.filter(({ id }) => /duplicate/.test(id))).toEqual([]);
  expect(audit.findings.filter(({ severity }) => severity === 'blocks')).toEqual([]);
});
