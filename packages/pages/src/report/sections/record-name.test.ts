import { expect, test } from 'vitest';
import { recordName, recordText } from './record-name.js';

test('a record whose folder names another part than it served in says so', () => {
  expect(recordName('train/NORMAL/a.jpeg', 'test').markup).toContain('test part of this study');
  expect(recordText('chest_xray/Val/NORMAL/a.jpeg', 'test')).toBe(
    'chest_xray/Val/NORMAL/a.jpeg (test part of this study)',
  );
});

test('a record whose folder names its part, or none, is its name alone', () => {
  for (const record of ['test/NORMAL/a.jpeg', 'images/a.png', 'a.png', 'NORMAL/train.png']) {
    expect(recordText(record, 'test')).toBe(record);
    expect(recordName(record, 'test').markup).not.toContain('tag');
  }
});
