import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { parseHTML } from 'linkedom';
import { afterAll, describe, expect, it } from 'vitest';
import { partialInput, sampleInput } from '../report.test-support.js';
import { latex } from './latex-table.js';
import { reportFiles } from './report-files.js';
import { writeReport } from './write-report.js';

const input = sampleInput({ seeds: [1, 2], epochs: 6 });
const files = new Map(reportFiles(input).map(({ path: file, text }) => [file, text]));
const report = JSON.parse(files.get('report.json')!);
const { document } = parseHTML(files.get('report.html')!);
const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const csv = (name: string): string[][] => parse(files.get(`tables/${name}.csv`)!);

describe('the files beside a report', () => {
  it('hold every table of the page as CSV and LaTeX, with the numbers that the page shows', () => {
    const named = report.questions.flatMap((question: { sections: { tables: { name: string }[] }[] }) =>
      question.sections.flatMap(({ tables }) => tables.map(({ name }) => name)),
    );
    expect(named).toEqual(['endpoint', 'seeds', 'arms', 'cost', 'characteristics', 'parts', 'trials']);
    for (const name of named) {
      const rows = [...document.querySelectorAll(`[aria-labelledby="table-${name}"] tbody tr`)];
      const [, ...written] = csv(name);
      expect(written.length).toBe(rows.length);
      for (const [i, row] of rows.entries()) {
        const shown = (row.textContent ?? '').replaceAll('\u2212', '-').replaceAll('\u00a0', ' ');
        for (const number of written[i]!.join(' ').match(/\d+\.\d+/g) ?? []) expect(shown).toContain(number);
      }
      const tex = files.get(`tables/${name}.tex`)!;
      expect(tex).toContain(`\\label{tab:${name}}`);
      const columns = /\\begin\{tabular\}\{([lr]+)\}/.exec(tex)![1]!.length;
      const lines = tex.split('\n').filter((line) => line.endsWith('\\\\'));
      expect(lines.length).toBe(rows.length + 1);
      for (const line of lines) expect(line.split(' & ').length).toBe(columns);
    }
  });

  it('tell machines the first screen and the words of figures as the page has them', () => {
    const words = (selector: string) => document.querySelector(selector)!.textContent!.trim();
    expect(report.opening).toMatchObject({ title: words('h1'), asked: words('.asked') });
    expect(report.opening.doubts.map(({ chip }: { chip: string }) => chip)).toEqual(
      [...document.querySelectorAll('.chips li')].map((chip) => chip.textContent),
    );
    expect(report.registration).toEqual(input.registration);
    const captions = [...document.querySelectorAll('figcaption')].map((caption) => caption.textContent!);
    for (const { caption, marks } of report.figures)
      expect(
        captions.some((text) => text.includes(caption) && text.includes(marks ?? '')),
        caption,
      ).toBe(true);
  });

  it('fold the checklists in a page of their own, whose links lead into the report', () => {
    const page = parseHTML(files.get('checklists.html')!).document;
    expect(page.querySelectorAll('details:not([open])').length).toBe(3);
    expect(page.querySelectorAll('tbody tr').length).toBe(44 + 52 + 30);
    for (const link of page.querySelectorAll('a[href^="./report.html#"]')) {
      const part = link.getAttribute('href')!.slice('./report.html#'.length);
      // Sections of the sample that need behaviour or explanations are not in it.
      expect(document.getElementById(part), part).not.toBeNull();
    }
    expect(document.querySelector('#checklists a')!.getAttribute('href')).toBe('./checklists.html');
    expect(document.querySelectorAll('#checklists table').length).toBe(0);
  });

  it('have a methods section to paste', () => {
    const text = files.get('methods.md')!;
    expect(text).toMatch(/^## Methods\n\nWe used the data set chest_xray/);
    for (const paragraph of document.querySelectorAll('#methods blockquote p'))
      expect(text).toContain(paragraph.textContent);
  });

  it('give spread and interval columns of their own', () => {
    const [head, first] = csv('arms');
    expect(head!.slice(0, 4)).toEqual(['Arm', 'AUROC', 'AUROC, SD', 'AUROC, interval']);
    expect(first![0]).toBe('gray (control)');
    expect(Number(first![1])).toBeCloseTo(input.verdict.arms[0]!.auroc.mean, 3);
    expect(Number(first![2])).toBeCloseTo(input.verdict.arms[0]!.auroc.sd!, 3);
    const parameters = csv('cost')[0]!.indexOf('Parameters');
    expect(csv('cost')[1]![parameters]).toBe(String(input.arms[0]!.parameters));
  });

  it('escape what LaTeX would read as a command', () => {
    expect(latex('a_b & 95\u00a0% {x} \\input #1 $y$ ~ ^ < 0.001 \u22120.1 \u00b1')).toBe(
      'a\\_b \\& 95~\\% \\{x\\} \\textbackslash{}input \\#1 \\$y\\$ \\textasciitilde{} \\textasciicircum{} $<$ 0.001 $-$0.1 $\\pm$',
    );
  });

  it('say in report.json what the page says: questions, answers, figures, checklists', () => {
    const headings = [...document.querySelectorAll('h2')].map(({ textContent }) => textContent);
    expect(report.questions.map(({ question }: { question: string }) => question)).toEqual(headings);
    const answers = [...document.querySelectorAll('.answer')].map(({ textContent }) => textContent);
    expect(report.questions.map(({ answer }: { answer: string }) => answer)).toEqual(answers);
    for (const { file } of report.figures) expect(files.has(file)).toBe(true);
    expect(report).toMatchObject({ format: 1, partial: false, missing: [], verdict: input.verdict.verdict });
    expect(report.numbers).toEqual(JSON.parse(JSON.stringify(input.verdict)));
  });

  it('mark a report of an unfinished study as partial', () => {
    const partial = JSON.parse(reportFiles(partialInput()).find(({ path: file }) => file === 'report.json')!.text);
    expect(partial.partial).toBe(true);
    expect(partial.missing).toHaveLength(3);
  });

  it('replace those of an earlier report, and leave what others put there', () => {
    writeReport(folder, input);
    writeFileSync(path.join(folder, 'figures', 'my-own.png'), '');
    writeReport(folder, partialInput());
    const figures = readdirSync(path.join(folder, 'figures'));
    expect(figures).toContain('my-own.png');
    expect(figures).not.toContain('roc-deoldify.svg');
    expect(readFileSync(path.join(folder, 'report.html'), 'utf8')).toContain('Partial report');
  });
});
