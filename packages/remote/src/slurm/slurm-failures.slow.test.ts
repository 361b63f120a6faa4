import { readFileSync } from 'node:fs';
import type { TrialMessage } from '@chromaray/trials';
import { afterEach, describe, expect, it } from 'vitest';
import { atEpoch, SlurmLab, type SlurmStudy } from './slurm-study.test-support.js';

const lab = new SlurmLab();
const epochs = 12;
/** Milliseconds; a task that is queued again waits, and several processes start, which takes long on a busy machine. */
const patience = 300_000;

// What a failed test has left would keep the next from its CPUs.
afterEach(() => void lab.slurm?.command('scancel', '--quiet', '--user=root'));

/** Runs the trial, does something at its fourth epoch, and expects the bits of an undisturbed run. */
async function survives(
  study: SlurmStudy,
  disturb: (study: SlurmStudy) => void | Promise<void>,
): Promise<TrialMessage[]> {
  const task = lab.trial('long', epochs);
  const seen: TrialMessage[] = [];
  let disturbed: Promise<void> | undefined;
  const act = atEpoch(4, () => {
    disturbed = Promise.resolve(disturb(study));
  });
  const result = await study.run(task, (message) => {
    seen.push(message);
    act(message);
  });
  await disturbed;
  const here = await lab.local(task);
  expect(result.probabilities).toEqual(here.probabilities);
  expect(study.model(task)).toBe(here.modelHash);
  expect(result.epochs).toHaveLength(epochs);
  return seen;
}

const starts = (seen: readonly TrialMessage[]) =>
  seen.flatMap((message) => (message.kind === 'started' ? [message.resumedAtEpoch] : []));

/** Begun twice, the second time from a checkpoint. */
function expectResumed(seen: readonly TrialMessage[]): void {
  expect(starts(seen)).toEqual([0, expect.toSatisfy((epoch: number) => epoch >= 1)]);
}

describe.skipIf(lab.missing !== undefined)(
  `a trial in Slurm${lab.missing ? ` (${lab.missing})` : ''}`,
  { timeout: patience },
  () => {
    it('that is told of its time limit stops after its epoch, is queued again and resumes', async () => {
      const study = lab.study('notice');
      const seen = await survives(
        study,
        ({ job }) => void lab.slurm.command('scancel', '--signal=USR1', '--batch', `${job}_0`),
      );
      expectResumed(seen);
      expect(study.record?.arrays).toHaveLength(1);
    });

    it('that is queued again by an administrator resumes', async () => {
      const seen = await survives(
        lab.study('requeue'),
        ({ job }) => void lab.slurm.command('scontrol', 'requeue', `${job}_0`),
      );
      expectResumed(seen);
    });

    it('whose processes are killed is submitted again and resumes', async () => {
      const study = lab.study('killed');
      const seen = await survives(study, () => kill());
      expectResumed(seen);
      expect(study.record?.arrays).toHaveLength(2);
    });

    it('whose node goes down with it, and comes back, resumes', async () => {
      const seen = await survives(lab.study('down'), () => {
        lab.slurm.killNode();
        lab.slurm.setNodeDown();
        lab.slurm.startNode();
      });
      expectResumed(seen);
    });

    it('goes on while the controller of Slurm is away', async () => {
      const seen = await survives(lab.study('controller'), async () => {
        lab.slurm.stopController();
        await new Promise((resolve) => setTimeout(resolve, 3000));
        lab.slurm.startController();
      });
      expect(starts(seen)).toEqual([0]);
    });

    it('that somebody cancels is not run again by itself, and is when the study is', async () => {
      const study = lab.study('cancelled');
      const task = lab.trial('long', epochs);
      const cancel = atEpoch(4, () => void lab.slurm.command('scancel', String(study.job)));
      await expect(study.run(task, cancel)).rejects.toMatchObject({
        code: 'CHROMARAY_SLURM_TRIAL',
        message: expect.stringContaining('was cancelled in Slurm'),
      });
      const seen = await survives(study, () => {});
      expect(starts(seen)).toEqual([expect.toSatisfy((epoch: number) => epoch >= 1)]);
    });

    it('goes on when the coordinator goes, and is found again by the next', async () => {
      const study = lab.study('stopped');
      const stop = new AbortController();
      const task = lab.trial('long', epochs);
      await expect(
        study.run(
          task,
          atEpoch(4, () => stop.abort()),
          stop.signal,
        ),
      ).rejects.toMatchObject({
        code: 'CHROMARAY_TRAINING_CANCELLED',
      });
      await survives(lab.study('stopped'), () => {});
      expect(study.record?.arrays).toHaveLength(1);
    });

    it('whose time limit is shorter than it takes continues over several runs', async () => {
      const study = lab.study('limit', { time: '1', notice: 50 });
      const task = lab.trial('limited', 100);
      const seen: TrialMessage[] = [];
      const result = await study.run(task, (message) => void seen.push(message));
      expect(result.probabilities).toEqual((await lab.local(task)).probabilities);
      expect(starts(seen).length).toBeGreaterThan(1);
      expect(study.record?.arrays).toHaveLength(1);
    }, 600_000);
  },
);

/** Ends every process of a task at once, as the system does when memory runs out. */
function kill(): void {
  for (const pid of lab.slurm.taskProcesses()) {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('slurmstepd')) process.kill(pid, 'SIGKILL');
  }
}
