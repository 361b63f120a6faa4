import type { Manifest, ManifestRecord, Part } from '@chromaray/contracts';
import { expect, it } from 'vitest';
import { reportSubjects } from './report-subjects.js';

function record(part: Part, positive: boolean, more: Partial<ManifestRecord>): ManifestRecord {
  return {
    id: 'x',
    label: positive ? 'P' : 'N',
    positive,
    patient: 'a',
    part,
    subtype: null,
    ...more,
  } as ManifestRecord;
}

const manifest = (records: readonly ManifestRecord[]): Manifest =>
  ({ dataset: { positive: 'P', negative: 'N' }, records }) as unknown as Manifest;

it('counts every attribute by part and class, ages from young to old, and what is not given apart', () => {
  const { columns, attributes, unknown, leftOut } = reportSubjects(
    manifest([
      record('train', true, { ageBand: '60-79', sex: 'female', patient: 'a' }),
      record('train', true, { ageBand: '1-4', sex: 'male', patient: 'a' }),
      record('train', true, { patient: 'b', sex: 'male' }),
      record('test', false, { ageBand: '1-4', sex: 'male', patient: 'c', device: 'GE Optima' }),
    ]),
  );
  expect(columns.map(({ part, label, records, patients }) => [part, label, records, patients])).toEqual([
    ['train', 'P', 3, 2],
    ['train', 'N', 0, 0],
    ['validation', 'P', 0, 0],
    ['validation', 'N', 0, 0],
    ['test', 'P', 0, 0],
    ['test', 'N', 1, 1],
  ]);
  expect(attributes[0]).toEqual({
    by: 'age',
    groups: [
      { group: '1-4', records: [1, 0, 0, 0, 0, 1] },
      { group: '60-79', records: [1, 0, 0, 0, 0, 0] },
      { group: 'not given', records: [1, 0, 0, 0, 0, 0] },
    ],
  });
  expect(attributes.map(({ by }) => by)).toEqual(['age', 'sex', 'device']);
  expect(unknown).toEqual(['view', 'site']);
  expect(leftOut).toEqual([]);
});

it('puts the smallest of many groups together, and loses none', () => {
  const records = Array.from({ length: 40 }, (_, i) => record('test', true, { device: `device ${i % 15}` }));
  const [{ groups }] = reportSubjects(manifest(records)).attributes as [
    ReturnType<typeof reportSubjects>['attributes'][0],
  ];
  expect(groups).toHaveLength(10);
  expect(groups.at(-1)!.group).toBe('other');
  expect(groups.reduce((sum, group) => sum + group.records[4]!, 0)).toBe(40);
});

it('knows no number of patients where one of them is unknown', () => {
  expect(reportSubjects(manifest([record('test', true, { patient: null })])).columns[4]!.patients).toBeNull();
});
