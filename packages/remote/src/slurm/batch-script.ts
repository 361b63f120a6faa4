import type { SlurmOptions } from './slurm-options.js';

/** What a task's script runs. */
export interface ScriptRequest {
  /** Runs one trial; the number of the task is added as its last argument. Ends with {@link stoppedExitCode} when it was stopped. */
  readonly command: readonly string[];
  readonly study: string;
}

/** Exit code of a trial that was stopped before its end, and is to go on later: `EX_TEMPFAIL` of sysexits.h. */
export const stoppedExitCode = 75;

/**
 * The script of an array's tasks, in bash.
 *
 * Slurm signals the script (USR1) some time before the limit; it tells the trial by USR2 to stop after its epoch, and has the
 * task queued again when the trial has. USR2, because Node.js takes USR1 for a call of its debugger. Any other end is Slurm's
 * own: a preempted or cancelled task gets TERM, and Slurm decides what becomes of it.
 */
export function batchScript({ command, study }: ScriptRequest, options: SlurmOptions): string {
  return [
    '#!/bin/bash',
    `# Trials of the study ${study.replace(/[^\w .-]/g, '?')}, written by chromaray.`,
    'again=0',
    'child=',
    'tell() { if [ -n "$child" ]; then kill -s "$1" "$child" 2>/dev/null; fi; }',
    "trap 'again=1; tell USR2' USR1",
    "trap 'tell TERM' TERM INT",
    ...(options.modules ?? []).map((module) => `module load ${shellWord(module)}`),
    ...(options.setup ?? []),
    'code=0',
    'if [ "$again" = 0 ]; then',
    `  ${command.map(shellWord).join(' ')} "$SLURM_ARRAY_TASK_ID" &`,
    '  child=$!',
    '  # A signal ends the waiting, not the trial.',
    '  wait "$child"; code=$?',
    '  while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done',
    'fi',
    '# Stopped, ended by a signal, or never begun; Slurm ends this script when it agrees.',
    `if [ "$again" = 1 ] && { [ -z "$child" ] || [ "$code" = ${stoppedExitCode} ] || [ "$code" -gt 128 ]; }; then`,
    '  scontrol requeue "$SLURM_ARRAY_JOB_ID"_"$SLURM_ARRAY_TASK_ID" && sleep 60',
    `  code=${stoppedExitCode}`,
    'fi',
    'exit "$code"',
    '',
  ].join('\n');
}

/** A word that bash takes as it is, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
