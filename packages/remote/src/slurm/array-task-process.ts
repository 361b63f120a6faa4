/**
 * The process of one task of an array: `node array-task-process <array> <exchange> <seconds of notice> <number>`. It trains in a child,
 * so that a signal is heard at once.
 */
import { hostname, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { isChromarayError } from '@chromaray/base';
import { runArrayTask } from './array-task.js';

/** Exit code of a run that ended for a reason that another may not meet: `EX_SOFTWARE` of sysexits.h. */
const troubledExitCode = 70;

const [array, exchange, noticeSeconds, number] = process.argv.slice(2);
const stop = new AbortController();
const notice = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
process.on('SIGUSR2', () => notice.abort());

try {
  process.exitCode = await runArrayTask({
    array: array!,
    exchange: exchange!,
    number: Number(number),
    scratch: path.join(process.env.TMPDIR ?? tmpdir(), `chromaray-${userInfo().uid}`),
    machine: process.env.SLURMD_NODENAME ?? hostname(),
    restart: Number(process.env.SLURM_RESTART_COUNT ?? 0),
    stop: stop.signal,
    notice: notice.signal,
    noticeSeconds: Number(noticeSeconds),
  });
} catch (error) {
  // Goes into the task's log file, whose end the coordinator shows.
  console.error(isChromarayError(error) ? `${error.message} ${error.remedy} (${error.code})` : error);
  process.exitCode = troubledExitCode;
}
// What a library left open must not hold the node.
process.exit();
