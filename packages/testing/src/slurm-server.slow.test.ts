import { describe, expect, it } from 'vitest';
import { SlurmServer, slurmMissing } from './slurm-server.js';

const missing = slurmMissing();

describe.skipIf(missing !== undefined)(`a Slurm of this machine${missing ? ` (${missing})` : ''}`, () => {
  it('starts, runs a task and leaves no process behind', async () => {
    const slurm = await SlurmServer.start();
    try {
      slurm.command('sbatch', '--wrap=sleep 60', '--output=/dev/null');
      await slurm.until(() => slurm.taskProcesses().length > 0, 'the task runs');
      expect(slurm.command('squeue', '-h', '-o', '%T').trim()).toBe('RUNNING');
    } finally {
      await slurm.stop();
    }
    expect(slurm.taskProcesses()).toEqual([]);
  });
});
