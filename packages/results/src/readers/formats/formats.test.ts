import { describe, expect, it } from 'vitest';
import type { StudyReading } from '../study-reading.js';
import { readImrmc, writeImrmc } from './imrmc.js';
import { readLongCsv, writeLongCsv } from './long-csv.js';
import { readReadings } from './read-readings.js';
import { readRjafroc, writeRjafroc } from './rjafroc.js';

const readings: readonly StudyReading[] = ['anna', 'bela, "B"'].flatMap((reader) =>
  ['gray', 'turbo'].flatMap((treatment) =>
    ['c1', 'c2', 'c3', 'c4'].map((name, k) => ({
      reader,
      treatment,
      case: name,
      truth: (k % 2) as 0 | 1,
      rating: 10.5 * k,
    })),
  ),
);
const timed = readings.map((reading, i) => ({
  ...reading,
  call: 1 as const,
  seconds: 12.5,
  session: 's1',
  position: i + 1,
}));
const refused = (message: string) =>
  expect.objectContaining({
    code: 'CHROMARAY_MRMC_FILE',
    message: expect.stringContaining(message),
    remedy: expect.stringMatching(/\S/),
  });

describe('long CSV', () => {
  it('is read as it was written, with what is known of each reading', () => {
    expect(readLongCsv(writeLongCsv(readings), 'r.csv')).toEqual(readings);
    expect(readLongCsv(writeLongCsv(timed), 'r.csv')).toEqual(timed);
  });

  it.each([';', '\t'])('may part its cells by %j, as spreadsheets do; a comma then belongs to the cell', (mark) => {
    const lines = ['reader,treatment,case,truth,rating', 'anna,gray,c1,1,5'].map((line) => line.replaceAll(',', mark));
    expect(readLongCsv(lines.join('\n'), 'r.csv')).toEqual([
      { reader: 'anna', treatment: 'gray', case: 'c1', truth: 1, rating: 5 },
    ]);
    const comma = lines.join('\n').replace(/5$/, '0,5');
    expect(() => readLongCsv(comma, 'r.csv')).toThrow(refused('"0,5" as rating in line 2'));
  });

  it('may have other columns, another order, a byte order mark and Windows line ends', () => {
    const text = '\uFEFFrating,note,Truth,case,treatment,reader\r\n5,x,1,c1,gray,anna\r\n';
    expect(readLongCsv(text, 'r.csv')).toEqual([
      { reader: 'anna', treatment: 'gray', case: 'c1', truth: 1, rating: 5 },
    ]);
  });

  it.each([
    ['no column', 'reader,case,truth,rating\n', 'r.csv has no column "treatment"'],
    ['nothing', '', 'its first line has nothing'],
    ['a rating in words', 'reader,treatment,case,truth,rating\na,g,c,1,high\n', 'has "high" as rating in line 2'],
    ['no rating', 'reader,treatment,case,truth,rating\na,g,c,1,5\na,g,d,0,\n', 'has "" as rating in line 3'],
    ['a decimal comma', 'reader,treatment,case,truth,rating\na,g,c,1,"2,5"\n', 'has "2,5" as rating'],
    ['a truth in words', 'reader,treatment,case,truth,rating\na,g,c,yes,5\n', 'has "yes" as truth in line 2'],
    ['another truth', 'reader,treatment,case,truth,rating\na,g,c,2,5\n', 'has 2 as truth in line 2'],
    ['no reader', 'reader,treatment,case,truth,rating\n,g,c,1,5\n', 'has no reader in line 2'],
    ['a line too long', 'reader,treatment,case,truth,rating\na,g,c,1,5,6\n', 'has 6 values in line 2'],
    ['an open quotation', 'reader,treatment,case,truth,rating\n"a,g,c,1,5\n', 'is no CSV'],
  ])('%s is one clear message', (_, text, message) => {
    expect(() => readLongCsv(text, 'r.csv')).toThrow(refused(message));
  });
});

describe('iMRMC', () => {
  it('is read as it was written', () => {
    const text = writeImrmc(readings, 'a title');
    expect(text.split('\n').slice(0, 8)).toEqual([
      'a title',
      'NR: 2',
      'N0: 2',
      'N1: 2',
      'NM: 2',
      'BEGIN DATA:',
      '-1,c1,0,0',
      '-1,c2,0,1',
    ]);
    expect(readImrmc(text, 'r.imrmc')).toEqual(readings);
    expect(readReadings(text, 'r.imrmc')).toEqual(readings);
  });

  it('may be the table of its R package', () => {
    const text = '"readerID","caseID","modalityID","score"\n"truth","c1","truth",1\n"anna","c1","gray",0.5\n';
    expect(readReadings(text, 'r.csv')).toEqual([
      { reader: 'anna', treatment: 'gray', case: 'c1', truth: 1, rating: 0.5 },
    ]);
  });

  it.each([
    ['a case without truth', 'BEGIN DATA:\nanna,c1,gray,5\n', 'has no truth of case c1, which line 2 rates'],
    ['a score in words', 'x\nBEGIN DATA:\n-1,c1,0,1\nanna,c1,gray,high\n', 'in line 4'],
    ['another truth', 'BEGIN DATA:\n-1,c1,0,3\n', 'has the truth 3 in line 2'],
  ])('%s is one clear message', (_, text, message) => {
    expect(() => readImrmc(text, 'r.imrmc')).toThrow(refused(message));
  });
});

describe("RJafroc's sheets", () => {
  it('are read as they were written, cases numbered', () => {
    const number: Readonly<Record<string, string>> = { c1: '1', c3: '2', c2: '3', c4: '4' };
    const plain = readings.map((one) => ({ ...one, reader: one.reader.slice(0, 4) }));
    const back = readRjafroc(writeRjafroc(plain));
    const key = (one: StudyReading): string => JSON.stringify(one);
    expect(back.map(key).sort()).toEqual(plain.map((one) => key({ ...one, case: number[one.case]! })).sort());
  });

  it('have the columns that RJafroc names', () => {
    const { truth, nl, ll } = writeRjafroc(readings);
    expect(truth.split('\n')[0]).toBe('CaseID,LesionID,Weight,ReaderID,ModalityID,Paradigm');
    expect(nl.split('\n')[0]).toBe('ReaderID,ModalityID,CaseID,NL_Rating');
    expect(ll.split('\n')[0]).toBe('ReaderID,ModalityID,CaseID,LesionID,LL_Rating');
  });

  it.each([
    [
      'a localisation study',
      { truth: 'CaseID,LesionID\n1,1\n1,2\n', nl: 'ReaderID,ModalityID,CaseID,NL_Rating\n', ll: '' },
      'second lesion of case 1',
    ],
    [
      'a positive case among the negative',
      { truth: 'CaseID,LesionID\n1,1\n', nl: 'ReaderID,ModalityID,CaseID,NL_Rating\na,g,1,5\n', ll: '' },
      'rates case 1 in line 2, which is positive in Truth.csv',
    ],
    [
      'an unknown case',
      { truth: 'CaseID,LesionID\n1,0\n', nl: 'ReaderID,ModalityID,CaseID,NL_Rating\na,g,2,5\n', ll: '' },
      'which is not in Truth.csv',
    ],
  ])('%s is one clear message', (_, sheets, message) => {
    expect(() => readRjafroc(sheets)).toThrow(refused(message));
  });
});
