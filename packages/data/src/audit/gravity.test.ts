import type { Finding } from '@chromaray/contracts';
import { expect, it } from 'vitest';
import { checks } from './checks/index.js';
import { byGravity } from './gravity.js';

const finding = (id: string, severity: Finding['severity']): Finding =>
  ({ id, severity, title: id, reason: '', remedy: '', records: [], evidence: null }) as Finding;

it('severity comes first, then what misleads most; files that are no records come last', () => {
  const sorted = [
    finding('files-ignored', 'notes'),
    finding('class-imbalance', 'notes'),
    finding('near-duplicate-pictures', 'notes'),
    finding('label-from-thumbnail', 'notes'),
    finding('label-from-border', 'warns'),
    finding('patient-across-parts', 'blocks'),
    finding('duplicate-across-parts', 'blocks'),
  ].sort(byGravity);
  expect(sorted.map(({ id }) => id)).toEqual([
    'duplicate-across-parts',
    'patient-across-parts',
    'label-from-border',
    'label-from-thumbnail',
    'near-duplicate-pictures',
    'class-imbalance',
    'files-ignored',
  ]);
});

it('names no finding that no check makes', () => {
  const made = new Set(checks.flatMap(({ findings }) => findings));
  const order = [...made].map((id) => finding(id, 'notes')).sort(byGravity);
  expect(order).toHaveLength(made.size);
  expect(order.at(-1)!.id).toBe('files-ignored');
  expect(order[0]!.id).toBe('duplicate-across-parts');
  expect(order.slice(0, 21).map(({ id }) => id)).toContain('duplicate-pictures');
});
