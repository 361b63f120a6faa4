import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { csvOf } from './csv.js';

it('CSV is read back as it was, by a parser that somebody else wrote', () => {
  const rows = [
    ['gray "3", so', 1.5, null],
    ['two\nlines', Number.NaN, true],
  ];
  expect(parse(csvOf({ columns: ['arm', 'auroc', 'right'], rows }))).toEqual([
    ['arm', 'auroc', 'right'],
    ['gray "3", so', '1.5', ''],
    ['two\nlines', '', 'true'],
  ]);
});

it('text that a spreadsheet would run is text, and numbers below zero stay numbers', () => {
  expect(csvOf({ columns: ['name', 'value'], rows: [['=HYPERLINK("x")', -0.25]] })).toBe(
    'name,value\r\n"\'=HYPERLINK(""x"")",-0.25\r\n',
  );
});
