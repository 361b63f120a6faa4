import { TemporaryFolder } from '@chromaray/testing/dataset';
import { afterAll, expect, it } from 'vitest';
import { describeDataset } from '../dataset/describe.js';
import { auditDataset } from './audit.js';
import type { AuditProgress } from './check.js';

const folder = new TemporaryFolder();
afterAll(() => folder.remove());

it('an audit, which computes without a pause, gives a sign of life before each check and for each picture compared', async () => {
  for (const label of ['NORMAL', 'PNEUMONIA']) {
    for (let i = 0; i < 4; i++) await folder.picture(`${label}/${i}.png`, 10 * i + label.length, 40, 40);
  }
  const seen: AuditProgress[] = [];
  const audit = auditDataset(await describeDataset({ path: folder.path }), null, (progress) => seen.push(progress));
  const steps = seen.filter(({ phase }) => phase === 'auditing');
  expect(steps.map(({ done }) => done)).toEqual(audit.checks.map((_, i) => i));
  const compared = seen.filter(({ phase }) => phase === 'comparing').map(({ done }) => done);
  expect(compared.at(-1)).toBe(8);
  expect(compared.length).toBeGreaterThanOrEqual(8);
});
