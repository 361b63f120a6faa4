import type { ErrorArea } from '../entry.js';

/** Trials on other machines: queues, Slurm, the exchange of packs, checkpoints and results. */
export const remoteErrors = {
  CHROMARAY_REMOTE_MESSAGE: {
    meaning: 'A task or a result that came from another machine is not what it should be.',
    remedy:
      'Use the same version of Chromaray on all machines, and keep others from writing to the queue and the exchange.',
  },
} as const satisfies ErrorArea;
