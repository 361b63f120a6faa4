import type { ReaderAnalysis } from '@chromaray/contracts';
import { decodeArtefact, encodeArtefact } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { textOf, trusted } from '../kit/html.js';
import { stardItems } from './checklist.js';
import { readersReport } from './readers-report.js';
import { keptProtocol, sampleAnalysis } from './sample-analysis.test-support.js';

const words = (changes: Partial<ReaderAnalysis> = {}): string =>
  textOf(trusted(readersReport(sampleAnalysis(changes))));
const sample = sampleAnalysis();

describe('the report of a reader study', () => {
  it('is the same for the same analysis, loads nothing and says what it is for', () => {
    expect(readersReport(sampleAnalysis())).toBe(readersReport(sampleAnalysis()));
    expect(readersReport(sample)).not.toMatch(/(?:src|href)="(?!#|data:)/);
    expect(words()).toContain('For research only.');
  });

  it('is made of an artefact that can be stored', () => {
    expect(decodeArtefact('readers', encodeArtefact('readers', sample), 'readers.json')).toEqual(sample);
  });

  it('escapes names', () => {
    const name = '<script>alert(1)</script>';
    const comparisons = sample.comparisons.map((one) => ({ ...one, arm: name }));
    expect(readersReport(sampleAnalysis({ comparisons, study: name }))).not.toContain(name);
  });

  it.each([
    ['kept', {}, 'The washout of 28 days was kept by every reader; the shortest was 30 days.'],
    [
      'broken',
      { washout: { plannedDays: 28, shortestDays: 3, broken: [{ reader: 'anna', days: 3 }] } },
      'The washout of 28 days was not kept by 1 reader; the shortest was 3 days.',
    ],
    [
      'not come to yet',
      { washout: { plannedDays: 28, shortestDays: null, broken: [] } },
      'no reader has read in two sessions yet',
    ],
    ['registered before', {}, 'before the first reading at 2026-03-02 09:00 UTC'],
    ['registered after', { registered: '2026-03-05T00:00:00Z' }, 'nothing of it was declared before reading'],
    ['not registered', { registered: null }, 'The study was not registered before reading.'],
    ['no known beginning', { firstReading: null }, 'when reading began is not known'],
    [
      'a deviation',
      { deviations: [{ at: null, reader: 'bela', what: 'read session 2 first' }] },
      '1 deviation from the protocol is recorded.',
    ],
    [
      'an amendment',
      { amendedAfterReadings: ['the margin was 0.03'] },
      'Plan changed after the first reading: the margin was 0.03.',
    ],
  ] as const)('protocol against what happened: %s', (_, changes, sentence) => {
    expect(words({ protocol: { ...keptProtocol, ...changes } })).toContain(sentence);
  });

  it('a washout that was not kept is said before the numbers', () => {
    const broken = { plannedDays: 28, shortestDays: 3, broken: [{ reader: 'anna', days: 3 }] };
    const text = words({ protocol: { ...keptProtocol, washout: broken } });
    expect(text.indexOf('Washout not kept')).toBeLessThan(text.indexOf('What is the answer'));
    expect(words()).not.toContain('Washout not kept');
  });

  it('says nothing of a protocol that is not known', () => {
    const { protocol: _, ...without } = sample;
    const text = textOf(trusted(readersReport(without)));
    expect(text).toContain('whether a washout was kept, is not known');
    expect(text).not.toMatch(/washout of|registered at|before the first reading/);
  });

  it('says nothing of times, drift or networks that are not known', () => {
    const { times: _, drift: __, networks: ___, ...without } = sample;
    const text = textOf(trusted(readersReport(without)));
    expect(text).not.toMatch(/takes longer|within sessions|Does colour help networks/);
    expect(words()).toMatch(/takes longer.*within sessions/);
  });

  it.each([
    [[1.08, 1.36], 'Reading with turbo takes longer'],
    [[0.7, 0.9], 'Reading with turbo takes less time'],
    [[0.9, 1.2], 'It is not shown that reading with turbo takes another time'],
  ] as const)('reading time with the interval %j', (interval, sentence) => {
    const times = sample.times!.map((one) => (one.arm === 'turbo' ? { ...one, interval } : one));
    expect(words({ times })).toContain(sentence);
  });

  it.each([
    [[0.7, 0.9], 'Readers became faster within sessions'],
    [[1.1, 1.4], 'Readers became slower within sessions'],
    [[0.9, 1.1], 'A drift of reading time within sessions is not shown'],
  ] as const)('drift of time with the interval %j', (interval, sentence) => {
    expect(words({ drift: { time: { ...sample.drift!.time!, interval }, right: null } })).toContain(sentence);
  });

  it('missing readings and readers left out are counted', () => {
    const design = {
      ...sample.design,
      missing: 7,
      incompleteCases: 5,
      withoutAnArm: [{ reader: 'fred', arms: ['turbo'] }],
    };
    const text = words({ design });
    expect(text).toContain('7 of 1,800 readings are missing, of 5 cases; all readings that exist were used');
    expect(text).toContain('fred read nothing in turbo');
    expect(words({ design, endpoint: { ...sample.endpoint, missing: 'complete' } })).toContain(
      'these cases were left out',
    );
    expect(words()).toContain('No reading is missing.');
  });

  it('says for whom the result holds', () => {
    expect(words()).toContain('for new readers and new cases');
    expect(words({ endpoint: { ...sample.endpoint, readers: 'fixed' } })).toContain(
      'these readers alone, on new cases',
    );
  });

  it('says that arms show the same cases only where they do', () => {
    expect(words()).toContain('the same readers read the same cases in both');
    const nested = words({ design: { ...sample.design, kind: 'cases nested in arms' } });
    expect(nested).not.toContain('the same cases in both');
    expect(nested).toContain('each comparison has the error term of its own two arms');
    expect(words()).not.toContain('the error term of its own two arms');
  });

  it('says what more readers or cases would do, by the components', () => {
    expect(words()).toContain('twice as many readers would take');
    const components = { ...sample.components, armByReader: 0.01 };
    const readersLimit = /readers would take (\d+).* cases (\d+)/.exec(words({ components }))!;
    expect(Number(readersLimit[1])).toBeGreaterThan(Number(readersLimit[2]));
    const shared = /readers would take (\d+).* cases (\d+)/.exec(
      words({ components: { ...sample.components, armByReader: -0.001, cov2: 0.0006 } }),
    )!;
    expect(Number(shared[1])).toBeLessThan(Number(shared[2]));
  });

  it('people beside networks: the same verdict is said once', () => {
    expect(words()).toContain('turbo: helps for people, no meaningful difference for networks');
    const networks = {
      ...sample.networks!,
      comparisons: [{ ...sample.networks!.comparisons[0]!, verdict: 'helps' }],
    };
    expect(words({ networks })).toContain('turbo: helps, for people and for networks');
    expect(words({ networks: { ...networks, comparisons: [] } })).toContain('has none of these comparisons');
  });

  it('claims a correction only where several arms were corrected', () => {
    expect(words()).toContain("Holm's correction for 2 comparisons.");
    expect(words({ comparisons: sample.comparisons.slice(0, 1) })).not.toContain("Holm's correction");
  });

  it('the checklist answers what is known, and leaves the rest to the author', () => {
    const item = (analysis: ReaderAnalysis, number: string) => stardItems(analysis).find((one) => one.item === number)!;
    expect(item(sample, '5').answer).toContain('before the first reading');
    const late = { ...sample, protocol: { ...keptProtocol, registered: '2027-01-01T00:00:00Z' } };
    expect(item(late, '5')).toMatchObject({ answer: null, author: expect.stringContaining('when') });
    for (const { answer, author } of stardItems(sample)) expect(answer ?? author).not.toBeNull();
  });
});
