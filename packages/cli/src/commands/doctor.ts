import { availableParallelism, freemem, totalmem } from 'node:os';
import { statfsSync } from 'node:fs';
import { backendNames, createBackend } from '@chromaray/engine';
import { describeMachine, programVersions } from '@chromaray/study';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatBytes } from '../terminal/format.js';
import { jsonOption } from './command.js';

/** `chromaray doctor` */
export function addDoctor(parent: Command, context: Context): void {
  parent
    .command('doctor')
    .description('the machine, the backends, the versions, and what would make training faster')
    .option(...jsonOption)
    .action((options: { readonly json?: boolean }) => {
      const report = examine();
      if (options.json) writeJson(context.out, report);
      else context.out.write(`${format(report)}\n`);
    });
}

function examine() {
  const disk = statfsSync('.');
  const machine = describeMachine();
  const backends = backendNames.filter((name) => name !== 'auto').map((name) => createBackend(name).describe());
  return {
    machine: { ...machine, freeMemoryBytes: freemem(), freeDiskBytes: disk.bavail * disk.bsize },
    versions: programVersions('auto'),
    backends,
    advice: advice(),
  };
}

function advice(): readonly string[] {
  const hints: string[] = [];
  if (availableParallelism() === 1) hints.push('One core only: trials run one after the other.');
  if (totalmem() < 4 * 1024 ** 3) hints.push('Less than 4 GiB of memory: use image.size 64 and training.batch 16.');
  if (freemem() < 1024 ** 3) hints.push('Less than 1 GiB of memory is free: close other programs before a study.');
  return hints;
}

function format(report: ReturnType<typeof examine>): string {
  const { machine, versions, backends } = report;
  return [
    `Machine   ${machine.processor}, ${machine.cores} cores, ${machine.system} ${machine.architecture}`,
    `Memory    ${formatBytes(machine.memoryBytes)}, ${formatBytes(machine.freeMemoryBytes)} free`,
    `Disk      ${formatBytes(machine.freeDiskBytes)} free here`,
    `Versions  ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}`,
    ...backends.map((backend) => `Backend   ${backend.name} ${backend.version} on ${backend.device}`),
    ...report.advice.map((hint) => `Advice    ${hint}`),
  ].join('\n');
}
