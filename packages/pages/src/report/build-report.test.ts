import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { partialInput, sampleInput } from './report.test-support.js';
import { completeInput } from './sample-behaviour.test-support.js';

const input = sampleInput({ seeds: [1, 2], epochs: 6 });
const report = buildReport(input);
const { document } = parseHTML(report);

describe('buildReport', () => {
  it('gives the same bytes for the same input', () => {
    expect(buildReport(input)).toBe(report);
  });

  it('says the verdict in words before any number', () => {
    const text = document.querySelector('header')?.textContent ?? '';
    expect(document.querySelector('h1')?.textContent).toBe('Inconclusive');
    expect(text.indexOf(input.verdict.statement)).toBeGreaterThan(text.indexOf('Inconclusive'));
    expect(text.indexOf(input.verdict.arms[0]!.auroc.mean.toFixed(3))).toBeGreaterThan(
      text.indexOf(input.verdict.statement),
    );
    expect(text).toContain('For research only');
  });

  it.each([
    ['helps', 'helps'],
    ['harms', 'invalid'],
    ['invalid', 'invalid'],
    ['did not learn', 'invalid'],
    ['control did not learn', 'invalid'],
    ['no meaningful difference', 'equal'],
    ['inconclusive', 'open'],
  ] as const)('colours the verdict by its kind: %s', (verdict, colour) => {
    const page = parseHTML(buildReport({ ...input, verdict: { ...input.verdict, verdict } })).document;
    expect(page.querySelector('h1')?.className).toBe(colour);
  });

  it('has a dot a seed on the first screen, of every difference and of every arm', () => {
    const seeds = input.verdict.arms.flatMap(({ arm, seeds: run }) => run.map((seed) => `${arm}, seed ${seed}: `));
    const said = (part: string) =>
      [...document.querySelectorAll(`${part} circle title`)].map((title) => title.textContent);
    expect(said('header .strip').length).toBe(seeds.length);
    for (const [i, words] of said('header .strip').entries()) expect(words).toContain(seeds[i]);
    expect(said('header .forest .wide').length).toBe(seeds.length - input.verdict.arms[0]!.seeds.length);
  });

  it('is ordered by seven questions, each answered in words before its details', () => {
    const headings = [...document.querySelectorAll('h2')].map((heading) => heading.textContent);
    expect(headings).toEqual([
      'What was asked?',
      'What is the answer, and how sure?',
      'What was compared, on whom?',
      'Could it be an artefact?',
      'How did training go?',
      'Where do the models fail?',
      'What must a reader know to repeat it?',
    ]);
    for (const question of document.querySelectorAll('.question')) {
      expect(question.children[1]?.className).toBe('answer');
      expect(question.children[1]?.textContent).toMatch(/^[A-Z0-9].{30,}\.$/s);
      expect(question.querySelectorAll('section').length).toBeGreaterThan(0);
    }
  });

  it('loads nothing: no style sheet, no picture but embedded ones, no script but the one that its policy names', () => {
    expect(document.querySelectorAll('link, iframe, object, embed, [srcset], script[src]').length).toBe(0);
    const [script, ...more] = document.querySelectorAll('script');
    expect(more).toEqual([]);
    const hash = createHash('sha256').update(script!.textContent!).digest('base64');
    const policy = document.querySelector('meta[http-equiv]')!.getAttribute('content')!;
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain(`script-src 'sha256-${hash}'`);
    expect(script!.textContent).not.toMatch(/fetch|XMLHttp|import\(|eval|https?:/);
    for (const element of document.querySelectorAll('[src]'))
      expect(element.getAttribute('src')).toMatch(/^data:image\//);
    for (const element of document.querySelectorAll('[href]')) {
      const href = element.getAttribute('href') ?? '';
      expect(element.tagName).toBe('A');
      expect(href).toMatch(/^(#|\.\/|https:\/\/doi\.org\/)/);
    }
    expect(report).not.toMatch(/@import|url\(/);
  });

  it('has unique ids, and every anchor leads to one', () => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of document.querySelectorAll('a[href^="#"]'))
      expect(ids).toContain(link.getAttribute('href')?.slice(1));
    for (const element of document.querySelectorAll('[aria-labelledby]')) {
      for (const id of element.getAttribute('aria-labelledby')?.split(' ') ?? []) expect(ids).toContain(id);
    }
  });

  it('can be read without seeing: scopes on headers, words for pictures and figures', () => {
    for (const header of document.querySelectorAll('th')) expect(header.getAttribute('scope')).toMatch(/^(col|row)$/);
    for (const picture of document.querySelectorAll('img')) expect(picture.getAttribute('alt')).toBeTruthy();
    for (const figure of document.querySelectorAll('svg')) {
      expect(figure.querySelector('title')?.textContent).toBeTruthy();
      expect(figure.querySelector('desc')?.textContent).toBeTruthy();
    }
    for (const figure of document.querySelectorAll('figure')) expect(figure.querySelector('figcaption')).not.toBeNull();
  });

  it('keeps text of the user text, wherever it stands', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
    const attack = buildReport({
      ...input,
      verdict: {
        ...input.verdict,
        study: evil,
        statement: evil,
        risksAccepted: [evil],
        arms: input.verdict.arms.map((arm) => ({ ...arm, arm: arm.arm + evil })),
        comparisons: input.verdict.comparisons.map((row) => ({
          ...row,
          arm: row.arm + evil,
          control: row.control + evil,
          statement: evil,
        })),
        versions: { [evil]: evil },
        machine: { ...input.verdict.machine, processor: evil },
      },
      arms: input.arms.map((arm) => ({ ...arm, name: arm.name + evil, description: evil })),
      cases: {
        ...input.cases!,
        cases: input.cases!.cases.map((one) => ({ ...one, record: evil, label: evil, subtype: evil })),
      },
      audit: {
        ...input.audit,
        checks: [evil],
        findings: input.audit.findings.map((finding) => ({
          ...finding,
          title: evil,
          reason: evil,
          remedy: evil,
          records: [evil],
        })),
      },
      split: { ...input.split, notes: [evil] },
      dataset: {
        ...input.dataset,
        name: evil,
        positive: evil,
        negative: `no ${evil}`,
        unreadable: [{ id: evil, code: evil, reason: evil }],
      },
      samples: input.samples.map((sample) => ({ ...sample, record: evil, label: evil })),
      balance: evil,
      studyFile: evil,
      commands: [{ command: evil, purpose: evil }],
      files: [{ path: 'javascript:alert(3)', purpose: evil }],
    });
    const page = parseHTML(attack).document;
    expect(page.querySelectorAll('script').length).toBe(1);
    expect(page.querySelectorAll('[onerror]').length).toBe(0);
    expect(page.querySelectorAll('img').length).toBe(document.querySelectorAll('img').length);
    expect(page.querySelector('a[href^="javascript"]')).toBeNull();
  });

  it('says which networks learned nothing, where the verdict and training are told', () => {
    const arms = input.arms.map((arm, i) => ({
      ...arm,
      trials: arm.trials.map((trial, j) => ({
        ...trial,
        epochs: trial.epochs.map((epoch) => (i === 2 && j === 0 ? { ...epoch, validationAuroc: 0.512 } : epoch)),
      })),
    }));
    const page = parseHTML(buildReport({ ...input, arms })).document;
    for (const question of ['answer', 'trained']) {
      const answer = page.querySelector(`#${question} .answer`)?.textContent ?? '';
      expect(answer).toContain(`${arms[2]!.name}, seed 1 (0.512) cannot be told from guessing`);
    }
    expect(report).not.toContain('better than guessing');
  });

  it('refuses a sample that is not embedded', () => {
    const samples = [
      { record: 'a.jpeg', label: 'NORMAL', images: [{ arm: 'gray', dataUri: 'https://example.org/a.png' }] },
    ];
    expect(() => buildReport({ ...input, samples })).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_REPORT_IMAGE' }),
    );
  });

  it('puts the answer before whatever limits it', () => {
    const amended = { ...input.verdict, amendedAfterResults: ['margin 0.01, now 0.05'], risksAccepted: ['x'] };
    for (const page of [buildReport(partialInput()), buildReport({ ...input, verdict: amended })]) {
      const { document: made } = parseHTML(page);
      const header = made.querySelector('header')!;
      const order = [...header.querySelectorAll('h1, details.warning')].map(({ tagName }) => tagName);
      expect(order[0]).toBe('H1');
      expect(order.length).toBeGreaterThan(1);
      expect(header.querySelector('.warning > summary')!.textContent).toMatch(/^(Partial report|Plan changed)/);
    }
    expect(buildReport({ ...input, verdict: amended })).toContain('Margin 0.01, now 0.05. What this page says');
  });

  it('says how many seeds the arms have, also where they have not the same', () => {
    const basis = (page: string) => parseHTML(page).document.querySelector('.basis')!.textContent;
    expect(basis(report)).toContain('with 2 seeds an arm.');
    expect(basis(buildReport(partialInput()))).toContain('with 1 to 2 seeds an arm.');
  });

  it('shows an accepted risk on the first screen', () => {
    const risky = buildReport({
      ...input,
      verdict: { ...input.verdict, verdict: 'invalid', risksAccepted: ['near-duplicates'] },
    });
    const warning = parseHTML(risky).document.querySelector('header .warning')?.textContent ?? '';
    expect(warning).toContain('Risk accepted');
    expect(warning).toContain('14 near duplicates within the training part');
  });

  it('names what an unfinished study lacks, and where', () => {
    const page = parseHTML(buildReport(partialInput())).document;
    const warning = page.querySelector('header .warning')?.textContent ?? '';
    expect(warning).toContain('Partial report');
    expect(warning).toContain('turbo, seed 2: failed (The loss became NaN in step 120.)');
    expect(warning).toContain('shuffled, seeds 1 and 2: waiting');
    const arms = page.querySelector('#arms')?.textContent ?? '';
    expect(arms).toContain('partial: 1 of 2 seeds');
    expect(arms).toContain('partial: 0 of 2 seeds');
    expect(page.querySelectorAll('#roc .more svg').length).toBe(2);
    for (const script of page.querySelectorAll('script')) script.remove();
    expect(page.documentElement.outerHTML).not.toMatch(/NaN(?! in step)|undefined|Infinity/);
  });

  it('stands before the first trial has finished', () => {
    const arms = input.arms.map((arm) => ({ ...arm, parameters: null, trials: [] }));
    const page = parseHTML(
      buildReport({
        ...input,
        arms,
        finished: null,
        samples: [],
        verdict: { ...input.verdict, arms: [], comparisons: [] },
      }),
    ).document;
    expect(page.querySelectorAll('.absent').length).toBe(6);
    expect(page.querySelectorAll('svg').length - page.querySelectorAll('#who svg').length).toBe(0);
  });

  it('stays under 5 MB for 5 arms, 5 seeds and 100 epochs', () => {
    const large = completeInput({
      seeds: [1, 2, 3, 4, 5],
      epochs: 100,
      arms: { gray: 2.4, gray3: 2.4, turbo: 2.3, shuffled: 1.9, learned: 2.5 },
      samples: 6,
    });
    expect(Buffer.byteLength(buildReport(large))).toBeLessThan(5e6);
  });
});
