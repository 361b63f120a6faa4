import type { Finding } from '@chromaray/contracts';
import { expect, it } from 'vitest';
import { copiesOf, groupsOf } from './evidence.js';

const member = (record: string) => ({ record, label: 'NORMAL', patient: null, part: 'train' });
const finding = (evidence: unknown): Finding => ({
  ...{ id: 'x', severity: 'notes', title: '', reason: '', remedy: '', records: [] },
  evidence,
});

it('evidence says in words what makes records a group, and why one would go', () => {
  const [same, pixels, near, patient] = groupsOf(
    finding([
      { sameFile: true, records: [member('a'), member('b')] },
      { sameFile: false, records: [member('a'), member('b'), member('c')] },
      { correlation: 0.98765, transform: 'mirrored, turned by 3.0°', records: [member('d'), member('e')] },
      { patient: 'p1', records: [member('f'), member('g')] },
    ]),
  );
  expect([same!.words, same!.reasonBeside!('a')]).toEqual(['2 records with the same file', 'the same file as a']);
  expect([pixels!.words, pixels!.mirrored]).toEqual(['3 records with the same pixels', false]);
  expect([near!.words, near!.mirrored]).toEqual(['2 records, correlation 0.988, mirrored, turned by 3.0°', true]);
  expect(near!.reasonBeside!('d')).toBe('altered copy of d (correlation 0.988)');
  expect([patient!.words, patient!.reasonBeside]).toEqual(['2 records of patient p1', undefined]);
});

it('the parts that a data set came with have their groups one level down; other evidence has none', () => {
  const pictures = [{ sameFile: true, records: [member('a'), member('b')] }];
  expect(groupsOf(finding({ pictures, patients: [] }))).toHaveLength(1);
  for (const evidence of [null, 'x', [1], [{ records: [1, 2] }], { positives: 3 }, [{ record: 'a', contrast: 1 }]])
    expect(groupsOf(finding(evidence))).toEqual([]);
});

it('of copies the first stays, and what is excluded already counts for none', () => {
  const groups = groupsOf(
    finding([
      { sameFile: true, records: [member('a'), member('b'), member('c')] },
      { correlation: 0.9, transform: '', records: [member('b'), member('d')] },
      { patient: 'p', records: [member('x'), member('y')] },
    ]),
  );
  expect(copiesOf(groups, new Set()).map(({ record }) => record)).toEqual(['b', 'c']);
  expect(copiesOf(groups, new Set(['a']))).toEqual([
    { record: 'c', reason: 'the same file as b' },
    { record: 'd', reason: 'altered copy of b (correlation 0.900)' },
  ]);
});
