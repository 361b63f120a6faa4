import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { sampleInput } from '../report.test-support.js';
import { checklistsCsv, checklistsMarkdown } from './files.js';
import { checklists, filledChecklists } from './index.js';

const input = sampleInput({ seeds: [1], epochs: 2 });
const filled = filledChecklists(input);
const numbers = (id: string) =>
  checklists.find((list) => list.id === id)!.groups.flatMap(({ items }) => items.map(({ item }) => item));
const upTo = (n: number) => Array.from({ length: n }, (_, i) => String(i + 1));

describe('the reporting checklists', () => {
  it('have the items of their publications, each once and in order', () => {
    expect(numbers('claim')).toEqual(upTo(44));
    expect(numbers('metrics')).toEqual(upTo(30));
    const parts: Readonly<Record<string, string>> = {
      3: 'abc',
      5: 'ab',
      6: 'abc',
      8: 'abc',
      9: 'abc',
      12: 'abcdefg',
      18: 'abcdef',
      20: 'abc',
      23: 'ab',
      27: 'abc',
    };
    expect(numbers('tripod-ai')).toEqual(
      upTo(27).flatMap((item) => (parts[item] === undefined ? [item] : [...parts[item]].map((part) => item + part))),
    );
  });

  it('never leave an item without an answer, a reason or a task for the author', () => {
    for (const { items } of filled) {
      for (const { state, answer, author, item } of items) {
        expect(answer + author, item).toMatch(/\w/);
        if (state === 'reported' || state === 'not applicable') expect(author).toBe('');
        if (state === 'for the author') expect(answer).toBe('');
      }
    }
  });

  it('do not claim what the study does not know', () => {
    const { methods: _, ...without } = input;
    const claim = filledChecklists({ ...without, verdict: { ...input.verdict, arms: [], comparisons: [] } })[0]!;
    const state = (item: string) => claim.items.find((candidate) => candidate.item === item)!.state;
    // Model, initialisation, selection; performance; external data; explanation.
    for (const item of ['22', '24', '26', '33', '37', '31']) expect(state(item), item).toBe('for the author');
  });

  it('are written as a table and to read, with every item', () => {
    const rows: string[][] = parse(checklistsCsv(filled));
    expect(rows).toHaveLength(1 + 44 + 52 + 30);
    const text = checklistsMarkdown('a study', filled);
    expect(text.match(/^\| \d/gm)).toHaveLength(44 + 52 + 30);
  });
});
