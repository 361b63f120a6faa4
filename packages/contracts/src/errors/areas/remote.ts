import type { ErrorArea } from '../entry.js';

/** Trials on other machines: queues, Slurm, the exchange of packs, checkpoints and results. */
export const remoteErrors = {
  CHROMARAY_EXECUTION_INCOMPLETE: {
    meaning: 'It is not said where the queue is, or what the coordinator and those who run its trials share.',
    advice: 'Say it on the command line, in the environment or in the study file, as the message tells.',
    outcome: 'wrongUse',
  },
  CHROMARAY_EXECUTION_MIXED: {
    meaning: 'An arm and its control of the same seed would be computed by different execution profiles.',
    remedy:
      'Go on where the trials named were computed, or with workers of that profile; or write `mix: true` below `execution:` in the study file: the report then says which comparisons are concerned.',
    outcome: 'wrongUse',
  },
  CHROMARAY_REMOTE_MESSAGE: {
    meaning: 'A task or a result that came from another machine is not what it should be.',
    remedy:
      'Use the same version of Chromaray on all machines, and keep others from writing to the queue and the exchange.',
  },
  CHROMARAY_REMOTE_DIFFERS: {
    meaning:
      'A trial that was run more than once gave other numbers on the same execution profile. Both results are kept.',
    remedy:
      'Trust neither: check the memory and the cooling of the machines named, remove the trial and run it again. Report it if it happens again.',
  },
  CHROMARAY_QUEUE_URL: {
    meaning: 'The address of a queue is none.',
    remedy: 'Give it as redis://host, rediss://host (with TLS) or postgres://host/database.',
    outcome: 'wrongUse',
  },
  CHROMARAY_QUEUE_UNREACHABLE: {
    meaning: 'The server of a queue cannot be reached, or is no Redis and no PostgreSQL.',
    advice: 'Do what the message names: correct the address, or start the server.',
  },
  CHROMARAY_QUEUE_DENIED: {
    meaning: 'The server of a queue lets nobody in with this user and password.',
    remedy:
      'Put user and password into the address: redis://user:password@host. The environment variable CHROMARAY_QUEUE keeps it out of lists of processes.',
  },
  CHROMARAY_QUEUE_VERSION: {
    meaning: 'The server of a queue is too old.',
    remedy: 'Use Redis 6.2 or newer, Valkey, or PostgreSQL 13 or newer.',
  },
  CHROMARAY_QUEUE_CLOCK: {
    meaning:
      'The clock of a worker and that of the PostgreSQL server differ so far that leases could not be told from lost ones.',
    remedy: 'Set the clocks of both machines, for example by NTP, or use Redis, which needs none.',
  },
  CHROMARAY_SLURM_MISSING: {
    meaning: 'A command of Slurm is not on this machine.',
    remedy: 'Run the study where `sbatch` and `squeue` are, for example on the login node, or without `--slurm`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_SLURM_REFUSED: {
    meaning: 'Slurm refused a command; the message has its own words.',
    remedy: 'Correct the options `--slurm-…`; nothing was submitted.',
    outcome: 'wrongUse',
  },
  CHROMARAY_SLURM_SILENT: {
    meaning: 'Slurm gives no answer.',
    remedy: 'Run the same command again when `squeue` works; trials that are queued or running go on meanwhile.',
  },
  CHROMARAY_SLURM_TIME: {
    meaning: 'The time limit of Slurm is shorter than an epoch of the trial.',
    remedy: 'Ask for more by `--slurm-time`: a run must hold an epoch at least.',
  },
  CHROMARAY_SLURM_NONE: {
    meaning: 'Nothing of the study was given to Slurm or to a queue.',
    remedy: 'Name a study that was run with `--slurm` or `--queue`, or submitted.',
    outcome: 'wrongUse',
  },
  CHROMARAY_SLURM_PROFILE: {
    meaning: 'A node of Slurm would compute by another execution profile than the study was planned for.',
    remedy:
      'Choose nodes of one kind with `--slurm-constraint`, and run the command on one of them (`srun --pty`); use the same version of Chromaray everywhere.',
  },
  CHROMARAY_SLURM_TRIAL: {
    meaning: 'Slurm ended a trial for good; the message has the end of its log file.',
    advice: 'Do what the message names.',
  },
} as const satisfies ErrorArea;
