import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import {
  inProcessRunner,
  type LocateFiles,
  profileText,
  type TrialMessage,
  type TrialRunner,
  type TrialTask,
} from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackedTrial, packTrial } from './packed-trial.js';

/** An executor of trials that the suite is to hold for. */
export interface RunnerUnderTest {
  readonly name: string;
  /** Why it cannot be tried here; a test puts it in its name. */
  readonly missing?: string;
  make(locate: LocateFiles): TrialRunner;
  /**
   * What becomes of a trial after its caller's signal: it stops, with a checkpoint in its folder, or whoever has it goes on
   * without the caller.
   */
  readonly afterSignal: 'stops' | 'goes on';
}

const never = new AbortController().signal;

/** Every runner of trials passes this: same task, same profile, same bits, and the same words about what went wrong. */
export function trialRunnerConformance({ name, missing, make, afterSignal }: RunnerUnderTest): void {
  const root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-runner-'));
  let packed: PackedTrial;
  beforeAll(async () => {
    if (missing === undefined) packed = await packTrial(root);
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** A trial of its own name, so that no runner knows it from another test. */
  const trial = (run: string, changes: Partial<TrialTask['training']> = {}): TrialTask => {
    const { task } = packed;
    return { ...task, fingerprint: sha256(`${name} ${run}`), training: { ...task.training, ...changes } };
  };
  /** Files of one run, apart from those of the others. */
  const filesOf = (run: string): LocateFiles => {
    return () => packed.files(`${name} ${run}`);
  };
  const file = (run: string, what: string): string => path.join(root, `${name} ${run}`, what);
  const model = (run: string): string => sha256(readFileSync(file(run, 'model.onnx')));

  describe.skipIf(missing !== undefined)(
    `a trial ${name}${missing ? ` (${missing})` : ''}`,
    { timeout: 120_000 },
    () => {
      it('reports its start and every epoch in order, and gives predictions and a model', async () => {
        const task = trial('whole');
        const seen: TrialMessage[] = [];
        const result = await make(filesOf('whole')).run(task, (message) => void seen.push(message), never);
        expect(seen[0]).toMatchObject({ kind: 'started', resumedAtEpoch: 0, backend: 'onnxruntime' });
        expect(seen.flatMap((message) => (message.kind === 'epoch' ? [message.epoch.epoch] : []))).toEqual([1, 2, 3]);
        expect(result.probabilities.test).toHaveLength(4);
        expect(result.profile).toEqual(task.profile);
        expect(profileText(result.profile)).toContain('float32, 1 thread, ');
        expect(result.modelHash).toBe(model('whole'));
      });

      it('gives the bits that the same task gives in this process', async () => {
        const task = trial('bits');
        const here = await inProcessRunner(filesOf('here')).run(task, () => {}, never);
        const there = await make(filesOf('there')).run(task, () => {}, never);
        expect(there.probabilities).toEqual(here.probabilities);
        expect(model('there')).toBe(model('here'));
      });

      const after =
        afterSignal === 'stops'
          ? 'stops when asked, keeps its checkpoint, and resumes'
          : 'goes on without its caller, and is found again,';
      it(`${after} to the same bits`, async () => {
        const task = trial('stopped');
        const stop = new AbortController();
        const follow = (message: TrialMessage): void => {
          if (message.kind === 'epoch') stop.abort();
        };
        await expect(make(filesOf('stopped')).run(task, follow, stop.signal)).rejects.toMatchObject({
          code: 'CHROMARAY_TRAINING_CANCELLED',
        });
        const seen: TrialMessage[] = [];
        const resumed = await make(filesOf('stopped')).run(task, (message) => void seen.push(message), never);
        if (afterSignal === 'stops') {
          const late = expect.toSatisfy((epoch: number) => epoch > 0);
          expect(seen[0]).toMatchObject({ kind: 'started', resumedAtEpoch: late });
          expect(existsSync(file('stopped', 'checkpoints'))).toBe(true);
        }
        const undisturbed = await inProcessRunner(filesOf('not stopped')).run(task, () => {}, never);
        expect(resumed.probabilities).toEqual(undisturbed.probabilities);
        expect(resumed.epochs).toHaveLength(task.training.epochs);
        expect(model('stopped')).toBe(model('not stopped'));
      });

      it('does not begin after the signal', async () => {
        const seen: TrialMessage[] = [];
        const run = make(filesOf('never')).run(trial('never'), (said) => void seen.push(said), AbortSignal.abort());
        await expect(run).rejects.toMatchObject({ code: 'CHROMARAY_TRAINING_CANCELLED' });
        expect(seen.filter(({ kind }) => kind === 'epoch')).toEqual([]);
      });

      it('throws the error of packs that are not there', async () => {
        const none = { train: '/none.pack', validation: '/none.pack', test: '/none.pack' };
        const run = make((of) => ({ ...filesOf('none')(of), packs: none })).run(trial('none'), () => {}, never);
        await expect(run).rejects.toMatchObject({
          code: expect.stringMatching(/^CHROMARAY_PACK_/),
          message: expect.stringContaining('/none.pack'),
          remedy: expect.any(String),
        });
      });

      it('throws the error of the trial as it was thrown where it ran', async () => {
        const task = trial('diverged', {
          optimizer: 'sgd',
          batch: 1,
          learningRate: 100,
          weightDecay: 10,
          momentum: 0.9,
        });
        const thrown = await make(filesOf('diverged'))
          .run(task, () => {}, never)
          .catch((error: unknown) => error);
        const here = await inProcessRunner(filesOf('diverged here'))
          .run(task, () => {}, never)
          .catch((error: unknown) => error);
        const { code, message, remedy } = here as { code: string; message: string; remedy: string };
        expect(code).toMatch(/^CHROMARAY_TRAINING_/);
        expect(thrown).toMatchObject({ code, message, remedy });
      });

      it('ends and throws the error of a caller that cannot keep what it reports', async () => {
        const full = new Error('no room');
        let calls = 0;
        const keep = (): void => {
          calls++;
          throw full;
        };
        await expect(make(filesOf('full')).run(trial('full'), keep, never)).rejects.toBe(full);
        expect(calls).toBe(1);
      });
    },
  );
}
