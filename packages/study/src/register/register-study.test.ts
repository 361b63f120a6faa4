import { existsSync, readFileSync } from 'node:fs';
import { planHash, studyFolder } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerStudy } from './register-study.js';

const tiny = new TinyStudy();
const studies = tiny.path('studies');
const folder = studyFolder(studies, 'tiny');
beforeAll(() => tiny.writeData());
afterAll(() => tiny.remove());

describe('registering a study', () => {
  it('writes the plan with its hash and a page for readers, and trains nothing', async () => {
    const { registration } = await registerStudy(tiny.studyFile(), { studies });
    expect(registration).toMatchObject({ origin: 'register', finishedTrials: 0, plan: { seeds: [1, 2] } });
    expect(registration.hash).toBe(planHash(registration.plan));
    expect(JSON.stringify(registration.plan)).not.toContain(tiny.folder);
    expect(existsSync(folder.store)).toBe(false);
    const page = readFileSync(folder.registrationPage, 'utf8');
    expect(page).toContain(registration.hash);
    expect(page).toContain('Does turbo change the AUROC for PNEUMONIA against gray by 0.05 or more?');
    expect(page).toContain('No trial of the study had been trained.');
  });

  it('refuses another plan, and shows an amendment with its reason', async () => {
    const changed = tiny.studyFile({ seeds: '[1, 2, 3]' });
    await expect(registerStudy(changed, { studies })).rejects.toMatchObject({ code: 'CHROMARAY_REGISTRATION_DIFFERS' });
    await registerStudy(changed, { studies, amend: 'more power' });
    const page = readFileSync(folder.registrationPage, 'utf8');
    expect(page).toMatch(/before any result: seeds added \(1, 2, now 1, 2, 3\)\. Reason given: more power/);
    expect(page).toContain('as first registered');
  });

  it('sees that the data set is another', async () => {
    await tiny.writeData('other', { mislabelledDuplicates: 1 });
    const other = tiny.studyFile({ data: 'other', seeds: '[1, 2, 3]' });
    const elsewhere = { ...other, dataset: { ...other.dataset, path: tiny.path('other') } };
    await expect(registerStudy(elsewhere, { studies })).rejects.toMatchObject({
      message: expect.stringContaining('dataset changed (hash '),
    });
  });
});
