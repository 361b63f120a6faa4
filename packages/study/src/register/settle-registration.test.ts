import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decodeStudyFile, type RegisteredPlan, type Registration, type RunRecord } from '@chromaray/contracts';
import { readArtefact, readRegistration, studyFolder, writeArtefact } from '@chromaray/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SettleRequest, settleRegistration } from './settle-registration.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-registration-'));
  mkdirSync(path.join(root, 's'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const { split, image, balance, arms, model, training, seeds, endpoint } = decodeStudyFile(
  `name: s
dataset: { path: data, positive: P }
arms: [{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]
model: { preset: small }
seeds: [1, 2]
`,
  'study.yaml',
);
const plan: RegisteredPlan = {
  question: 'Q?',
  dataset: { hash: 'of the data', records: 2, positive: 'P', negative: 'N' },
  ...{ split, image, balance, arms, model, training, seeds, endpoint },
};
/** The verdict of some study. */
const finished = readArtefact(
  'verdict',
  path.resolve(import.meta.dirname, '../../../store/test/fixtures/version-0.1/verdict.json'),
);
const changed: RegisteredPlan = { ...plan, endpoint: { ...endpoint, margin: 0.05 } };

function settle(changes: Partial<SettleRequest> = {}): Registration {
  const folder = studyFolder(root, 's');
  const request = { study: 's', folder, plan, origin: 'run', finishedTrials: 0, record: undefined } as const;
  const settled = settleRegistration({ ...request, ...changes });
  settled.save();
  expect(readRegistration(folder.registration)).toEqual(settled.registration);
  return settled.registration;
}

const differs = expect.objectContaining({ code: 'CHROMARAY_REGISTRATION_DIFFERS' });

describe('the registration of a study', () => {
  it('is made once, and stays as it is while the plan does', () => {
    const first = settle({ origin: 'register' });
    expect(first).toMatchObject({ origin: 'register', finishedTrials: 0, amendments: [] });
    expect(settle({ finishedTrials: 4 })).toEqual(first);
  });

  it('refuses another plan without a reason, also before any result, and leaves the file as it was', () => {
    const first = settle();
    for (const amend of [undefined, '', '  ']) expect(() => settle({ plan: changed, amend })).toThrowError(differs);
    expect(settle()).toEqual(first);
  });

  it('names every change, and says what an amendment will cost', () => {
    settle();
    const refused = (finishedTrials: number) => {
      try {
        return settle({ plan: { ...changed, seeds: [1, 2, 3] }, finishedTrials });
      } catch (error) {
        return error;
      }
    };
    expect(refused(0)).toMatchObject({
      message: expect.stringMatching(/seeds added \(1, 2, now 1, 2, 3\); endpoint changed \(margin 0\.01, now 0\.05\)/),
      remedy: expect.stringContaining('the verdict stays valid'),
    });
    expect(refused(2)).toMatchObject({ remedy: expect.stringContaining('no valid verdict') });
  });

  it('records an amendment with its reason and what was known, and keeps the earlier verdict', () => {
    settle();
    const folder = studyFolder(root, 's');
    writeArtefact('verdict', folder.verdict, { ...finished, verdict: 'inconclusive', statement: 'Open.' });
    const { amendments } = settle({ plan: changed, amend: ' a slip ', finishedTrials: 4 });
    expect(amendments).toMatchObject([
      {
        reason: 'a slip',
        changes: [{ key: 'endpoint.margin', from: 0.01, to: 0.05 }],
        known: {
          finishedTrials: 4,
          verdict: { word: 'inconclusive', statement: 'Open.', file: 'verdicts/verdict-1.json' },
        },
      },
    ]);
    expect(JSON.parse(readFileSync(folder.inside('verdicts/verdict-1.json'), 'utf8'))).toMatchObject({
      statement: 'Open.',
    });
    expect(settle({ plan: changed, finishedTrials: 4 }).amendments).toHaveLength(1);
  });

  it('cannot be edited: the recorded hash of a plan is checked', () => {
    settle();
    const { registration } = studyFolder(root, 's');
    writeFileSync(registration, readFileSync(registration, 'utf8').replace('0.01', '0.05'));
    expect(() => settle({ plan: changed })).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_REGISTRATION_EDITED' }),
    );
  });

  it('is not made anew when it was deleted after a run', () => {
    const record = { declared: { file: 'x', registered: true }, started: '2026-01-01T00:00:00Z' } as RunRecord;
    expect(() => settle({ record, finishedTrials: 2 })).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_REGISTRATION_MISSING' }),
    );
  });

  it('of a study made before registrations says so, and holds the endpoint which that version remembered', () => {
    const record = { declared: { file: 'x', endpoint: plan.endpoint }, started: '2025-01-01T00:00:00Z' } as RunRecord;
    expect(() => settle({ record, plan: changed, finishedTrials: 2 })).toThrowError(differs);
    expect(settle({ record, finishedTrials: 2 })).toMatchObject({
      origin: 'older version',
      registered: '2025-01-01T00:00:00Z',
      finishedTrials: 2,
    });
  });
});
