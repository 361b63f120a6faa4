import { readFileSync } from 'node:fs';
import path from 'node:path';
import { phantomPatients, writePhantomDataset } from '@chromaray/data';
import { readArtefact, studyFolder } from '@chromaray/store';
import { parseStudyFile, runStudy } from '@chromaray/study';
import { browserNeeded, browserProgram, ReadersBrowser, unfold } from '@chromaray/testing/browser';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inEveryLook, keepPicture } from './looks.test-support.js';
import type { Case, CasePage } from './results/cases.js';
import { TestWorkbench } from './workbench.test-support.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const text = `name: tiny
dataset: { path: classes, classes: [NORMAL, BACTERIA, VIRUS], classRule: kermany }
split: { method: patient, fractions: { train: 0.5, validation: 0.2, test: 0.3 }, seed: 1 }
image: { size: 32 }
arms: [{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]
model: { preset: small }
training: { learningRate: 0.01, batch: 8, epochs: 2 }
seeds: [1, 2]
endpoint: { margin: 0.05 }
`;

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open({ study: false });
  await writePhantomDataset(test.tiny.path('classes'), { seed: 'three', size: 48, patients: phantomPatients(90) });
  const study = parseStudyFile(text, test.tiny.path('study.yaml'));
  await runStudy(study, { studies: test.tiny.path('studies'), runner: inProcessRunner });
});
afterAll(() => test.close());

const at = '/studies/tiny';

describe('a study of three classes in the workbench', () => {
  it('has cases that are right or wrong by their class, as the verdict counts them', async () => {
    const page = await test.get<CasePage>(`${at}/cases?limit=1000`);
    expect(page.labels).toEqual(['BACTERIA', 'NORMAL', 'VIRUS']);
    const verdict = JSON.parse(readFileSync(studyFolder(test.tiny.path('studies'), 'tiny').verdict, 'utf8'));
    for (const { arm, seeds, classes } of verdict.arms) {
      const right = (one: Case, seed: number) =>
        one.arms.find((said) => said.arm === arm)!.ofSeeds.find((of) => of.seed === seed)!.right;
      seeds.forEach((seed: number, i: number) => {
        const share = page.cases.filter((one) => right(one, seed)).length / page.total;
        expect(share).toBeCloseTo(classes.accuracy.perSeed[i], 10);
      });
    }
    for (const { arms } of page.cases) for (const { outcome } of arms) expect(['right', 'wrong']).toContain(outcome);
    expect(test.wrong).toEqual([]);
  });
});

describe.skipIf(browserProgram === undefined)(`pages of a study of three classes${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  beforeAll(async () => {
    browser = await ReadersBrowser.start({ graphics: true });
  });
  afterAll(() => browser?.stop());

  it.each([
    ['training', `${at}?part=training`, 'h2'],
    ['verdict', `${at}?part=verdict`, 'h2'],
    ['models', `${at}?part=models`, 'h2'],
    ['cases', `${at}/cases`, '.case-table tbody a'],
    ['compare', '/compare?studies=tiny', 'h1'],
  ])('have no fault in %s, wide and narrow, light and dark', (name, address, awaited) =>
    inEveryLook(browser, test.server.url, `classes-${name}`, async (page) => {
      await page.goto(`${test.server.origin}${address}`);
      await page.locator(awaited).first().waitFor();
      await unfold(page);
    }),
  );

  it('show a case with the class it is called, and none of the words for two sides', async () => {
    const { page } = await browser.visit(test.server.url);
    await page.goto(`${test.server.origin}${at}/cases`);
    const link = page.locator('.case-table tbody a').first();
    await link.waitFor();
    expect(await page.locator('.case-table').innerText()).toMatch(/[✓✗] (NORMAL|BACTERIA|VIRUS)/);
    expect(await page.locator('abbr[title*="positive"], abbr[title*="negative"]').count()).toBe(0);
    await link.click();
    await page.locator('.dot-chart').waitFor();
    expect(await page.locator('.dot-chart figcaption').innerText()).toMatch(
      /^Probability of (NORMAL|BACTERIA|VIRUS), a dot a seed/,
    );
    await page.close();
  });

  it('let a saved network be tried: it gives each class its probability', async () => {
    const { page, complaints } = await browser.visit(test.server.url);
    await page.goto(`${test.server.origin}/try?study=tiny&arm=turbo&seed=1`);
    const [first] = readArtefact('manifest', studyFolder(test.tiny.path('studies'), 'tiny').manifest).records;
    const input = page.getByRole('region', { name: 'Drop an X-ray' }).locator('input');
    await input.setInputFiles(test.tiny.path('classes', first!.id));
    const answer = page.getByRole('article', { name: 'Answer' });
    await answer.getByRole('heading', { name: path.basename(first!.id), exact: true }).waitFor();
    const said = await answer.innerText();
    for (const name of ['NORMAL', 'BACTERIA', 'VIRUS']) expect(said).toMatch(new RegExp(`${name}\\s+0\\.\\d{4}`));
    await keepPicture(page, 'classes-try');
    expect(complaints).toEqual([]);
    await page.close();
  });
});
