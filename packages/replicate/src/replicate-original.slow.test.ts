import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writePhantomDataset } from '@chromaray/data';
import { readArtefact } from '@chromaray/store';
import { browserNeeded, browserProgram, faultsInBrowser } from '@chromaray/testing/browser';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseColour } from './colour-choice.js';
import type { ReplicationHappening } from './events.js';
import { tinyPlan } from './replicate.test-support.js';
import { type ReplicationOutcome, replicateOriginal } from './replicate-original.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-replicate-'));
const data = path.join(folder, 'chest_xray');
const out = path.join(folder, 'out');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('replicateOriginal on phantoms', () => {
  let outcome: ReplicationOutcome;
  const events: ReplicationHappening[] = [];

  beforeAll(async () => {
    const each = { NORMAL: 14, PNEUMONIA: 14 };
    await writePhantomDataset(data, {
      seed: 'replicate',
      size: 48,
      subtlety: 0.6,
      patients: { train: each, val: { NORMAL: 2, PNEUMONIA: 2 }, test: each },
      imagesPerPatient: [1, 1],
    });
    outcome = await replicateOriginal({
      data,
      out,
      plan: tinyPlan,
      colour: chooseColour(),
      runner: inProcessRunner,
      onEvent: (event) => events.push(event),
    });
  }, 600_000);

  it('is near perfect on copies and far worse on X-rays it has not copied', () => {
    const { original, unseen } = outcome.result;
    expect(original.colour.test.accuracy).toBeGreaterThan(0.98);
    expect(unseen.accuracy).toBeLessThan(0.85);
    expect(unseen.records).toBe(28);
    expect(original.colour.sources).toEqual({ train: 5, test: 5, inBoth: 5 });
  });

  it('shows the findings of the audit first, goes on, and calls the verdict invalid', () => {
    const { colour, gray } = outcome.result.original;
    const blocking = (findings: typeof colour.findings) =>
      findings.filter(({ severity }) => severity === 'blocks').map(({ id }) => id);
    expect(blocking(colour.findings)).toEqual(
      expect.arrayContaining(['duplicate-across-parts', 'patient-across-parts']),
    );
    expect(blocking(gray.findings)).toContain('duplicate-across-parts');
    expect([colour.verdict, gray.verdict]).toEqual(['invalid', 'invalid']);
    const finding = events.findIndex(
      (event) => event.kind === 'risk-accepted' && event.finding.id === 'duplicate-across-parts',
    );
    const training = events.findIndex(({ kind }) => kind === 'trial-started');
    expect(finding).toBeGreaterThan(-1);
    expect(finding).toBeLessThan(training);
    expect(outcome.result.controlled.verdict.risksAccepted).toEqual([]);
  });

  it('names PNEUMONIA as positive, and that the original had it the other way round', () => {
    const { labels, original } = outcome.result;
    expect(labels.positive).toBe('PNEUMONIA');
    expect(labels.note).toContain('made NORMAL its positive class');
    const { truePositives, falseNegatives } = original.gray.test.confusion;
    expect(truePositives + falseNegatives).toBe(original.gray.counts.test.positives);
  });

  it('has every control arm in the controlled study, and one claim of each kind', () => {
    const { controlled, claims } = outcome.result;
    expect(controlled.arms.map(({ arm }) => arm)).toEqual([
      'gray',
      'gray3',
      'cividis',
      'smooth-random',
      'shuffled',
      'learned',
      'photo-small-untrained',
      'photo-small',
    ]);
    expect(claims.map(({ id }) => id)).toEqual(['colour-is-better', 'trains-faster', 'near-perfect']);
  });

  it.skipIf(browserProgram === undefined)(
    `has a report without a fault in a browser${browserNeeded}`,
    async () => {
      expect(await faultsInBrowser(readFileSync(outcome.report, 'utf8'))).toEqual([]);
    },
    600_000,
  );

  it('writes its numbers and a report that says what was cut and loads nothing', () => {
    const report = readFileSync(outcome.report, 'utf8');
    expect(readArtefact('replicate', outcome.file)).toEqual(JSON.parse(JSON.stringify(outcome.result)));
    for (const cut of outcome.result.cuts) expect(report).toContain(cut);
    expect(report).toContain('B color-final');
    expect(report).toContain('DeOldify is not installed, so the colours are those of photo-small');
    expect(report).not.toMatch(/<script(?!>)|src="(?!data:)/);
  });

  it('writes no picture file: a copy is a record that reads the same file', () => {
    const manifest = path.join(out, 'original-colour', 'manifest.json');
    expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ records: { length: 240 } });
    expect(existsSync(path.join(out, 'c_train'))).toBe(false);
  });

  it('trains nothing again when everything is there, and comes to the same numbers', async () => {
    const states: string[] = [];
    const again = await replicateOriginal({
      data,
      out,
      plan: tinyPlan,
      colour: chooseColour(),
      runner: inProcessRunner,
      onEvent: ({ kind }) => kind.startsWith('trial-') && states.push(kind),
    });
    expect(new Set(states)).toEqual(new Set(['trial-kept']));
    expect(again.result.original).toEqual(outcome.result.original);
    expect(again.result.unseen).toEqual(outcome.result.unseen);
    expect(again.result.claims).toEqual(outcome.result.claims);
  });

  it('stops when asked to and says how to go on', async () => {
    const stop = new AbortController();
    const stopped = replicateOriginal({
      data,
      out: path.join(folder, 'stopped'),
      plan: tinyPlan,
      colour: chooseColour(),
      runner: inProcessRunner,
      signal: stop.signal,
      onEvent: ({ kind }) => kind === 'trial-started' && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'CHROMARAY_INTERRUPTED' });
  });
});
