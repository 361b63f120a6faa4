import type { Audit, Finding } from '@chromaray/contracts';
import { browserNeeded, browserProgram, ReadersBrowser, widthOf } from '@chromaray/testing/browser';
import { memoryDataset, patientsOf } from '@chromaray/testing/dataset';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.js';

const dataset = memoryDataset([...patientsOf(true, 3, 1), ...patientsOf(false, 3, 1)]);
const finding = (severity: Finding['severity'], more: Partial<Finding> = {}): Finding => ({
  ...{ id: `a-${severity}`, severity, title: `Found: ${severity}`, reason: 'Because.', remedy: 'Mend it.' },
  ...{ records: [], evidence: [] },
  ...more,
});

function audit(findings: readonly Finding[], notRun: Audit['notRun'] = []): Audit {
  const count = (severity: string) => findings.filter((one) => one.severity === severity).length;
  const [blocks, warns, notes] = ['blocks', 'warns', 'notes'].map(count);
  return {
    ...{ dataset: 'h', findings, checks: ['a', 'b'], notRun, seconds: 1 },
    counts: { records: 6, unreadable: 0, patients: 6, blocks: blocks!, warns: warns!, notes: notes! },
  } as Audit;
}

async function first(...given: Parameters<typeof audit>) {
  const { document } = parseHTML(await auditPage(audit(...given), dataset));
  const text = (selector: string) => document.querySelector(selector)?.textContent ?? null;
  return {
    title: text('h1'),
    kind: document.querySelector('h1')!.className,
    basis: text('.basis'),
    warning: text('.warning'),
  };
}

describe('the first screen of an audit', () => {
  it('is the gravest finding, in its colour', async () => {
    const all = [finding('blocks'), finding('warns'), finding('notes')];
    expect(await first(all)).toMatchObject({ title: 'Found: blocks', kind: 'invalid' });
    expect((await first(all)).basis).toBe(
      '6 images, 6 patients. 2 checks found 1 finding that stops a study, 1 warning and 1 note.',
    );
    expect(await first([finding('warns')])).toMatchObject({ title: 'Found: warns', kind: '' });
    expect((await first([finding('warns')])).basis).toContain('found nothing that stops a study and 1 warning');
  });

  it('says that nothing was found only where everything was looked at', async () => {
    expect(await first([])).toMatchObject({ title: 'Nothing was found', warning: null });
    const unrun = [{ check: 'patients', reason: 'No patients are known.' }];
    const { title, warning } = await first([], unrun);
    expect(title).toBe('Nothing was found in what could be checked');
    expect(warning).toContain('No patients are known.');
  });
});

it('shows three groups of a finding, and folds the others', async () => {
  const evidence = Array.from({ length: 5 }, (_, i) => ({ records: [{ record: `r${i}.png` }], correlation: 0.9 }));
  const { document } = parseHTML(await auditPage(audit([finding('warns', { evidence })]), dataset));
  expect(document.querySelectorAll('section > .sample').length).toBe(3);
  expect(document.querySelectorAll('section > details .sample').length).toBe(2);
  expect(document.querySelector('section details summary')!.textContent).toBe('2 more');
});

describe.skipIf(browserProgram === undefined)(`the audit page on a phone${browserNeeded}`, { timeout: 60_000 }, () => {
  it('is no wider than the screen, with its findings folded', async () => {
    const long = `train/PNEUMONIA/${'person1000_bacteria_'.repeat(6)}.jpeg`;
    const evidence = [{ records: [{ record: long }, { record: 'b.png' }] }];
    const browser = await ReadersBrowser.start();
    try {
      const { page } = await browser.open(await auditPage(audit([finding('warns', { evidence })]), dataset), 390);
      expect(await widthOf(page)).toBeLessThanOrEqual(390);
      expect(await page.locator('nav li').first().isVisible()).toBe(false);
    } finally {
      await browser.stop();
    }
  });
});
